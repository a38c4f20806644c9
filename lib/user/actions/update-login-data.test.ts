import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { findPartnerRow, updatePartner } from '@/db/queries/partners'
import { findUserByKey } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { gates, newAddress, type Person } from '@/lib/auth/gates-testing'
import { codeAt, enrolled, makePartner, makePerson, makeUser, noon, password, wire } from '@/lib/auth/testing'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { codeOf } from '@/lib/testing'
import { resetPassword } from './reset-password'
import { updateLoginData } from './update-login-data'
import { validateHashKey } from './validate-hash-key'

freshDatabase()

type Wish = Partial<z.input<typeof updateLoginData.input>>
let addresses = 0
const newEmail = () => `moved-${++addresses}@example.com`
const chosen = 'Quite-another-7'

const update = (person: Person, wish: Wish, ctx: Partial<Context> = {}) =>
  runAction(updateLoginData, wire({ address: newAddress(), ...ctx }), { oldLoginId: person.login.loginEmail, password, ...wish })
const aPerson = async (settings = {}, user = {}, login = {}) => makePerson(await makePartner(settings), user, login)
const eventsTo = async (email: string) => (await mailsTo(email)).map(({ event }) => event)
const stored = (person: Person) => findLoginDataById(person.login.id)

describe('user.updateLoginData', () => {
  it('changes address and names of the login and of its users in every account', async () => {
    const person = await aPerson()
    const other = await makeUser(await makePartner(), { loginDataId: person.login.id, email: 'kept-before@example.com' })
    const newLoginId = newEmail()
    const result = await update(person, { newLoginId: newLoginId.toUpperCase(), newFirstName: 'Ada', newLastName: 'Lovelace' })
    expect(result).toMatchObject({ ok: true, data: null })
    const names = { firstName: 'Ada', lastName: 'Lovelace' }
    expect(await stored(person)).toMatchObject({ loginEmail: newLoginId, ...names })
    for (const { partnerId, key, version } of [person.user, other]) {
      const user = await acrossPartners(() => findUserByKey(partnerId, key))
      expect(user).toMatchObject({
        email: newLoginId,
        emailKey: newLoginId,
        fullNameKey: 'ada lovelace',
        version: version + 1,
        ...names,
      })
      const [entry] = await acrossPartners(() => listAuditEntries(partnerId, { targetKey: key }, 1))
      expect(entry).toMatchObject({ action: 'user.updateLoginData', changes: { email: { after: newLoginId } } })
    }
    expect(await gates['user.loginByLoginId']({ ...person, login: { ...person.login, loginEmail: newLoginId } }, {})).toBe('OK')
    expect(await gates['user.loginByLoginId'](person, {})).toBe('USER_NOT_FOUND')
  })

  it('Z10 M12 tells the old address and the new one of the change, once, and nobody of a refusal', async () => {
    const person = await aPerson()
    const newLoginId = newEmail()
    expect(codeOf(await update(person, { newLoginId, password: 'wrong' }))).toBe('USER_DATA_ERROR')
    expect([await eventsTo(person.login.loginEmail), await eventsTo(newLoginId)]).toEqual([[], []])
    await update(person, { newLoginId })
    const params = { oldEmail: person.login.loginEmail, newEmail: newLoginId }
    for (const address of [person.login.loginEmail, newLoginId])
      expect(await mailsTo(address)).toMatchObject([{ event: 'email-changed', params }])
  })

  it('S06 S07 a new address ends sessions, and the link that was mailed to the old one', async () => {
    const person = await aPerson()
    const { loginEmail } = person.login
    const ticket = await openBrowserSession(wire({ now: noon - 1000, origin: 'page' }), loginEmail, password)
    await runAction(resetPassword, wire({ address: newAddress() }), { email: loginEmail })
    const hashKey = await mailedKey(loginEmail)
    await update(person, { newLoginId: newEmail() })
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
    expect(codeOf(await runAction(validateHashKey, wire(), { hashKey }))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('keeps the second factor with a new address', async () => {
    const { seed, columns } = enrolled('moving@example.com')
    const person = await aPerson({ secondFactor: 'all' }, {}, columns)
    const newLoginId = newEmail()
    expect(codeOf(await update(person, { newLoginId, otp: codeAt(seed) }))).toBe('OK')
    const moved = { ...person, login: { ...person.login, loginEmail: newLoginId } }
    const at = noon + 30_000
    expect(await gates['user.loginByLoginId'](moved, { otp: codeAt(seed, at), at })).toBe('OK')
  })

  it('changes the password, tells of it, and S06 ends sessions; names alone end none', async () => {
    const person = await aPerson()
    const ticket = await openBrowserSession(wire({ now: noon - 1000, origin: 'page' }), person.login.loginEmail, password)
    await update(person, { newFirstName: 'Ada' })
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).not.toBeNull()
    expect(codeOf(await update(person, { newPassword: chosen }))).toBe('OK')
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
    expect(await eventsTo(person.login.loginEmail)).toEqual(['password-changed'])
    expect(await gates['user.login'](person, { password: chosen })).toBe('OK')
  })

  it('keeps the password silently when the new one is the old one', async () => {
    const person = await aPerson()
    expect(codeOf(await update(person, { newPassword: password }))).toBe('OK')
    expect(await eventsTo(person.login.loginEmail)).toEqual([])
    expect((await stored(person))?.passwordHash).toBe(person.login.passwordHash)
    const strict = await aPerson({ previousPasswordsKept: 1 })
    expect(codeOf(await update(strict, { newPassword: password }))).toBe('PASSWORD_ALREADY_USED')
  })

  it('A09 needs the right password even when nothing is new, and answers alike for the unknown', async () => {
    const person = await aPerson()
    expect(codeOf(await update(person, {}))).toBe('OK')
    for (const wish of [
      { password: 'wrong' },
      { password: '' },
      { oldLoginId: 'nobody@example.com' },
      { oldLoginId: 'no address' },
    ])
      expect(await update(person, wish)).toMatchObject({ error: { code: 'USER_DATA_ERROR', args: {}, fields: {} } })
  })

  it('refuses an address that somebody has, as vaguely; one that only the deleted had is free', async () => {
    const [person, taken] = [await aPerson(), await aPerson()]
    expect(codeOf(await update(person, { newLoginId: taken.login.loginEmail, newFirstName: 'Ada' }))).toBe('USER_DATA_ERROR')
    expect(await stored(person)).toMatchObject({ firstName: null, loginEmail: person.login.loginEmail })
    const gone = await aPerson({}, { status: 2 })
    expect(codeOf(await update(person, { newLoginId: gone.login.loginEmail }))).toBe('OK')
    expect(await stored(gone)).toMatchObject({ setAsideAt: noon, loginEmail: gone.login.loginEmail })
  })

  it('Z12 of two who want the same address at once one gets it', async () => {
    const newLoginId = newEmail()
    const people = [await aPerson(), await aPerson(), await aPerson()]
    const codes = (await Promise.all(people.map((person) => update(person, { newLoginId })))).map(codeOf)
    expect(codes.sort()).toEqual(['OK', 'USER_DATA_ERROR', 'USER_DATA_ERROR'])
  })

  it('of two changes of the password at once one succeeds', async () => {
    const person = await aPerson()
    const change = (number: number) => update(person, { newPassword: `Number-${number}-it-is` })
    const codes = (await Promise.all([1, 2, 3, 4].map(change))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'USER_DATA_ERROR')).toHaveLength(3)
  })

  it.each<[string, Wish, string, Record<string, string>]>([
    ['no address', { newLoginId: 'nothing' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'newEmail' }],
    ['two addresses', { newLoginId: 'a@x.example,b@x.example' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'newEmail' }],
    [
      'markup in the address',
      { newLoginId: '<b>@x.example' },
      'UNSAFE_HTML_TAGS',
      { CLASS_NAME: 'UserLoginData', PROPERTY_NAME: 'id' },
    ],
    [
      'markup in a name',
      { newFirstName: '<i>x' },
      'UNSAFE_HTML_TAGS',
      { CLASS_NAME: 'UserLoginData', PROPERTY_NAME: 'firstName' },
    ],
    [
      'markup in a name',
      { newLastName: 'x</i>' },
      'UNSAFE_HTML_TAGS',
      { CLASS_NAME: 'UserLoginData', PROPERTY_NAME: 'lastName' },
    ],
    ['a web address as name', { newLastName: 'http://x' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'newLastName' }],
    ['a control character', { newFirstName: 'x\u0001' }, 'INVALID_PARAMETER_CHAR', { XML_FIELD: 'newFirstName' }],
    ['a short password', { newPassword: 'short' }, 'PASSWORD_STRUCTURE_INVALID', {}],
    ['a common password', { newPassword: 'p@ssw0rd' }, 'COMMON_PASSWORD', {}],
  ])('refuses %s, and costs no attempt', async (_, wish, code, args) => {
    const person = await aPerson()
    expect(await update(person, wish)).toMatchObject({ error: { code, args } })
    expect(await stored(person)).toMatchObject({ loginAttempts: 0, loginEmail: person.login.loginEmail, firstName: null })
  })

  it('A04 needs the code of whoever has one, whatever account asks for it; what is new is judged before a code is used up', async () => {
    const { seed, columns } = enrolled('coded@example.com')
    const person = await aPerson({}, {}, columns)
    const wish = { newPassword: chosen }
    expect(codeOf(await update(person, wish))).toBe('USER_DATA_ERROR')
    expect(codeOf(await update(person, { ...wish, otp: '000000' }))).toBe('USER_DATA_ERROR')
    expect(codeOf(await update(person, { newPassword: 'short', otp: codeAt(seed) }))).toBe('PASSWORD_STRUCTURE_INVALID')
    expect(codeOf(await update(person, { ...wish, otp: codeAt(seed) }))).toBe('OK')
  })

  it('A01 says when it is locked, and the lock is that of every other way', async () => {
    const person = await aPerson({ maxLoginAttempts: 2 })
    const here = { address: newAddress() }
    expect(codeOf(await update(person, { password: 'wrong' }, here))).toBe('USER_DATA_ERROR')
    expect(codeOf(await update(person, { password: 'wrong' }, here))).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(codeOf(await update(person, {}, here))).toBe('LOGIN_BLOCKED')
    expect(await gates['user.login'](person, here)).toBe('LOGIN_BLOCKED')
  })

  it('tells the field to the person himself, and to nobody else', async () => {
    const { seed, columns } = enrolled('oneself@example.com')
    const person = await aPerson({}, {}, columns)
    const otp = codeAt(seed)
    const ticket = await openBrowserSession(wire({ origin: 'page' }), columns.loginEmail, password, { otp })
    const own = await withBrowserSession(wire({ origin: 'page' }), ticket)
    if (!own) throw new Error('Not signed in')
    const fieldsOf = async (wish: Wish, ctx: Partial<Context>) => {
      const result = await update(person, wish, ctx)
      return result.ok ? null : [result.error.code, ...Object.keys(result.error.fields)]
    }
    expect(await fieldsOf({ password: 'wrong' }, own)).toEqual(['USER_DATA_ERROR', 'password'])
    expect(await fieldsOf({}, own)).toEqual(['USER_DATA_ERROR', 'otp'])
    expect(await fieldsOf({}, {})).toEqual(['USER_DATA_ERROR'])
  })

  it("an administrator's address keeps to the account's domains, and the owner's is the account's", async () => {
    const strict = await aPerson({ allowedAdminEmailDomains: ['acme.example'] }, { isAdmin: true })
    expect(codeOf(await update(strict, { newLoginId: newEmail() }))).toBe('EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS')
    const newLoginId = `owner-${++addresses}@acme.example`
    await updatePartner(strict.user.partnerId, { ownerKey: strict.user.key })
    expect(codeOf(await update(strict, { newLoginId, newFirstName: 'Ada' }))).toBe('OK')
    expect(await findPartnerRow(strict.user.partnerId)).toMatchObject({ adminEmail: newLoginId, adminName: 'Ada' })
    expect(await eventsTo(newLoginId)).toEqual(['email-changed'])
  })
})
