import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findLoginDataById } from '@/db/queries/login-data'
import { updatePartner } from '@/db/queries/partners'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { gates } from '@/lib/auth/gates-testing'
import { encodeKsV2 } from '@/lib/auth/ks'
import { withKs } from '@/lib/auth/session-context'
import {
  adminSecret,
  enrolled,
  lockSource,
  makePartner,
  makePerson,
  makeRole,
  makeUser,
  noon,
  password,
  wire,
} from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { loginDataResetPassword } from './login-data-reset-password'

freshDatabase()

const chosen = 'Quite-another-7'

async function admin(partnerId: number, userId = '') {
  const fields = { partnerId, expiry: noon / 1000 + 3600, type: 2, userId, privileges: '' }
  const ks = encodeKsV2(fields, adminSecret, wire().random(16))
  return (await withKs(wire(), ks, { action: 'user.loginDataResetPassword', uri: '/' })) as PartnerContext
}

const reset = async (partnerId: number, loginDataId: string, newPassword = chosen, userId = '') =>
  runAction(loginDataResetPassword, await admin(partnerId, userId), { loginDataId, newPassword })

describe('user.loginDataResetPassword', () => {
  it('sets the password of somebody who is no administrator, without the old one', async () => {
    const partnerId = await makePartner()
    const person = await makePerson(partnerId)
    const user = data(await reset(partnerId, person.login.loginEmail.toUpperCase()))
    expect(user).toMatchObject({ objectType: 'KalturaUser', id: person.user.id, loginEnabled: true, encryptedSeed: '' })
    expect(await gates['user.login'](person, {})).toBe('USER_WRONG_PASSWORD')
    expect(await gates['user.login'](person, { password: chosen })).toBe('OK')
  })

  it('ends locks and the link under way, and M12 tells the person once without the password', async () => {
    const partnerId = await makePartner()
    const person = await makePerson(partnerId, {}, { hashKeyHash: 'x', hashKeyExpiresAt: noon + 1000 })
    await lockSource(person.login, '192.0.2.9', noon + 1000)
    data(await reset(partnerId, person.login.loginEmail))
    expect(await findLoginDataById(person.login.id)).toMatchObject({ hashKeyHash: null, passwordUpdatedAt: noon })
    expect(await gates['user.login'](person, { password: chosen, address: '192.0.2.9' })).toBe('OK')
    const mails = await mailsTo(person.login.loginEmail)
    expect(mails.map(({ event }) => event)).toEqual(['password-changed'])
    expect(JSON.stringify(mails)).not.toContain(chosen)
  })

  it('answers the seed for the account that shows it itself, until it is confirmed', async () => {
    const partnerId = await makePartner()
    const { seed, columns } = enrolled('seed@example.com')
    await makePerson(partnerId, {}, { ...columns, otpConfirmedAt: null })
    const { encryptedSeed } = data(await reset(partnerId, columns.loginEmail))
    const cipher = createDecipheriv('aes-256-cbc', Buffer.from(adminSecret), Buffer.alloc(16)).setAutoPadding(false)
    const text = Buffer.concat([cipher.update(Buffer.from(encryptedSeed ?? '', 'base64')), cipher.final()]).toString()
    expect(text.replace(/\0+$/, '')).toBe(seed)

    const confirmed = enrolled('confirmed@example.com')
    await makePerson(partnerId, {}, confirmed.columns)
    expect(data(await reset(partnerId, confirmed.columns.loginEmail)).encryptedSeed).toBe('')
  })

  it.each([
    ['', 'PASSWORD_STRUCTURE_INVALID'],
    ['short', 'PASSWORD_STRUCTURE_INVALID'],
    ['p@ssw0rd', 'COMMON_PASSWORD'],
    [password, 'PASSWORD_ALREADY_USED'],
  ])('A14 A17 refuses the password %o', async (newPassword, code) => {
    const partnerId = await makePartner({ previousPasswordsKept: 3 })
    const person = await makePerson(partnerId)
    expect(codeOf(await reset(partnerId, person.login.loginEmail, newPassword))).toBe(code)
    expect(await mailsTo(person.login.loginEmail)).toEqual([])
  })

  it('refuses who is unknown, of another account, or an administrator', async () => {
    const [here, there] = [await makePartner(), await makePartner()]
    expect(codeOf(await reset(here, 'nobody@example.com'))).toBe('LOGIN_DATA_NOT_FOUND')
    expect(codeOf(await reset(here, 'no address'))).toBe('LOGIN_DATA_NOT_FOUND')
    expect(codeOf(await reset(here, '<b>x</b>'))).toBe('UNSAFE_HTML_TAGS')
    expect(codeOf(await reset(here, (await makePerson(there)).login.loginEmail))).toBe('USER_NOT_FOUND')
    const boss = await makePerson(here, { isAdmin: true })
    expect(codeOf(await reset(here, boss.login.loginEmail))).toBe('CANNOT_UPDATE_ADMIN_LOGIN_DATA')
  })

  it('Z08 refuses somebody with more rights than the caller', async () => {
    const partnerId = await makePartner()
    const [weak, strong] = [await makeRole(partnerId, ['ADMIN_USER_UPDATE']), await makeRole(partnerId, ['ADMIN_ROLE_ADD'])]
    await makeUser(partnerId, { id: 'helper', isAdmin: true, roleIds: String(weak) })
    const person = await makePerson(partnerId, { roleIds: String(strong) })
    expect(codeOf(await reset(partnerId, person.login.loginEmail, chosen, 'helper'))).toBe('SERVICE_FORBIDDEN')
  })

  it('Z10 refuses a login that another account depends on, unless that one trusts others with it', async () => {
    const [here, there] = [await makePartner(), await makePartner()]
    const person = await makePerson(here)
    await makeUser(there, { loginDataId: person.login.id })
    expect(codeOf(await reset(here, person.login.loginEmail))).toBe('SERVICE_FORBIDDEN')
    expect(await findLoginDataById(person.login.id)).toEqual(person.login)
    await updatePartner(there, { settings: { linkLoginsAcrossPartners: true } })
    expect(codeOf(await reset(here, person.login.loginEmail))).toBe('OK')
  })
})
