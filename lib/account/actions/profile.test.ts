import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { findUserByKey } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { recordChange } from '@/lib/audit/record-change'
import type { Person } from '@/lib/auth/gates-testing'
import { codeAt, enrolled, makePartner, makePerson, noon, password, wire } from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { inBrowser, isOpen } from '../testing'
import { changePassword } from './change-password'
import { getMyData } from './get-my-data'
import { updateProfile } from './update-profile'

freshDatabase()

const newPassword = 'Quite-another-7'

const aPerson = async (login = {}) => makePerson(await makePartner(), { firstName: 'Ida' }, login)
const stored = ({ user }: Person) => acrossPartners(() => findUserByKey(user.partnerId, user.key))

describe('account.updateProfile', () => {
  it('changes names and language, and writes it down', async () => {
    const person = await aPerson()
    const { ctx } = await inBrowser(person)
    const before = await stored(person)
    const wish = { firstName: 'Grace', lastName: 'Hopper', mailLanguage: 'de', version: before?.version }
    expect(data(await runAction(updateProfile, ctx, wish))).toMatchObject({
      firstName: 'Grace',
      lastName: 'Hopper',
      mailLanguage: 'de',
    })
    const { partnerId, key } = person.user
    const filter = { targetType: 'user', targetKey: key, actions: ['account.updateProfile'] }
    expect(await acrossPartners(() => listAuditEntries(partnerId, filter, 5))).toMatchObject([
      { changes: { firstName: { before: 'Ida', after: 'Grace' } }, actorId: person.user.id },
    ])
  })

  it.each([
    [{ firstName: '<b>Ida</b>' }, 'UNSAFE_HTML_TAGS'],
    [{ lastName: 'see https://evil.example' }, 'INVALID_FIELD_VALUE'],
    [{ firstName: 'x'.repeat(256) }, 'PROPERTY_VALIDATION_MAX_LENGTH'],
    [{ firstName: 'Grace', version: 99 }, 'VERSION_CONFLICT'],
  ])('refuses %o as user.update does', async (wish, code) => {
    const person = await aPerson()
    expect(codeOf(await runAction(updateProfile, (await inBrowser(person)).ctx, wish))).toBe(code)
    expect(await stored(person)).toMatchObject({ firstName: 'Ida' })
  })

  it('Z06 gives nobody rights: what else is sent is no part of it', async () => {
    const person = await aPerson()
    const { ctx } = await inBrowser(person)
    await runAction(updateProfile, ctx, { firstName: 'Grace', isAdmin: true, roleIds: '2' } as { firstName: string })
    expect(await stored(person)).toMatchObject({ isAdmin: false, roleIds: '' })
  })
})

describe('account.changePassword', () => {
  it('S07 ends every other session, keeps this browser, and tells the person', async () => {
    const person = await aPerson()
    const [here, elsewhere] = [await inBrowser(person), await inBrowser(person)]
    expect(codeOf(await runAction(changePassword, here.ctx, { password, newPassword }))).toBe('OK')
    expect([await isOpen(elsewhere), await isOpen(here)]).toEqual([false, true])
    expect((await mailsTo(person.login.loginEmail)).map(({ event }) => event)).toContain('password-changed')
  })

  it.each([
    [{ password: 'wrong', newPassword }, 'USER_WRONG_PASSWORD', 'password'],
    [{ password, newPassword: password }, 'PASSWORD_ALREADY_USED', 'newPassword'],
    [{ password, newPassword: 'short' }, 'PASSWORD_STRUCTURE_INVALID', 'newPassword'],
    [{ password, newPassword: 'p@ssw0rd' }, 'COMMON_PASSWORD', 'newPassword'],
  ])('A14 refuses %o at its field, and ends nothing', async (wish, code, field) => {
    const person = await aPerson()
    const here = await inBrowser(person)
    expect(await runAction(changePassword, here.ctx, wish)).toMatchObject({
      error: { code, fields: { [field]: expect.any(String) } },
    })
    expect(await isOpen(here)).toBe(true)
    expect(await findLoginDataById(person.login.id)).toMatchObject({ passwordHash: person.login.passwordHash })
  })

  it('A04 needs the code of whoever has one', async () => {
    const { seed, columns } = enrolled('own-password@example.com')
    const { ctx } = await inBrowser(await aPerson(columns), { otp: codeAt(seed) })
    const later = { ...ctx, now: noon + 30_000 }
    expect(codeOf(await runAction(changePassword, later, { password, newPassword }))).toBe('MISSING_OTP')
    expect(codeOf(await runAction(changePassword, later, { password, newPassword, otp: '000000' }))).toBe('INVALID_OTP')
    const otp = codeAt(seed, later.now)
    expect(codeOf(await runAction(changePassword, later, { password, newPassword, otp }))).toBe('OK')
  })
})

describe('account.getMyData', () => {
  it('O02 tells what is kept, in every account, and no secret', async () => {
    const { columns, seed } = enrolled('own-data@example.com')
    const person = await aPerson(columns)
    const { ctx } = await inBrowser(person, { otp: codeAt(seed) })
    const mine = data(await runAction(getMyData, ctx, {}))
    expect(mine).toMatchObject({
      login: { email: columns.loginEmail, signedInFrom: [{ address: ctx.address }] },
      accounts: [
        {
          account: { name: 'Acme' },
          user: { id: person.user.id, firstName: 'Ida' },
          sessions: [{ address: ctx.address }],
          changesOfMe: [{ action: 'browser.signIn', result: 'OK', device: '' }],
        },
      ],
    })
    const told = JSON.stringify(mine)
    const row = await findLoginDataById(person.login.id)
    for (const secret of [seed, row?.otpSeed, row?.passwordHash]) expect(told).not.toContain(secret)
    expect(told).not.toMatch(/"[^"]*(seed|hash|secret)[^"]*":/i)
  })
  it.each([
    ['193.0.6.139', 'NL'],
    ['2001:4860:4860::8888', 'US'],
    ['::1', 'local'],
    ['', null],
  ])('O02 tells where %j is, wherever it stands', async (address, place) => {
    const { ctx } = await inBrowser(await aPerson(), { address })
    data(await runAction(updateProfile, ctx, { firstName: 'Grace' }))
    expect(data(await runAction(getMyData, ctx, {}))).toMatchObject({
      login: { signedInFrom: [{ place }] },
      accounts: [{ sessions: [{ place }], changesOfMe: [{ place }, { place }], doneByMe: [{ place }] }],
    })
  })
  it('O02 tells that others changed something, not from where nor who', async () => {
    const person = await aPerson()
    const { ctx } = await inBrowser(person)
    const { partnerId, id, key } = person.user
    const admin = wire({ address: '203.0.113.99', actor: { ...ctx.actor, userId: 'boss' } as Context['actor'] })
    await acrossPartners(() => recordChange(admin, { action: 'user.update', partnerId, target: { type: 'user', id, key } }))
    const mine = data(await runAction(getMyData, ctx, {}))
    expect(mine.accounts[0]).toMatchObject({
      changesOfMe: [
        { action: 'user.update', byMe: false },
        { byMe: true, address: ctx.address, device: expect.any(String) },
      ],
    })
    expect(JSON.stringify(mine)).not.toMatch(/203\.0\.113\.99|boss/)
  })
})
