import { describe, expect, it } from 'vitest'
import { withPartner } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { gates, type Person } from '@/lib/auth/gates-testing'
import { codeAt, enrolled, makePartner, makePerson, makeUser, noon, password, wire } from '@/lib/auth/testing'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { disableLogin } from '@/lib/user/actions/disable-login'
import { resetPassword } from '@/lib/user/actions/reset-password'
import { restoreUser } from '@/lib/user/actions/restore-user'
import { updateUser } from '@/lib/user/actions/update-user'
import { type Browser, inBrowser, isOpen } from '../testing'
import { cancelEmailChange } from './cancel-email-change'
import { changePassword } from './change-password'
import { confirmEmailChange } from './confirm-email-change'
import { getEmailChange } from './get-email-change'
import { getLinkState } from './get-link-state'
import { requestEmailChange } from './request-email-change'

freshDatabase()

const minute = 60_000
const day = 24 * 60 * 60 * 1000
let people = 0

const aPerson = async (login = {}, settings = {}, user = {}) =>
  makePerson(await makePartner(settings), user, { loginEmail: `old-${++people}@example.com`, ...login })
const aNewEmail = () => `new-${++people}@example.com`

const confirm = (hashKey: string, now = noon) => runAction(confirmEmailChange, wire({ now }), { hashKey })
const emailOf = async ({ login }: Person) => (await findLoginDataById(login.id))?.loginEmail

/** A person who asked for a new address, and the keys that were mailed. */
async function asked(person?: Person) {
  const who = person ?? (await aPerson())
  return askedAgain(who, await inBrowser(who))
}

async function askedAgain(person: Person, browser: Browser) {
  const newEmail = aNewEmail()
  data(await runAction(requestEmailChange, browser.ctx, { newEmail, password }))
  return { person, browser, newEmail, toOld: await mailedKey(person.login.loginEmail), toNew: await mailedKey(newEmail) }
}

