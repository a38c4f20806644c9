import { globSync, readFileSync } from 'node:fs'
import { hash } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import { TOTP } from 'otpauth'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { updatePartner } from '@/db/queries/partners'
import { findUserByKey, type NewUser, type UserRow } from '@/db/queries/users'
import { users } from '@/db/schema/people'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { login } from '@/lib/user/actions/login'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { openBrowserSession } from './browser-session'
import { decodeKs } from './ks'
import { hashCount, withHashRoom } from './password'
import { countFailureOfSource } from './source-limit'
import { adminSecret, enrolled, makeLogin, makePartner, makePerson, makeRole, makeUser, noon, password, wire } from './testing'

freshDatabase()

type Person = Awaited<ReturnType<typeof makePerson>>
type Try = { password?: string; otp?: string; at?: number; address?: string; ctx?: Partial<Context> }

/** Every way in that takes a password: what it answers, `OK` or a code. */
const ways = {
  async 'user.login'({ user }: Person, of: Try) {
    const result = await runAction(login, ctxOf(of), {
      partnerId: user.partnerId,
      userId: user.id,
      password: of.password ?? password,
    })
    return result.ok ? 'OK' : result.error.code
  },
  async 'user.loginByLoginId'({ login: { loginEmail } }: Person, of: Try) {
    const input = { loginId: loginEmail, password: of.password ?? password, otp: of.otp }
    const result = await runAction({ ...loginByLoginId, mask: undefined }, ctxOf(of), input)
    return result.ok ? 'OK' : result.error.code
  },
  async 'browser.signIn'({ login: { loginEmail } }: Person, of: Try) {
    return openBrowserSession(ctxOf(of), loginEmail, of.password ?? password).then(
      () => 'OK',
      (error: { code: string }) => error.code,
    )
  },
}
type Way = keyof typeof ways
const everyWay = Object.keys(ways) as Way[]
const takesOtp: Way[] = ['user.loginByLoginId']

let sources = 0
/** A caller of its own address, so that the limit by address does not get in the way. */
function ctxOf({ at = noon, address = `198.51.${++sources >> 8}.${sources & 255}`, ctx }: Try) {
  return wire({ now: at, address, ...ctx })
}

const attemptsOf = async (person: Person) => (await findLoginDataById(person.login.id))?.loginAttempts
const codeAt = (seed: string, timestamp = noon) => new TOTP({ secret: seed }).generate({ timestamp })

async function setUser(user: UserRow, changes: Partial<NewUser>) {
  await acrossPartners(() => db().update(users).set(changes).where(eq(users.key, user.key)))
}

