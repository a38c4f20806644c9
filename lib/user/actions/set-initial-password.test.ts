import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById, updateLoginData as storeLogin } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import type { Origin } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { gates, type Person } from '@/lib/auth/gates-testing'
import { giveHashKey, newHashKey } from '@/lib/auth/hash-key'
import { shownSeed } from '@/lib/auth/otp'
import { withKs } from '@/lib/auth/session-context'
import { codeAt, enrolled, lockSource, makePartner, makePerson, makeUser, noon, password, wire } from '@/lib/auth/testing'
import { sweep } from '@/lib/jobs/sweep'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { loginByLoginId } from './login-by-login-id'
import { resetPassword } from './reset-password'
import { setInitialPassword } from './set-initial-password'
import { validateHashKey } from './validate-hash-key'

freshDatabase()

const day = 24 * 60 * 60 * 1000
const chosen = 'Quite-another-7'

async function keyFor({ login }: Person, now = noon) {
  await runAction(resetPassword, wire({ now, address: `10.0.${login.id >> 8}.${login.id & 255}` }), { email: login.loginEmail })
  return mailedKey(login.loginEmail)
}

const set = (hashKey: string, newPassword = chosen, of: { at?: number; origin?: Origin } = {}) =>
  runAction(setInitialPassword, wire({ now: of.at ?? noon, origin: of.origin ?? 'wire', address: '192.0.2.1' }), {
    hashKey,
    newPassword,
  })
const enter = gates['user.loginByLoginId']

async function aPerson(...[settings, user, login]: [settings?: object, user?: object, login?: object]) {
  const person = await makePerson(await makePartner(settings), user, login)
  return { person, key: await keyFor(person) }
}