describe('asking for another address', () => {
  it('Z10 F12 takes the password, and a code of whoever has one', async () => {
    const { seed, columns } = enrolled(`factor-${++people}@example.com`)
    const person = await aPerson(columns)
    const { ctx } = await inBrowser(person, { otp: codeAt(seed, noon - minute), now: noon - minute })
    const ask = (of: object) =>
      runAction(requestEmailChange, { ...ctx, now: noon }, { newEmail: 'else@example.com', password, ...of })
    expect(await ask({ password: 'wrong' })).toMatchObject({
      error: { code: 'USER_WRONG_PASSWORD', fields: { password: expect.any(String) } },
    })
    expect(await ask({})).toMatchObject({ error: { code: 'MISSING_OTP', fields: { otp: expect.any(String) } } })
    expect(codeOf(await ask({ otp: '000000' }))).toBe('INVALID_OTP')
    expect(codeOf(await ask({ otp: codeAt(seed) }))).toBe('OK')
    expect(codeOf(await runAction(requestEmailChange, wire(), { newEmail: 'else@example.com', password }))).toBe('MISSING_KS')
  })

  it('Z10 changes nothing and mails a link of its own to each address', async () => {
    const { person, newEmail, browser, toOld, toNew } = await asked()
    expect(toOld).not.toBe(toNew)
    expect(await emailOf(person)).toBe(person.login.loginEmail)
    expect(await isOpen(browser)).toBe(true)
    expect(await mailsTo(newEmail)).toMatchObject([
      { event: 'confirm-email-change', params: { side: 'new', oldEmail: person.login.loginEmail, newEmail } },
    ])
    const [first] = await mailsTo(person.login.loginEmail)
    expect(first).toMatchObject({ event: 'confirm-email-change', params: { side: 'old' } })
    expect(data(await runAction(getEmailChange, browser.ctx, {}))).toMatchObject({
      email: person.login.loginEmail,
      newEmail,
      isOldConfirmed: false,
      isNewConfirmed: false,
      expiresAt: (noon + day) / 1000,
    })
  })

  it('I11 keeps the one form of an address', async () => {
    const { ctx } = await inBrowser(await aPerson())
    data(await runAction(requestEmailChange, ctx, { newEmail: 'NEW-CASE＠Example.COM', password }))
    expect(data(await runAction(getEmailChange, ctx, {})).newEmail).toBe('new-case@example.com')
    for (const newEmail of ['', 'nobody', 'a@b', 'two@example.com,more@example.com', 'a@example.com\r\nBcc: b@example.com'])
      expect(await runAction(requestEmailChange, ctx, { newEmail, password })).toMatchObject({
        error: { code: 'INVALID_FIELD_VALUE', fields: { newEmail: expect.any(String) } },
      })
  })

  it('tells only who knows the password that an address is taken, at its field alone', async () => {
    const { login } = await aPerson()
    const { ctx } = await inBrowser(await aPerson())
    const taken = { newEmail: login.loginEmail.toUpperCase(), password }
    expect(codeOf(await runAction(requestEmailChange, ctx, { ...taken, password: 'wrong' }))).toBe('USER_WRONG_PASSWORD')
    const result = await runAction(requestEmailChange, ctx, taken)
    expect(result).toMatchObject({ error: { code: 'LOGIN_ID_ALREADY_USED' } })
    expect(result).toHaveProperty('error.fields', { newEmail: expect.any(String) })
  })

  it('keeps administrators within the domains of the account', async () => {
    const { ctx } = await inBrowser(await aPerson({}, { allowedAdminEmailDomains: ['example.com'] }, { isAdmin: true }))
    const result = await runAction(requestEmailChange, ctx, { newEmail: 'me@elsewhere.example', password })
    expect(result).toMatchObject({ ok: false, error: { fields: { newEmail: expect.any(String) } } })
  })

  it('M08 floods nobody', async () => {
    const { ctx } = await inBrowser(await aPerson())
    const codes = []
    for (let time = 0; time < 12; time++)
      codes.push(codeOf(await runAction(requestEmailChange, ctx, { newEmail: 'flooded@example.com', password })))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(10)
    expect(codes.at(-1)).toBe('ACTION_BLOCKED')
  })
})

