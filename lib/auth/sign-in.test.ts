import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { updatePartner } from '@/db/queries/partners'
import { findUserByKey, type NewUser, type UserRow } from '@/db/queries/users'
import { users } from '@/db/schema/people'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { login } from '@/lib/user/actions/login'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { ctxOf, everyWay, gates, type Person, type Try } from './gates-testing'
import { decodeKs } from './ks'
import { adminSecret, makeLogin, makePartner, makePerson, makeRole, makeUser, noon, password } from './testing'

freshDatabase()

async function setUser(user: UserRow, changes: Partial<NewUser>) {
  await acrossPartners(() => db().update(users).set(changes).where(eq(users.key, user.key)))
}

describe.each(everyWay)('%s', (way) => {
  const enter = gates[way]

  it.each<[string, Partial<NewUser>, number, string]>([
    ['active', {}, 1, 'OK'],
    ['user blocked', { status: 0 }, 1, 'USER_IS_BLOCKED'],
    ['user deleted', { status: 2 }, 1, 'USER_NOT_FOUND'],
    ['account read-only', {}, 4, 'OK'],
    ['account fully blocked', {}, 3, way === 'user.login' ? 'USER_IS_BLOCKED' : 'USER_NOT_FOUND'],
    ['account deleted', {}, 0, way === 'user.login' ? 'USER_IS_BLOCKED' : 'USER_NOT_FOUND'],
  ])('A20 %s', async (_, user, partnerStatus, expected) => {
    const partnerId = await makePartner()
    const person = await makePerson(partnerId, user)
    await updatePartner(partnerId, { status: partnerStatus })
    expect(await enter(person, { password: 'wrong' })).toBe(user.status === 2 ? 'USER_NOT_FOUND' : 'USER_WRONG_PASSWORD')
    expect(await enter(person, {})).toBe(expected)
  })

  it('A20 an account without direct sign-in refuses the right password, but not of who is excluded from its own sign-in', async () => {
    const partnerId = await makePartner({ directLoginBlocked: true })
    const person = await makePerson(partnerId)
    expect(await enter(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, {})).toBe('DIRECT_LOGIN_BLOCKED')
    expect((await findLoginDataById(person.login.id))?.loginAttempts).toBe(1)
    expect(await enter(await makePerson(partnerId, { isSsoExcluded: true }), {})).toBe('OK')
  })

  it('refuses a password that has become too old, after it was right', async () => {
    const partnerId = await makePartner({ passwordReplaceFrequency: 86_400 })
    const person = await makePerson(partnerId)
    const tomorrow = noon + 86_400_001
    expect(await enter(person, { password: 'wrong', at: tomorrow })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { at: tomorrow })).toBe('PASSWORD_EXPIRED')
    expect(await enter(person, { at: noon + 86_400_000 })).toBe('OK')
  })

  it('remembers the sign-in, and writes success and failure into the audit log without the password', async () => {
    const partnerId = await makePartner()
    const person = await makePerson(partnerId)
    await enter(person, { password: 'not-the-one' })
    await enter(person, { address: '198.51.100.77' })
    const entries = await acrossPartners(() => listAuditEntries(partnerId, { targetKey: person.user.key }, 10))
    expect(entries.map(({ action, result }) => [action, result])).toEqual([
      [way, 'OK'],
      [way, 'USER_WRONG_PASSWORD'],
    ])
    expect(entries[0]?.address).toBe('198.51.100.77')
    expect(JSON.stringify(entries)).not.toMatch(/not-the-one|argon2/)
    expect((await acrossPartners(() => findUserByKey(partnerId, person.user.key)))?.lastLoginAt).toBe(noon)
  })

  it('refreshes the last sign-in every ten minutes at most', async () => {
    const person = await makePerson(await makePartner(), { lastLoginAt: noon - 599_000 })
    await enter(person, {})
    expect((await acrossPartners(() => findUserByKey(person.user.partnerId, person.user.key)))?.lastLoginAt).toBe(noon - 599_000)
  })
})

