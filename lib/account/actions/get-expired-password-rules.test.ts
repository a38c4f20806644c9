import { describe, expect, it } from 'vitest'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { attemptsAt, gates, newAddress, type Person } from '@/lib/auth/gates-testing'
import { hashCount } from '@/lib/auth/password'
import { enrolled, makePartner, makePerson, noon, password, wire } from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { getExpiredPasswordRules } from './get-expired-password-rules'

freshDatabase()

const later = noon + 86_400_001

type Wish = { password?: string; loginId?: string; now?: number; address?: string }
const ask = ({ login }: Person, { now = later, address = newAddress(), ...wish }: Wish = {}) =>
  runAction(getExpiredPasswordRules, wire({ now, address }), { loginId: login.loginEmail, password, ...wish })

const aPerson = async (settings = {}, login = {}) =>
  makePerson(await makePartner({ passwordReplaceFrequency: 86_400, ...settings }), {}, login)

describe('account.expiredPasswordRules', () => {
  it('A17 tells the rules of the account to whoever has the password that is too old', async () => {
    const passwordRules = [{ pattern: '^.{20}', message: 'Twenty characters' }]
    const person = await aPerson({ passwordPreset: 'own', passwordRules })
    expect(data(await ask(person))).toEqual({
      objectType: 'UsherPasswordRules',
      passwordPreset: 'own',
      passwordRules: [expect.objectContaining(passwordRules[0] ?? {})],
      secondFactor: 'none',
    })
  })

  it('A01 costs no attempt, and clears none that others have made', async () => {
    const { columns } = enrolled('expired-rules@example.com')
    for (const person of [
      await aPerson({ maxLoginAttempts: 3 }),
      await aPerson({ maxLoginAttempts: 3, secondFactor: 'all' }, columns),
      // The first right code of a seed that nobody has confirmed lets in too.
      await aPerson(
        { maxLoginAttempts: 3, secondFactor: 'all' },
        { ...columns, loginEmail: 'unconfirmed@example.com', otpConfirmedAt: null },
      ),
    ]) {
      const address = newAddress()
      for (let round = 0; round < 2; round++) await gates['user.login'](person, { at: later, address, password: 'wrong' })
      for (let round = 0; round < 4; round++) expect(codeOf(await ask(person, { address }))).toBe('OK')
      expect(await attemptsAt(person, address)).toBe(2)
    }
  })

  it('A09 answers alike, and does the same hash, for the unknown, the wrong, the locked and the password that is good still', async () => {
    const person = await aPerson({ maxLoginAttempts: 2 })
    const good = await aPerson()
    const toEnrol = await aPerson({ secondFactor: 'all' })
    const address = newAddress()
    const tries: Parameters<typeof ask>[] = [
      [person, { password: 'wrong', address }],
      [person, { password: 'wrong', address }],
      [person, { address }],
      [person, { loginId: 'nobody@example.com' }],
      [person, { loginId: 'no address' }],
      [good, { now: noon }],
      [toEnrol, { now: noon }],
      [await makePerson(await makePartner()), {}],
    ]
    for (const given of tries) {
      const hashes = hashCount.value
      const answer = await ask(...given)
      expect(answer).toMatchObject({ error: { code: 'USER_WRONG_PASSWORD', fields: {}, args: {} } })
      expect(answer).not.toHaveProperty('error.reason', 'NOT_ENROLLED')
      expect(hashCount.value - hashes).toBe(1)
    }
  })

  it('A01 whoever guesses here locks himself out as anywhere, by a right password that is good still too', async () => {
    const person = await aPerson({ maxLoginAttempts: 3 })
    const address = newAddress()
    await ask(person, { now: noon, address, password: 'wrong' })
    await ask(person, { now: noon, address })
    expect(await attemptsAt(person, address)).toBe(2)
    await ask(person, { now: noon, address })
    expect(await gates['user.login'](person, { at: noon, address })).toBe('LOGIN_BLOCKED')
    expect((await mailsTo(person.login.loginEmail)).map(({ event }) => event)).toEqual(['locked'])
  })

  it('changes nothing of the login', async () => {
    const person = await aPerson()
    const before = await findLoginDataById(person.login.id)
    await ask(person)
    expect(await findLoginDataById(person.login.id)).toEqual(before)
    expect(await gates['user.login'](person, { at: later })).toBe('PASSWORD_EXPIRED')
  })
})