describe('user.setInitialPassword', () => {
  it('M06 sets the password once: the key is used up, the old password is over', async () => {
    const { person, key } = await aPerson()
    expect(data(await set(key))).toEqual({ objectType: 'KalturaAuthentication' })
    expect(await enter(person, {})).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { password: chosen })).toBe('OK')
    expect(codeOf(await set(key, 'And-one-more-8'))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('M06 a newer key ends the older', async () => {
    const { person, key } = await aPerson()
    const newer = await keyFor(person)
    expect(codeOf(await set(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await set(newer))).toBe('OK')
  })

  it('M06 R17 is good for 24 hours, and a clock set back revives nothing', async () => {
    const { key } = await aPerson()
    expect(codeOf(await set(key, chosen, { at: noon + day + 1 }))).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
    await sweep(noon + day + 1)
    expect(codeOf(await set(key))).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
    const other = await aPerson()
    expect(codeOf(await set(other.key, chosen, { at: noon + day }))).toBe('OK')
  })

  it('M06 refuses what is altered: id, expiry, chance, purpose', async () => {
    const [{ person, key }, other] = [await aPerson(), await aPerson()]
    const [id, expiry, chance] = Buffer.from(key, 'base64').toString().split('|')
    const of = (...parts: unknown[]) => Buffer.from(parts.join('|')).toString('base64')
    expect(codeOf(await set(of(other.person.login.id, expiry, chance)))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await set(of(id, Number(expiry) + 9999, chance)))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await set(of(id, expiry, '0'.repeat(40))))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await set(of(999_999, expiry, chance)))).toBe('LOGIN_DATA_NOT_FOUND')
    expect(codeOf(await set(of('', expiry, chance)))).toBe('LOGIN_DATA_NOT_FOUND')
    expect(codeOf(await set(of(id, expiry, chance, '')))).toBe('LOGIN_DATA_NOT_FOUND')
    for (const rubbish of ['', 'x', '||', '\u0000', 'é'.repeat(400)])
      expect(codeOf(await set(rubbish))).toBe('LOGIN_DATA_NOT_FOUND')

    const enrolment = await acrossPartners(() => giveHashKey(wire(), person.login, 'enrolment'))
    expect(codeOf(await set(enrolment.key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('M06 takes `.` for `=`, lost padding and what mail programs add', async () => {
    for (const spoil of [
      (key: string) => key.replaceAll('=', '.'),
      (key: string) => key.replaceAll('=', ''),
      (key: string) => `<${key.slice(0, 20)}\r\n ${key.slice(20)}>`,
    ])
      expect(codeOf(await set(spoil((await aPerson()).key)))).toBe('OK')
  })

  it('of twenty that come with the key at once one succeeds', async () => {
    const { key } = await aPerson()
    const codes = (await Promise.all(Array.from({ length: 20 }, (_, number) => set(key, `Number-${number}-it-is`)))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'NEW_PASSWORD_HASH_KEY_INVALID')).toHaveLength(19)
  })

  it.each([
    ['', 'PASSWORD_STRUCTURE_INVALID'],
    ['short-1', 'PASSWORD_STRUCTURE_INVALID'],
    ['p@ssw0rd', 'COMMON_PASSWORD'],
    ['my-Acme-secret-1', 'PASSWORD_STRUCTURE_INVALID'],
    ['x'.repeat(2000), 'PASSWORD_STRUCTURE_INVALID'],
  ])('A14 refuses %o by the rules of the account, and the key stays good', async (newPassword, code) => {
    const { person, key } = await aPerson()
    const result = await set(key, newPassword)
    expect(codeOf(result)).toBe(code)
    if (!result.ok) expect(Object.keys(result.error.fields)).toEqual(['newPassword'])
    expect(await enter(person, {})).toBe('OK')
    expect(codeOf(await set(key))).toBe('OK')
  })

  it('A14 names the rules that are not met', async () => {
    const result = await set((await aPerson()).key, 'abc')
    expect(result).toMatchObject({ error: { args: { RULES: '8 to 128 characters\nA digit\nA sign such as ! ? - + @' } } })
  })

  it('A17 remembers as many passwords as the account says, the first one too, also over a stronger hash', async () => {
    const { person } = await aPerson({ previousPasswordsKept: 2 })
    const change = async (to: string) => codeOf(await set(await keyFor(person), to, {}))
    expect(await change(password)).toBe('PASSWORD_ALREADY_USED')
    expect(await change('One-password-1')).toBe('OK')
    expect(await change(password)).toBe('PASSWORD_ALREADY_USED')
    expect(await change('Two-passwords-2')).toBe('OK')
    expect(await change('One-password-1')).toBe('PASSWORD_ALREADY_USED')
    expect(await change(password)).toBe('OK')
    expect((await findLoginDataById(person.login.id))?.previousPasswords).toHaveLength(2)
  })

  it('A11 ends every lock, and S06 S07 every session in every account', async () => {
    const [here, there] = [await makePartner({ maxLoginAttempts: 3 }), await makePartner()]
    const person = await makePerson(here)
    const other = await makeUser(there, { loginDataId: person.login.id })
    const loginAs = async (partnerId: number) =>
      data(await runAction(loginByLoginId, wire({ now: noon - 1000 }), { loginId: person.login.loginEmail, password, partnerId }))
    const sessions = [await loginAs(here), await loginAs(other.partnerId)]
    const ticket = await openBrowserSession(wire({ now: noon - 1000, origin: 'page' }), person.login.loginEmail, password)
    await lockSource(person.login, '192.0.2.50', noon + 1000)
    await storeLogin(person.login.id, { loginBlockedUntil: noon + 1000 })

    data(await set(await keyFor(person)))
    for (const ks of sessions)
      await expect(withKs(wire(), ks, { action: 'user.get', uri: '/' })).rejects.toMatchObject({ code: 'INVALID_KS' })
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
    expect(await enter(person, { password: chosen, address: '192.0.2.50' })).toBe('OK')
    expect((await findLoginDataById(person.login.id))?.loginBlockedUntil).toBeNull()
  })

  it('M12 tells the person once, and nothing when it was refused; writes it down in every account', async () => {
    const { person, key } = await aPerson()
    const there = await makePartner()
    const other = await makeUser(there, { loginDataId: person.login.id })
    await set(key, 'short')
    expect((await mailsTo(person.login.loginEmail)).map(({ event }) => event)).toEqual(['reset-password'])
    await set(key)
    const mails = await mailsTo(person.login.loginEmail)
    expect(mails.map(({ event }) => event)).toEqual(['reset-password', 'password-changed'])
    expect(mails[1]?.params).toMatchObject({ at: noon, address: '192.0.2.1', partnerName: 'Acme' })
    for (const user of [person.user, other]) {
      const entries = await acrossPartners(() => listAuditEntries(user.partnerId, { targetKey: user.key }, 10))
      expect(entries.filter(({ action }) => action === 'user.setInitialPassword')).toHaveLength(1)
      expect(JSON.stringify(entries)).not.toMatch(/argon2|Quite-another/)
    }
    expect(JSON.stringify(mails)).not.toContain(chosen)
  })

  it('refuses a login that only deleted users have, and changes nothing', async () => {
    const person = await makePerson(await makePartner(), { status: 2 })
    const { key, keyHash, expiresAt } = newHashKey(person.login.id, noon, wire().random)
    await storeLogin(person.login.id, { hashKeyHash: keyHash, hashKeyExpiresAt: expiresAt })
    expect(codeOf(await set(key))).toBe('INVALID_USER_ID')
    expect((await findLoginDataById(person.login.id))?.passwordHash).toBe(person.login.passwordHash)
  })
})

describe('user.setInitialPassword and the second factor', () => {
  it('M09 signs nobody in and leaves an enrolled second factor as it is', async () => {
    const { columns, seed } = enrolled('m09@example.com')
    const { person, key } = await aPerson({ secondFactor: 'all' }, {}, columns)
    expect(data(await set(key))).toEqual({ objectType: 'KalturaAuthentication' })
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpSeed: columns.otpSeed, otpConfirmedAt: noon })
    expect(await enter(person, { password: chosen })).toBe('MISSING_OTP')
    expect(await enter(person, { password: chosen, otp: codeAt(seed) })).toBe('OK')
  })

  it('shows a new seed where one is asked for and none is enrolled; its first code at a sign-in enrols it', async () => {
    const { person, key } = await aPerson({ secondFactor: 'admins' }, { isAdmin: true })
    const { qrCode, enrolmentKey } = data(await set(key))
    expect(
      Buffer.from(qrCode ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    expect(enrolmentKey).toBeNull()
    const login = await findLoginDataById(person.login.id)
    const seed = login && shownSeed(login)
    expect(seed).toMatch(/^[A-Z2-7]{32}$/)
    expect(await enter(person, { password: chosen, otp: codeAt(seed ?? '') })).toBe('OK')
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpConfirmedAt: noon })
    expect((await mailsTo(person.login.loginEmail)).at(-1)?.event).toBe('second-factor-enrolled')
  })

  it('gives pages a key to enrol with, that sets no password', async () => {
    const { key } = await aPerson({ secondFactor: 'all' })
    const { enrolmentKey } = data(await set(key, chosen, { origin: 'page' }))
    expect(codeOf(await runAction(validateHashKey, wire(), { hashKey: enrolmentKey ?? '' }))).toBe('OK')
    expect(codeOf(await set(enrolmentKey ?? ''))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it.each([
    ['admins', false],
    ['none', true],
  ] as const)('shows none where %s are asked, an administrator being %s', async (secondFactor, isAdmin) => {
    const { key } = await aPerson({ secondFactor }, { isAdmin })
    expect(data(await set(key))).toEqual({ objectType: 'KalturaAuthentication' })
  })
})
