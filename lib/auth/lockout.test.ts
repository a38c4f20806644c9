import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById } from '@/db/queries/login-data'
import { findLoginSource, updateLoginSource } from '@/db/queries/login-sources'
import { freshDatabase } from '@/db/testing'
import { contextOfAccount, mailsTo, outboxOf } from '@/lib/mail/testing'
import { knownFor, takeAttempt, tellOfLock, unlock } from './lockout'
import { lockSource, makeLogin, makePartner, makePerson, noon, wire } from './testing'

freshDatabase()

const minute = 60_000
const limits = { maxLoginAttempts: 3, loginBlockPeriod: 60 }
const guesser = '203.0.113.1'
const home = '198.51.100.1'

const aLogin = async () => (await makeLogin(await makePartner(), { password: null })).id
const take = (id: number, address = guesser, now = noon, of = limits) =>
  acrossPartners(() => takeAttempt(wire({ address, now }), id, of))
const isTaken = async (...of: Parameters<typeof take>) => (await take(...of)) !== null
const source = (id: number, address = guesser) => findLoginSource(id, address)

describe('attempts', () => {
  it('A01 counts to the limit, locks with the last, and counts anew when the lock is over', async () => {
    const id = await aLogin()
    expect(await take(id)).toMatchObject({ isLast: false })
    expect(await take(id)).toMatchObject({ isLast: false })
    expect(await take(id)).toMatchObject({ isLast: true })
    expect(await source(id)).toMatchObject({ attempts: 3, blockedUntil: noon + minute })
    expect(await take(id, guesser, noon + minute - 1)).toBeNull()
    expect(await take(id, guesser, noon + minute)).toMatchObject({ isLast: false })
    expect(await source(id)).toMatchObject({ attempts: 1, blockedUntil: null })
  })

  it('A02 lets no more than the limit pass when a hundred come at once', async () => {
    const id = await aLogin()
    const answers = await Promise.all(Array.from({ length: 100 }, () => take(id)))
    expect(answers.filter((answer) => answer !== null)).toHaveLength(3)
    expect(answers.filter((answer) => answer?.isLast)).toHaveLength(1)
    expect(await source(id)).toMatchObject({ attempts: 3, blockedUntil: noon + minute })
  })

  it('a limit of one locks at once, a lock of no time holds nobody', async () => {
    const id = await aLogin()
    const strict = { maxLoginAttempts: 1, loginBlockPeriod: 0 }
    expect(await take(id, guesser, noon, strict)).toMatchObject({ isLast: true })
    expect(await take(id, guesser, noon, strict)).toMatchObject({ isLast: true })
  })

  it('is cleared by a success, and given back where nothing was wrong', async () => {
    const id = await aLogin()
    await take(id)
    await (await take(id))?.giveBack()
    expect(await source(id)).toMatchObject({ attempts: 1, blockedUntil: null })
    await take(id)
    await (await take(id))?.clear()
    expect(await source(id)).toMatchObject({ attempts: 0, blockedUntil: null })
    expect((await findLoginDataById(id))?.loginAttempts).toBe(0)
  })

  it('A11 a guesser locks the own source and nobody else: the owner gets in from another one at once', async () => {
    const id = await aLogin()
    for (let round = 0; round < 3; round++) await take(id)
    expect(await take(id)).toBeNull()
    expect(await take(id, home)).toMatchObject({ isLast: false })
  })

  it('A11 the whole network of an IPv6 guesser is one source', async () => {
    const id = await aLogin()
    for (let round = 1; round <= 3; round++) await take(id, `2001:db8:1:1::${round}`)
    expect(await take(id, '2001:db8:1:1:ffff::1')).toBeNull()
    expect(await take(id, '2001:db8:1:2::1')).not.toBeNull()
  })

  it('A11 the success of the owner opens no lock of the guesser', async () => {
    const id = await aLogin()
    for (let round = 0; round < 3; round++) await take(id)
    await (await take(id, home))?.clear()
    expect(await take(id)).toBeNull()
  })

  it('A01 A11 guessers from very many sources are slowed together, to the pace of one; where the person is known nobody waits', async () => {
    const id = await aLogin()
    await take(id, home)
    await updateLoginSource(id, home, { signedInAt: noon - 1, attempts: 0 })
    let compared = 0
    for (let number = 1; number <= 60; number++) if (await isTaken(id, `203.0.113.${number}`)) compared++
    // Ten times the limit, less the one that was counted before.
    expect(compared).toBe(29)

    const pause = minute / 3
    expect(await isTaken(id, '203.0.113.99', noon + pause - 1)).toBe(false)
    expect(await isTaken(id, '203.0.113.99', noon + pause)).toBe(true)
    expect(await isTaken(id, '203.0.113.98', noon + pause)).toBe(false)
    expect(await isTaken(id, home, noon + pause)).toBe(true)
    // A stranger is only slowed: the stated delay later the next one is let in.
    expect(await isTaken(id, '192.0.2.200', noon + 2 * pause)).toBe(true)
  })

  it('A11 a person is not known for ever where he was long ago', async () => {
    const id = await aLogin()
    for (let number = 1; number <= 30; number++) await take(id, `203.0.113.${number}`)
    await take(id, home, noon + minute)
    await updateLoginSource(id, home, { signedInAt: noon - knownFor })
    expect(await isTaken(id, home, noon + minute + 1)).toBe(false)
  })

  it('A11 a completed reset opens everything', async () => {
    const id = await aLogin()
    for (let number = 0; number < 40; number++) await take(id, `203.0.113.${number % 10}`)
    expect(await take(id, '203.0.113.1')).toBeNull()
    await unlock(id)
    expect(await take(id, '203.0.113.1')).toMatchObject({ isLast: false })
    expect((await findLoginDataById(id))?.loginAttempts).toBe(1)
  })

  it('R17 a lock set by a clock that was a day ahead is over when the clock is right again', async () => {
    const id = await aLogin()
    const login = await findLoginDataById(id)
    if (!login) throw new Error('No login')
    await lockSource(login, guesser, noon + 24 * 60 * minute)
    expect(await take(id)).toMatchObject({ isLast: false })
  })
})

describe('the mail about a lock', () => {
  it.each([
    [null, 'en'],
    ['fr', 'en'],
    ['de', 'de'],
  ])('A11 is not in the language of whoever guesses: with %j in the profile it is %s', async (language, spoken) => {
    for (const ofGuesser of ['de', 'en'] as const) {
      const { user, login } = await makePerson(await makePartner(), { language })
      await acrossPartners(() => tellOfLock(wire({ address: guesser, language: ofGuesser }), login, limits))
      expect(await outboxOf(await contextOfAccount(user.partnerId))).toMatchObject([{ event: 'locked', language: spoken }])
    }
  })

  it('tells whether the account lets nobody have a new password by mail', async () => {
    for (const features of [['FEATURE_DISABLE_RESET_PASSWORD_EMAIL'], []]) {
      const { login } = await makePerson(await makePartner({ features }))
      await acrossPartners(() => tellOfLock(wire({ address: guesser }), login, limits))
      const [mail] = await mailsTo(login.loginEmail)
      expect('isResetOff' in (mail?.params ?? {})).toBe(features.length > 0)
    }
  })
})
