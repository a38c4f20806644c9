import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { updatePartner } from '@/db/queries/partners'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { hashCount } from '@/lib/auth/password'
import { enrolled } from '@/lib/auth/testing'
import { sweep } from '@/lib/jobs/sweep'
import { mailedKey } from '@/lib/mail/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import { acceptInvitation } from './accept-invitation'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { enableLogin } from './enable-login'
import { getUser } from './get-user'
import { loginByLoginId } from './login-by-login-id'
import { restoreUser } from './restore-user'
import { updateUser } from './update-user'

freshDatabase()

const day = 86_400_000
const page = (of: { now?: number; address?: string } = {}) => newContext({ origin: 'page', ...of })

type Given = { password?: string; otp?: string; now?: number }
type Invited = Awaited<ReturnType<typeof invited>>

const accept = async ({ hashKey }: { hashKey: string }, { password = goodPassword, otp, now }: Given = {}) =>
  codeOf(await runAction(acceptInvitation, page({ now: now ?? Date.now() }), { hashKey, password, otp }))

const signIn = async ({ email }: Invited, account: Account, password = goodPassword) =>
  codeOf(
    await runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId: email, password, partnerId: account.partnerId }),
  )

/** A person with a login in `first`, whom `second` has invited as `two`. */
async function invited(settings: Parameters<typeof newAccount>[0] = {}, user: { isAdmin?: boolean } = {}) {
  const [first, second] = [await newAccount({ maxLoginAttempts: 3 }), await newAccount(settings)]
  const email = `shared-${first.partnerId}@x.example`
  data(await asAdmin(first, addUser, { user: { id: 'one', email, password: goodPassword } }))
  data(await asAdmin(second, addUser, { user: { id: 'two', email, password: 'not-applied-8', ...user } }))
  const loginDataId = (await storedUser(first, 'one'))?.loginDataId ?? 0
  return { first, second, email, loginDataId, hashKey: await mailedKey(email) }
}

const blockTwo = async ({ second }: Invited) => data(await asAdmin(second, updateUser, { userId: 'two', user: { status: 0 } }))

const userOf = async ({ second }: Invited) => data(await asAdmin(second, getUser, { userId: 'two' }))