describe.each(everyWay)('%s', (way) => {
  const enter = ways[way]

  it('lets the right password in and clears the counter', async () => {
    const person = await makePerson(await makePartner())
    expect(await enter(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(await attemptsOf(person)).toBe(1)
    expect(await enter(person, {})).toBe('OK')
    expect(await attemptsOf(person)).toBe(0)
  })

  it('A01 locks with the last wrong password, against the right one too, until the time is over', async () => {
    const person = await makePerson(await makePartner({ maxLoginAttempts: 5, loginBlockPeriod: 900 }))
    for (let attempt = 1; attempt < 5; attempt++) expect(await enter(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { password: 'wrong' })).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(await enter(person, {})).toBe('LOGIN_BLOCKED')
    expect(await enter(person, { password: 'wrong' })).toBe('LOGIN_BLOCKED')
    expect(await enter(person, { at: noon + 899_000 })).toBe('LOGIN_BLOCKED')
    expect(await enter(person, { at: noon + 900_000 })).toBe('OK')
    expect(await attemptsOf(person)).toBe(0)
  })

  it('A02 compares no more passwords than allowed when twenty come at once', async () => {
    const person = await makePerson(await makePartner({ maxLoginAttempts: 5 }))
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(person, { password: 'wrong' })))
    expect(answers.filter((code) => code === 'USER_WRONG_PASSWORD')).toHaveLength(4)
    expect(answers.filter((code) => code === 'LOGIN_RETRIES_EXCEEDED')).toHaveLength(1)
    expect(answers.filter((code) => code === 'LOGIN_BLOCKED')).toHaveLength(15)
  })

  it('A10 does the work of one hash in every case', async () => {
    const partnerId = await makePartner({ maxLoginAttempts: 2 })
    const right = await makePerson(partnerId)
    const locked = await makePerson(partnerId, {}, { loginAttempts: 2, loginBlockedUntil: noon + 1000 })
    const blocked = await makePerson(partnerId, { status: 0 })
    const passwordless = await makePerson(partnerId, {}, { password: null })
    const unknown = { user: { ...right.user, id: 'nobody' }, login: { ...right.login, loginEmail: 'nobody@example.com' } }
    const deleted = await makePerson(partnerId, { status: 2 })
    for (const [person, given] of [
      [right, password],
      [right, 'wrong'],
      [locked, password],
      [blocked, password],
      [blocked, 'wrong'],
      [passwordless, ''],
      [unknown, password],
      [deleted, password],
      [unknown, '\ud800'],
      [unknown, 'x'.repeat(3000)],
    ] as const) {
      const before = hashCount.value
      await enter(person, { password: given })
      expect(hashCount.value - before).toBe(1)
    }
  })

  it('A16 being too busy costs nobody an attempt', async () => {
    const person = await makePerson(await makePartner({ maxLoginAttempts: 90 }))
    const { promise: quiet, resolve: leave } = Promise.withResolvers<void>()
    const crowd = Array.from({ length: 60 }, () => withHashRoom(() => quiet))
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(person, { password: 'wrong' })))
    leave()
    await Promise.all(crowd)
    const compared = answers.filter((code) => code === 'USER_WRONG_PASSWORD').length
    expect(answers.filter((code) => code === 'ACTION_BLOCKED').length).toBe(20 - compared)
    expect(compared).toBeGreaterThan(0)
    expect(compared).toBeLessThan(20)
    expect(await attemptsOf(person)).toBe(compared)
  })

  it('A11 A12 refuses an address after too many failures, without any hash, and no other address', async () => {
    const address = `203.0.113.${everyWay.indexOf(way) + 1}`
    const partnerId = await makePartner()
    const person = await makePerson(partnerId)
    const unknown = { user: { ...person.user, id: 'nobody' }, login: { ...person.login, loginEmail: 'nobody@example.com' } }
    for (let attempt = 0; attempt < 178; attempt++) countFailureOfSource(address, noon)
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await enter(unknown, { password: 'wrong', address })).toBe('USER_NOT_FOUND')
    const before = hashCount.value
    expect(await enter(person, { address })).toBe('ACTION_BLOCKED')
    expect(hashCount.value).toBe(before)
    expect(await enter(person, {})).toBe('OK')
    expect(await enter(person, { address, at: noon + 600_000 })).toBe('OK')
  })

  it('A13 asks only the address that the transport found', async () => {
    const person = await makePerson(await makePartner())
    const lookalike = { ctx: { userAgent: 'X-Forwarded-For: 1.2.3.4' } }
    expect(await enter(person, { ...lookalike, address: `203.0.113.${everyWay.indexOf(way) + 1}` })).toBe('ACTION_BLOCKED')
  })

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
    expect(await attemptsOf(person)).toBe(1)
    expect(await enter(await makePerson(partnerId, { isSsoExcluded: true }), {})).toBe('OK')
  })

  it('A04 asks for the one-time code and counts its absence, like every other way', async () => {
    const partnerId = await makePartner({ secondFactor: 'all', maxLoginAttempts: 3 })
    const { columns, seed } = enrolled(`a04-${way}@example.com`.toLowerCase())
    const person = await makePerson(partnerId, {}, columns)
    expect(await enter(person, {})).toBe('MISSING_OTP')
    expect(await attemptsOf(person)).toBe(1)
    if (takesOtp.includes(way)) expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
    else {
      expect(await enter(person, {})).toBe('MISSING_OTP')
      expect(await enter(person, {})).toBe('LOGIN_RETRIES_EXCEEDED')
      expect(await enter(person, {})).toBe('LOGIN_BLOCKED')
    }
  })

  it('refuses a password that has become too old, after it was right', async () => {
    const partnerId = await makePartner({ passwordReplaceFrequency: 86_400 })
    const person = await makePerson(partnerId)
    const tomorrow = noon + 86_400_001
    expect(await enter(person, { password: 'wrong', at: tomorrow })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { at: tomorrow })).toBe('PASSWORD_EXPIRED')
    expect(await enter(person, { at: noon + 86_400_000 })).toBe('OK')
  })

  it('C01 makes a weaker hash anew at the next sign-in', async () => {
    const person = await makePerson(await makePartner())
    await updateLoginData(person.login.id, {
      passwordHash: await hash(password, { memoryCost: 8192, timeCost: 2, parallelism: 1 }),
    })
    expect(await enter(person, {})).toBe('OK')
    expect((await findLoginDataById(person.login.id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await enter(person, {})).toBe('OK')
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

describe('the second factor', () => {
  it('A03 counts wrong and missing codes like wrong passwords; the right password alone clears nothing', async () => {
    const partnerId = await makePartner({ secondFactor: 'all', maxLoginAttempts: 4 })
    const { columns, seed } = enrolled('a03@example.com')
    const person = await makePerson(partnerId, {}, columns)
    const enter = ways['user.loginByLoginId']
    expect(await enter(person, { otp: '000000' })).toBe('INVALID_OTP')
    expect(await enter(person, {})).toBe('MISSING_OTP')
    expect(await enter(person, { password: 'wrong', otp: codeAt(seed) })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { otp: 'abc' })).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(await enter(person, { otp: codeAt(seed) })).toBe('LOGIN_BLOCKED')
  })

  it('A03 a code that was used for a sign-in is used up', async () => {
    const { columns, seed } = enrolled('used-up@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all' }), {}, columns)
    const enter = ways['user.loginByLoginId']
    expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
    expect(await enter(person, { otp: codeAt(seed) })).toBe('INVALID_OTP')
  })

  it('A03 a wrong password with the right code does not use the code up', async () => {
    const { columns, seed } = enrolled('kept@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all' }), {}, columns)
    const enter = ways['user.loginByLoginId']
    expect(await enter(person, { password: 'wrong', otp: codeAt(seed) })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
  })

  it.each([
    ['admins', true, 'MISSING_OTP'],
    ['admins', false, 'OK'],
    ['nonAdmins', true, 'OK'],
    ['nonAdmins', false, 'MISSING_OTP'],
  ] as const)('asks %s, an administrator being %s: %s', async (secondFactor, isAdmin, expected) => {
    const person = await makePerson(await makePartner({ secondFactor }), { isAdmin })
    expect(await ways['user.loginByLoginId'](person, {})).toBe(expected)
  })

  it('A03 entering another account without a second factor clears no count of the one that has it', async () => {
    const strict = await makePartner({ secondFactor: 'all', maxLoginAttempts: 3 })
    const lax = await makePartner()
    const { columns } = enrolled('both@example.com')
    const person = await makePerson(strict, {}, columns)
    await makeUser(lax, { loginDataId: person.login.id })
    const enter = (partnerId: number, otp?: string) =>
      runAction(loginByLoginId, ctxOf({}), { loginId: 'both@example.com', password, partnerId, otp })
    for (let round = 0; round < 4; round++) {
      await enter(strict, '000000')
      await enter(lax)
    }
    expect((await findLoginDataById(person.login.id))?.loginBlockedUntil).toBeGreaterThan(noon)
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
    const wrong = await attempt({ loginId: person.login.loginEmail, password: 'wrong' })
    const answers = [
      await attempt({ loginId: person.login.loginEmail, password: 'wrong' }),
      await attempt({ loginId: person.login.loginEmail, password }),
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
    expect(await ways['user.login'](here, { ctx: { partner } })).toBe('INVALID_PARTNER_ID')
  })

  it('answers USER_NOT_FOUND for a user without sign-in', async () => {
    const partnerId = await makePartner()
    const person = { ...(await makePerson(partnerId)), user: await makeUser(partnerId) }
    expect(await ways['user.login'](person, {})).toBe('USER_NOT_FOUND')
  })

  it('a session ends with the block of the user', async () => {
    const person = await makePerson(await makePartner())
    await setUser(person.user, { status: 0 })
    expect(await ways['user.login'](person, {})).toBe('USER_IS_BLOCKED')
  })
})

it('A04 every way in is in the table above, and only the one verifier compares passwords', () => {
  const sources = globSync('{lib,app}/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'))
  const users = (name: RegExp) => sources.filter((file) => name.test(readFileSync(file, 'utf8'))).sort()
  expect(users(/\b(signIn|verifyLogin)\(ctx/)).toEqual([
    'lib/auth/browser-session.ts',
    'lib/auth/sign-in.ts',
    // Its own test has the same cases.
    'lib/user/actions/accept-invitation.ts',
    'lib/user/actions/login-by-login-id.ts',
    'lib/user/actions/login.ts',
  ])
  expect(users(/\bverifyPassword\(/)).toEqual([
    'lib/auth/password-policy.ts',
    'lib/auth/password.ts',
    'lib/auth/sign-in.ts',
    // Opens nothing: the operator names an owner who has a login already.
    'lib/partner/new-partner.ts',
  ])
})