describe('confirming', () => {
  it.each(['old', 'new'] as const)(
    'Z10 S06 S07 the address changes with the second side, %s first; then every session ends and both are told',
    async (first) => {
      const { person, browser, newEmail, toOld, toNew } = await asked()
      const [one, other] = first === 'old' ? [toOld, toNew] : [toNew, toOld]
      expect(data(await confirm(one))).toMatchObject({ state: 'waiting' })
      expect(data(await confirm(one))).toMatchObject({ state: 'waiting' })
      expect(await emailOf(person)).toBe(person.login.loginEmail)
      expect(await isOpen(browser)).toBe(true)
      expect(data(await runAction(getEmailChange, browser.ctx, {}))).toMatchObject({ isOldConfirmed: first === 'old' })

      expect(data(await confirm(other, noon + 1))).toMatchObject({ state: 'changed' })
      expect(await emailOf(person)).toBe(newEmail)
      expect(await isOpen(browser, noon + 2)).toBe(false)
      for (const address of [person.login.loginEmail, newEmail])
        expect((await mailsTo(address)).map(({ event }) => event)).toEqual(['confirm-email-change', 'email-changed'])
      expect(await gates['user.loginByLoginId'](person, { at: noon + 2 })).toBe('USER_NOT_FOUND')
      const moved = { ...person, login: { ...person.login, loginEmail: newEmail } }
      expect(await gates['user.loginByLoginId'](moved, { at: noon + 2 })).toBe('OK')
      expect(codeOf(await confirm(other))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
      const { partnerId, key } = person.user
      const [entry] = await withPartner(partnerId, () =>
        listAuditEntries(partnerId, { targetKey: key, actions: ['account.confirmEmailChange'] }, 1),
      )
      expect(entry?.changes).toMatchObject({ email: { before: person.login.loginEmail, after: newEmail } })
    },
  )

  it('M06 C02 knows only the newest links, for 24 hours, and keeps no key in clear', async () => {
    const { person, toOld, toNew } = await asked()
    const newer = await asked(person)
    for (const key of [toOld, toNew, 'rubbish', '']) expect(codeOf(await confirm(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await confirm(newer.toOld, noon + day + 1))).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
    expect(codeOf(await confirm(newer.toOld, noon + day))).toBe('OK')
  })

  it('is over when the person takes it back', async () => {
    const { browser, toOld } = await asked()
    data(await runAction(cancelEmailChange, browser.ctx, {}))
    expect(data(await runAction(getEmailChange, browser.ctx, {})).newEmail).toBeNull()
    expect(codeOf(await confirm(toOld))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('Z10 stays taken back, whatever side confirms at the same moment', async () => {
    const { person, browser } = await asked()
    for (let round = 0; round < 9; round++) {
      const { toOld } = await askedAgain(person, browser)
      const [, taken] = await Promise.all([confirm(toOld), runAction(cancelEmailChange, browser.ctx, {})])
      expect(codeOf(taken)).toBe('OK')
      expect(data(await runAction(getEmailChange, browser.ctx, {})).newEmail).toBeNull()
    }
  })

  it('Z10 is over when the password changes', async () => {
    const { browser, toNew } = await asked()
    data(await runAction(changePassword, browser.ctx, { password, newPassword: 'Quite-another-7' }))
    expect(codeOf(await confirm(toNew))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it.each([
    ['was blocked', (account: Account, id: string) => asAdmin(account, updateUser, { userId: id, user: { status: 0 } })],
    ['was deleted', (account: Account, id: string) => asAdmin(account, deleteUser, { userId: id })],
    ['lost the login', (account: Account, id: string) => asAdmin(account, disableLogin, { userId: id })],
  ])('Z10 S06 is over for whoever %s since, unless another account lets the person in', async (_what, take) => {
    const account = await newAccount()
    const { toOld, toNew, ...here } = await asked(await makePerson(account.partnerId))
    data(await confirm(toOld))
    data(await take(account, here.person.user.id))
    for (const key of [toOld, toNew]) expect(codeOf(await confirm(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect([here.person.login.loginEmail, undefined]).toContain(await emailOf(here.person))

    const both = await asked(await makePerson(account.partnerId))
    await makeUser(await makePartner(), { loginDataId: both.person.login.id })
    data(await take(account, both.person.user.id))
    for (const key of [both.toOld, both.toNew]) expect(codeOf(await confirm(key))).toBe('OK')
  })

  it.each([
    [
      'blocked and let in again',
      async (account: Account, id: string) => {
        data(await asAdmin(account, updateUser, { userId: id, user: { status: 0 } }))
        data(await asAdmin(account, updateUser, { userId: id, user: { status: 1 } }))
      },
    ],
    [
      'deleted and restored',
      async (account: Account, id: string) => {
        data(await asAdmin(account, deleteUser, { userId: id }))
        data(await asAdmin(account, restoreUser, { userId: id }))
      },
    ],
  ])(
    'Z10 S06 stays over for whoever was %s, with every other link, unless another account let the person in',
    async (_, take) => {
      const account = await newAccount()
      const { toOld, toNew, person } = await asked(await makePerson(account.partnerId))
      data(await runAction(resetPassword, wire(), { email: person.login.loginEmail }))
      const toReset = await mailedKey(person.login.loginEmail)
      const stateOf = async (hashKey: string) => data(await runAction(getLinkState, wire(), { hashKey })).state
      expect(await stateOf(toReset)).toBe('valid')
      await take(account, person.user.id)
      for (const key of [toOld, toNew]) expect(codeOf(await confirm(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
      expect(await stateOf(toReset)).toBe('replaced')

      const both = await asked(await makePerson(account.partnerId))
      await makeUser(await makePartner(), { loginDataId: both.person.login.id })
      await take(account, both.person.user.id)
      for (const key of [both.toOld, both.toNew]) expect(codeOf(await confirm(key))).toBe('OK')
    },
  )

  it('Z10 S06 stays over for whoever lost the login and has it again, as the deleted keep it', async () => {
    const account = await newAccount()
    const { toOld, toNew, person } = await asked(await makePerson(account.partnerId))
    const elsewhere = await newAccount()
    const other = await makeUser(elsewhere.partnerId, { loginDataId: person.login.id })
    data(await asAdmin(elsewhere, deleteUser, { userId: other.id }))
    data(await asAdmin(account, disableLogin, { userId: person.user.id }))
    expect(await emailOf(person)).toBe(person.login.loginEmail)
    data(await asAdmin(elsewhere, restoreUser, { userId: other.id }))
    for (const key of [toOld, toNew]) expect(codeOf(await confirm(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('refuses an address that somebody took meanwhile, and then changes nothing', async () => {
    const { person, newEmail, toOld, toNew } = await asked()
    data(await confirm(toOld))
    await aPerson({ loginEmail: newEmail })
    expect(codeOf(await confirm(toNew))).toBe('LOGIN_ID_ALREADY_USED')
    expect(await emailOf(person)).toBe(person.login.loginEmail)
  })

  it('of two people who want one address, the first to finish gets it', async () => {
    const [one, other] = [await asked(), await asked()]
    const again = await inBrowser(other.person)
    data(await runAction(requestEmailChange, again.ctx, { newEmail: one.newEmail, password }))
    const [otherOld, otherNew] = [await mailedKey(other.person.login.loginEmail), await mailedKey(one.newEmail)]
    for (const key of [one.toOld, otherOld]) data(await confirm(key))
    const codes = (await Promise.all([confirm(one.toNew), confirm(otherNew)])).map(codeOf)
    expect(codes.sort()).toEqual(['LOGIN_ID_ALREADY_USED', 'OK'])
  })

  it('F13 keeps the authenticator, and follows the login into every account', async () => {
    const { seed, columns } = enrolled(`moves-${++people}@example.com`)
    const person = await aPerson(columns)
    const elsewhere = await makeUser(await makePartner(), { loginDataId: person.login.id, email: person.login.loginEmail })
    const { ctx } = await inBrowser(person, { otp: codeAt(seed, noon - minute), now: noon - minute })
    const newEmail = aNewEmail()
    data(await runAction(requestEmailChange, { ...ctx, now: noon }, { newEmail, password, otp: codeAt(seed) }))
    const keys = [await mailedKey(person.login.loginEmail), await mailedKey(newEmail)]
    for (const key of keys) data(await confirm(key))
    const { partnerId, key } = elsewhere
    const entries = await withPartner(partnerId, () => listAuditEntries(partnerId, { targetKey: key }, 10))
    expect(entries.map(({ action }) => action)).toEqual([
      'account.confirmEmailChange',
      'account.confirmEmailChange',
      'account.requestEmailChange',
    ])
    const at = noon + 60_000
    const moved = { ...person, login: { ...person.login, loginEmail: newEmail } }
    expect(await gates['user.updateLoginData'](moved, { otp: codeAt(seed, at), at })).toBe('OK')
  })
})

it('Z11 the secret of one account tells and takes back nothing', async () => {
  const account = await newAccount()
  const person = await makePerson(account.partnerId)
  const signed = await contextOf(account, { userId: person.user.id, type: 0, at: { now: noon } })
  expect(codeOf(await runAction(getEmailChange, signed, {}))).toBe('MISSING_KS')
  expect(codeOf(await runAction(cancelEmailChange, signed, {}))).toBe('MISSING_KS')
})
