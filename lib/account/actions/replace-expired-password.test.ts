import { describe, expect, it } from 'vitest'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { gates, newAddress, type Person } from '@/lib/auth/gates-testing'
import { codeAt, enrolled, makePartner, makePerson, noon, password, wire } from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import { codeOf } from '@/lib/testing'
import { replaceExpiredPassword } from './replace-expired-password'

freshDatabase()

const newPassword = 'Quite-another-7'
const later = noon + 86_400_001

type Wish = { password?: string; newPassword?: string; otp?: string; loginId?: string }
const replace = ({ login }: Person, wish: Wish = {}, address = newAddress()) =>
  runAction(replaceExpiredPassword, wire({ now: later, address }), { loginId: login.loginEmail, password, newPassword, ...wish })

const aPerson = async (settings = {}, login = {}) =>
  makePerson(await makePartner({ passwordReplaceFrequency: 86_400, ...settings }), {}, login)

describe('account.replaceExpiredPassword', () => {
  it('A17 replaces a password that is too old, tells of it, and signs nobody in', async () => {
    const person = await aPerson()
    expect(await gates['user.login'](person, { at: later })).toBe('PASSWORD_EXPIRED')
    expect(await replace(person)).toMatchObject({ ok: true, data: null })
    expect(await gates['user.login'](person, { at: later, password: newPassword })).toBe('OK')
    expect((await mailsTo(person.login.loginEmail)).map(({ event }) => event)).toEqual(['password-changed'])
  })

  it('A09 answers alike for the unknown, the wrong and the locked', async () => {
    const person = await aPerson({ maxLoginAttempts: 2 })
    const here = newAddress()
    const answers = [
      await replace(person, { password: 'wrong' }, here),
      await replace(person, { password: 'wrong' }, here),
      await replace(person, {}, here),
      await replace(person, { loginId: 'nobody@example.com' }),
      await replace(person, { loginId: 'no address' }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ error: { code: 'USER_WRONG_PASSWORD', fields: {}, args: {} } })
  })

  it.each([
    [password, 'PASSWORD_ALREADY_USED'],
    ['', 'PASSWORD_STRUCTURE_INVALID'],
    ['short', 'PASSWORD_STRUCTURE_INVALID'],
    ['p@ssw0rd', 'COMMON_PASSWORD'],
  ])('A14 refuses %o, which costs no attempt', async (given, code) => {
    const person = await aPerson()
    expect(await replace(person, { newPassword: given })).toMatchObject({
      error: { code, fields: { newPassword: expect.any(String) } },
    })
    expect(await findLoginDataById(person.login.id)).toMatchObject({ loginAttempts: 0, passwordHash: person.login.passwordHash })
  })

  it('A04 needs the code of whoever has one', async () => {
    const { seed, columns } = enrolled('expired@example.com')
    const person = await aPerson({}, columns)
    expect(codeOf(await replace(person))).toBe('MISSING_OTP')
    expect(codeOf(await replace(person, { otp: '000000' }))).toBe('INVALID_OTP')
    expect(codeOf(await replace(person, { otp: codeAt(seed, later) }))).toBe('OK')
  })

  it('says that somebody who has to enrol first cannot give a code', async () => {
    const result = await replace(await aPerson({ secondFactor: 'all' }))
    expect(result).toMatchObject({ error: { code: 'MISSING_OTP', reason: 'NOT_ENROLLED' } })
  })
})