describe('user.loginByLoginId', () => {
  let partnerId: number
  beforeAll(async () => {
    partnerId = await makePartner({ maxLoginAttempts: 2 })
  })

  const attempt = async (input: object, of: Try = {}) => {
    const result = await runAction(loginByLoginId, ctxOf(of), input)
    return result.ok ? 'OK' : result.error
  }

  it('A09 answers alike for the unknown, wrong, locked, blocked and another account', async () => {
    const person = await makePerson(partnerId)
    const blocked = await makePerson(partnerId, { status: 0 })
    const guesser = { address: '203.0.113.66' }
    const wrong = await attempt({ loginId: person.login.loginEmail, password: 'wrong' }, guesser)
    const answers = [
      await attempt({ loginId: person.login.loginEmail, password: 'wrong' }, guesser),
      await attempt({ loginId: person.login.loginEmail, password }, guesser),
      await attempt({ loginId: 'nobody@example.com', password }),
      await attempt({ loginId: 'no address', password }),
      await attempt({ loginId: blocked.login.loginEmail, password }),
      await attempt({ loginId: blocked.login.loginEmail, password, partnerId: 999_999 }),
      await attempt({ password }),
    ]
    const bare = ({ requestId: _, ...error }: { requestId: string }) => error
    if (wrong === 'OK') throw new Error('It was wrong')
    for (const answer of answers) expect(bare(answer as typeof wrong)).toEqual(bare(wrong))
    expect(wrong).toMatchObject({ code: 'USER_WRONG_PASSWORD', fields: {}, args: {} })
  })

  it('finds the login whatever the case of the address', async () => {
    const { login: row } = await makePerson(partnerId)
    expect(await attempt({ loginId: row.loginEmail.toUpperCase(), password })).toBe('OK')
  })

  it('goes where the person was last, else to the first account that lets him in', async () => {
    const [closed, open, last] = [await makePartner({}, 3), await makePartner(), await makePartner()]
    const loginRow = await makeLogin(closed)
    await makeUser(closed, { loginDataId: loginRow.id })
    await makeUser(open, { loginDataId: loginRow.id, isAdmin: true, id: 'in-open' })
    await makeUser(last, { loginDataId: loginRow.id, isAdmin: true })
    const enter = async (input: object = {}) => {
      const result = await runAction(loginByLoginId, ctxOf({}), { loginId: loginRow.loginEmail, password, ...input })
      return result.ok ? decodeKs(result.data, [adminSecret]) : null
    }
    expect(await enter()).toMatchObject({ partnerId: open, userId: 'in-open', type: 2 })
    expect(await enter({ partnerId: last })).toMatchObject({ partnerId: last })
    expect(await enter()).toMatchObject({ partnerId: last })
    expect(await enter({ partnerId: closed })).toBeNull()
  })
})

describe('the KS of a sign-in', () => {
  const enter = async (person: Person, asked: { expiry?: number; privileges?: string } = {}) => {
    const input = { partnerId: person.user.partnerId, userId: person.user.id, password, ...asked }
    const result = await runAction(login, ctxOf({}), input)
    if (!result.ok) throw new Error(result.error.code)
    return decodeKs(result.data, [adminSecret])
  }

  it('says who, as what, and since when', async () => {
    const person = await makePerson(await makePartner(), { isAdmin: true })
    expect(await enter(person)).toMatchObject({
      version: 2,
      type: 2,
      userId: person.user.id,
      expiry: noon / 1000 + 86_400,
      privileges: '*',
      additionalData: expect.stringMatching(new RegExp(`^signIn\\.${noon}\\.[\\w-]{43}$`)),
    })
  })

  it.each([
    [0, 1],
    [-5, 1],
    [60, 60],
    [86_400, 3600],
    [Number.MAX_SAFE_INTEGER, 3600],
  ])('S05 a life of %i seconds becomes %i', async (expiry, life) => {
    const person = await makePerson(await makePartner({ ksMaxExpiry: 3600 }))
    expect((await enter(person, { expiry }))?.expiry).toBe(noon / 1000 + life)
  })

  it('S04 a person without rights gets none by asking', async () => {
    const person = await makePerson(await makePartner())
    const asked =
      '*,setrole:1,edit:a,disableentitlement,download:x.csv,enablechangeaccount:9,all:*, setrole:PUBLISHER_ADMINISTRATOR,edit:b,_t:2'
    const ks = await enter(person, { privileges: asked })
    expect(ks).toMatchObject({ privileges: 'edit:a/b', type: 0 })
  })

  it('S04 an administrator with a narrow role cannot ask for a wider one', async () => {
    const partnerId = await makePartner()
    const roleId = await makeRole(partnerId, ['ADMIN_BASE'])
    const person = await makePerson(partnerId, { isAdmin: true, roleIds: String(roleId) })
    expect((await enter(person, { privileges: 'setrole:PUBLISHER_ADMINISTRATOR,edit:a' }))?.privileges).not.toContain('setrole')
  })

  it("takes the user's own privileges instead of what was asked for", async () => {
    const person = await makePerson(await makePartner(), { ksPrivileges: 'privacycontext:x' })
    expect((await enter(person, { privileges: 'edit:a' }))?.privileges).toBe('privacycontext:x')
  })
})

describe('user.login', () => {
  it('refuses a session of another account', async () => {
    const [here, there] = [await makePerson(await makePartner()), await makePartner()]
    const partner = { id: there, name: '', status: 1, ownerKey: null, settings: {} as never }
    expect(await gates['user.login'](here, { ctx: { partner } })).toBe('INVALID_PARTNER_ID')
  })

  it('answers USER_NOT_FOUND for a user without sign-in', async () => {
    const partnerId = await makePartner()
    const person = { ...(await makePerson(partnerId)), user: await makeUser(partnerId) }
    expect(await gates['user.login'](person, {})).toBe('USER_NOT_FOUND')
  })

  it('a session ends with the block of the user', async () => {
    const person = await makePerson(await makePartner())
    await setUser(person.user, { status: 0 })
    expect(await gates['user.login'](person, {})).toBe('USER_IS_BLOCKED')
  })
})