describe('user.acceptInvitation', () => {
  it('Z11 links the login with its own password, once', async () => {
    const person = await invited()
    expect(await userOf(person)).toMatchObject({ loginEnabled: false, invitedUntil: expect.any(Number) })
    expect(await accept(person)).toBe('OK')
    expect(await userOf(person)).toMatchObject({ loginEnabled: true, loginId: person.email, invitedUntil: null })
    expect(await signIn(person, person.second)).toBe('OK')
    expect(await signIn(person, person.first)).toBe('OK')
    expect(await signIn(person, person.second, 'not-applied-8')).toBe('USER_WRONG_PASSWORD')
    expect(await accept(person)).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('takes a key whose "=" a mail program has broken', async () => {
    const person = await invited()
    expect(await accept({ hashKey: person.hashKey.replaceAll('=', '.') })).toBe('OK')
  })

  it('refuses keys that are damaged, foreign, replaced or over, without any hash', async () => {
    const person = await invited()
    const before = hashCount.value
    const [id, expiry] = Buffer.from(person.hashKey, 'base64').toString().split('|')
    const forged = Buffer.from(`${id}|${expiry}|${'a'.repeat(40)}`).toString('base64')
    for (const hashKey of ['', 'x', person.hashKey.slice(4), forged, 'A'.repeat(1000), '=|=', '1|2|3'])
      expect(await accept({ hashKey }), hashKey).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(await accept(person, { now: Date.now() + day + 1000 })).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
    const again = { userId: 'two', loginId: person.email, password: goodPassword }
    data(await runAction(enableLogin, await contextOf(person.second), again))
    const ofHashing = hashCount.value
    expect(await accept(person)).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(hashCount.value).toBe(ofHashing)
    expect(ofHashing - before).toBe(1)
    expect(await accept({ hashKey: await mailedKey(person.email) })).toBe('OK')
  })

  it('an invitation that is over is no longer shown as open: it was, for ever', async () => {
    const person = await invited()
    const { invitedUntil } = await userOf(person)
    expect(invitedUntil).toBeLessThanOrEqual((Date.now() + day) / 1000)
    await sweep(Date.now() + day + 1000)
    expect(await userOf(person)).toMatchObject({ loginEnabled: false, invitedUntil: null })
    expect(await accept(person, { now: Date.now() + day + 1000 })).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
    expect(await accept(person)).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('A01 A04 counts wrong passwords on the login, and locks like every other way', async () => {
    const person = await invited()
    expect(await accept(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(await accept(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(await accept(person, { password: 'wrong' })).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(await accept(person)).toBe('LOGIN_BLOCKED')
    expect(await userOf(person)).toMatchObject({ loginEnabled: false })
    expect(await accept(person, { now: Date.now() + 901_000 })).toBe('OK')
  })

  it('A04 asks whoever has an authenticator for a code, though the account asks for none', async () => {
    const person = await invited()
    const { seed, columns } = enrolled(person.email)
    await updateLoginData(person.loginDataId, columns)
    expect(await accept(person)).toBe('MISSING_OTP')
    expect(await accept(person, { otp: '000000' })).toBe('INVALID_OTP')
    expect((await findLoginDataById(person.loginDataId))?.loginAttempts).toBe(2)
    expect(await accept(person, { otp: new TOTP({ secret: seed }).generate() })).toBe('OK')
  })

  it('A04 lets whoever has none accept for an account that asks: entering it is what needs the code', async () => {
    const person = await invited({ secondFactor: 'all' })
    expect(await accept(person)).toBe('OK')
    expect(await signIn(person, person.second)).toBe('MISSING_OTP')
  })

  it.each<[string, string, (person: Invited) => Promise<unknown>]>([
    ['a blocked user', 'NEW_PASSWORD_HASH_KEY_INVALID', blockTwo],
    [
      'a user who was blocked meanwhile, and is not any more',
      'NEW_PASSWORD_HASH_KEY_INVALID',
      async (person) => {
        await blockTwo(person)
        data(await asAdmin(person.second, updateUser, { userId: 'two', user: { status: 1 } }))
      },
    ],
    ['a closed account', 'USER_IS_BLOCKED', ({ second }) => updatePartner(second.partnerId, { status: 3 })],
    [
      'a deleted user',
      'NEW_PASSWORD_HASH_KEY_INVALID',
      ({ second }) => asAdmin(second, deleteUser, { userId: 'two' }).then(data),
    ],
    [
      'a user who was deleted meanwhile, and restored',
      'NEW_PASSWORD_HASH_KEY_INVALID',
      async ({ second }) => {
        data(await asAdmin(second, deleteUser, { userId: 'two' }))
        data(await asAdmin(second, restoreUser, { userId: 'two' }))
      },
    ],
    [
      'a user with another login',
      'NEW_PASSWORD_HASH_KEY_INVALID',
      ({ second, email }) =>
        asAdmin(second, enableLogin, { userId: 'two', loginId: `other-${email}`, password: goodPassword }).then(data),
    ],
    [
      'a login that a colleague joined meanwhile',
      'LOGIN_ID_ALREADY_USED',
      async ({ second, email }) => {
        data(await asAdmin(second, addUser, { user: { id: 'three', email, password: goodPassword } }))
        expect(await accept({ hashKey: await mailedKey(email) })).toBe('OK')
      },
    ],
    [
      'an address that became somebody else’s',
      'NEW_PASSWORD_HASH_KEY_INVALID',
      async ({ first, email }) => {
        data(await asAdmin(first, deleteUser, { userId: 'one' }))
        data(await asAdmin(first, addUser, { user: { id: 'new', email, password: goodPassword } }))
      },
    ],
    [
      'an account with a sign-in of its own',
      'DIRECT_LOGIN_BLOCKED',
      ({ second }) => updatePartner(second.partnerId, { settings: { directLoginBlocked: true } }),
    ],
    [
      'a password that became too old',
      'PASSWORD_EXPIRED',
      async ({ first, loginDataId }) => {
        await updatePartner(first.partnerId, { settings: { passwordReplaceFrequency: 1 } })
        await updateLoginData(loginDataId, { passwordUpdatedAt: 0 })
      },
    ],
  ])('A20 links nothing to %s: %s', async (_what, code, change) => {
    const person = await invited()
    const own = (await storedUser(person.second, 'two'))?.key
    await change(person)
    expect(await accept(person)).toBe(code)
    const user = await storedUser(person.second, 'two')
    if (user) expect(user).toMatchObject({ key: own })
    expect(user?.loginDataId).not.toBe(person.loginDataId)
  })

  it('A20 links nothing to a user who was invited while he was blocked', async () => {
    const person = await invited()
    await blockTwo(person)
    data(await asAdmin(person.second, enableLogin, { userId: 'two', loginId: person.email, password: goodPassword }))
    expect(await accept({ hashKey: await mailedKey(person.email) })).toBe('USER_IS_BLOCKED')
  })

  it('works for a person who was deleted where he came from, while nobody else has the address', async () => {
    const person = await invited()
    data(await asAdmin(person.first, deleteUser, { userId: 'one' }))
    expect(await accept(person)).toBe('OK')
    expect(await signIn(person, person.second)).toBe('OK')
  })

  it('Z13 counts the seat of an administrator when he accepts, and lets him try again', async () => {
    const person = await invited({ adminLoginUsersQuota: 2 }, { isAdmin: true })
    const other = { id: 'other', isAdmin: true, email: `other-${person.email}` }
    data(await asAdmin(person.second, addUser, { user: other }))
    expect(await accept(person)).toBe('ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')
    data(await asAdmin(person.second, deleteUser, { userId: 'other' }))
    expect(await accept(person)).toBe('OK')
    expect((await findLoginDataById(person.loginDataId))?.lastLoginPartnerId).toBe(person.second.partnerId)
  })

  it('links once when it is sent twenty times at once', async () => {
    const person = await invited()
    const codes = await Promise.all(Array.from({ length: 20 }, () => accept(person)))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes).not.toContain('INTERNAL_SERVERL_ERROR')
  })

  it('X01 writes success and failure into the log of the account that invited, without key and password', async () => {
    const person = await invited()
    await accept(person, { password: 'not-the-one-7' })
    await accept(person)
    const key = (await storedUser(person.second, 'two'))?.key
    const entries = await acrossPartners(() => listAuditEntries(person.second.partnerId, { targetKey: key }, 2))
    expect(entries.map(({ action, result }) => [action, result])).toEqual([
      ['user.acceptInvitation', 'OK'],
      ['user.acceptInvitation', 'USER_WRONG_PASSWORD'],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/not-the-one-7|argon2/)
    expect(JSON.stringify(entries)).not.toContain(person.hashKey)
  })
})
