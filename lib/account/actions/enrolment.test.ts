import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { gates, newAddress, type Person } from '@/lib/auth/gates-testing'
import { giveHashKey } from '@/lib/auth/hash-key'
import { codeAt, enrolled, makePartner, makePerson, noon, password, wire } from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { confirmEnrolment } from './confirm-enrolment'
import { getSecondFactor } from './get-second-factor'
import { listSessions } from './list-sessions'
import { newBackupCodes } from './new-backup-codes'
import { removeSecondFactor } from './remove-second-factor'
import { startEnrolment } from './start-enrolment'

freshDatabase()

const step = 30_000
const hour = 60 * 60 * 1000
let people = 0

async function aPerson(secondFactor: 'all' | 'none' = 'none', login = {}) {
  const person = await makePerson(
    await makePartner({ secondFactor }),
    {},
    { loginEmail: `enrol-${++people}@example.com`, ...login },
  )
  return person
}

async function linked(secondFactor: 'all' | 'none' = 'all') {
  const person = await aPerson(secondFactor)
  return { person, hashKey: await newLink(person) }
}

async function newLink({ login: { id } }: Person) {
  const login = await findLoginDataById(id)
  if (!login) throw new Error('No login')
  return (await acrossPartners(() => giveHashKey(wire(), login, 'enrolment'))).key
}

/** The person in a browser, signed in at `now`; whoever has a seed by a code of some steps before, which leaves the next ones unused. */
async function signedIn({ login }: Person, { now = noon, seed = '' } = {}): Promise<Context> {
  const ctx = wire({ origin: 'page', address: newAddress(), now })
  const before = { ...ctx, now: now - 5 * step }
  const otp = seed ? codeAt(seed, before.now) : undefined
  const session = await withBrowserSession(ctx, await openBrowserSession(before, login.loginEmail, password, { otp }))
  if (!session) throw new Error('Not signed in')
  return session
}

const startByLink = (hashKey: string) => runAction(startEnrolment, wire(), { hashKey })
const confirmByLink = (hashKey: string, otp: string) => runAction(confirmEnrolment, wire(), { hashKey, otp })
const eventsTo = async (email: string) => (await mailsTo(email)).map(({ event }) => event)
const enter = gates['user.loginByLoginId']

describe('enrolling by a link', () => {
  it('F13 A21 shows a seed, which counts for nothing until a code of it is given; then answers ten backup codes', async () => {
    const { person, hashKey } = await linked()
    const { setupKey, otpauth } = data(await startByLink(hashKey))
    expect(setupKey).toMatch(/^[A-Z2-7]{32}$/)
    expect(otpauth).toBe(`otpauth://totp/${person.user.id}_localhost_KMC?secret=${setupKey}&issuer=Acme`)
    expect(await enter(person, { otp: codeAt(setupKey) })).toBe('INVALID_OTP')
    expect(codeOf(await confirmByLink(hashKey, '000000'))).toBe('INVALID_OTP')

    const { codes } = data(await confirmByLink(hashKey, codeAt(setupKey)))
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-km-np-z2-9]{5}-[a-km-np-z2-9]{5}$/)
    expect(await eventsTo(person.login.loginEmail)).toEqual(['second-factor-enrolled'])
    // The code that confirmed is used up (A05).
    expect(await enter(person, { otp: codeAt(setupKey) })).toBe('INVALID_OTP')
    expect(await enter(person, { otp: codeAt(setupKey, noon + step), at: noon + step })).toBe('OK')
  })

  it('shows the same seed again when the page is loaded again, and C02 keeps it sealed', async () => {
    const { person, hashKey } = await linked()
    const first = data(await startByLink(hashKey))
    expect(data(await startByLink(hashKey))).toEqual(first)
    expect(JSON.stringify(await findLoginDataById(person.login.id))).not.toContain(first.setupKey)
  })

  it('M06 the link is used up by the confirmation, and a newer link ends it with its seed', async () => {
    const { person, hashKey } = await linked()
    const { setupKey: older } = data(await startByLink(hashKey))
    const newer = await newLink(person)
    expect(codeOf(await confirmByLink(hashKey, codeAt(older)))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await confirmByLink(newer, codeAt(older)))).toBe('INVALID_OTP')
    const { setupKey } = data(await startByLink(newer))
    expect(setupKey).not.toBe(older)
    expect(codeOf(await confirmByLink(newer, codeAt(setupKey)))).toBe('OK')
    expect(codeOf(await startByLink(newer))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('F13 never replaces a factor that is confirmed', async () => {
    const { columns } = enrolled(`kept-${++people}@example.com`)
    const person = await aPerson('all', columns)
    expect(codeOf(await startByLink(await newLink(person)))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('F13 a sign-in with the first code of the former seed ends what a link had begun', async () => {
    const { seed, columns } = enrolled(`first-${++people}@example.com`)
    const person = await aPerson('all', { ...columns, otpConfirmedAt: null })
    const hashKey = await newLink(person)
    const { setupKey } = data(await startByLink(hashKey))
    expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
    expect(codeOf(await confirmByLink(hashKey, codeAt(setupKey)))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('F13 of ten confirmations at once one succeeds', async () => {
    const { person, hashKey } = await linked()
    const { setupKey } = data(await startByLink(hashKey))
    const codes = (await Promise.all(Array.from({ length: 10 }, () => confirmByLink(hashKey, codeAt(setupKey))))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(await eventsTo(person.login.loginEmail)).toEqual(['second-factor-enrolled'])
  })
})

describe('enrolling signed in', () => {
  it('F12 needs the password', async () => {
    const ctx = await signedIn(await aPerson())
    expect(await runAction(startEnrolment, ctx, {})).toMatchObject({
      error: { code: 'USER_WRONG_PASSWORD', fields: { password: expect.any(String) } },
    })
    expect(codeOf(await runAction(startEnrolment, ctx, { password: 'wrong' }))).toBe('USER_WRONG_PASSWORD')
    expect(codeOf(await runAction(startEnrolment, ctx, { password }))).toBe('OK')
    expect(codeOf(await runAction(startEnrolment, wire(), { password }))).toBe('MISSING_KS')
  })

  it('F13 replaces an active factor only with a code of it, and only when the new one is confirmed', async () => {
    const { seed, columns } = enrolled(`active-${++people}@example.com`)
    const person = await aPerson('none', columns)
    const ctx = await signedIn(person, { seed })
    expect(await runAction(startEnrolment, ctx, { password })).toMatchObject({
      error: { code: 'MISSING_OTP', fields: { otp: expect.any(String) } },
    })
    expect(codeOf(await runAction(startEnrolment, ctx, { password, otp: '000000' }))).toBe('INVALID_OTP')
    const { setupKey } = data(await runAction(startEnrolment, ctx, { password, otp: codeAt(seed) }))
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpSeed: columns.otpSeed })
    data(await runAction(confirmEnrolment, ctx, { otp: codeAt(setupKey) }))
    const at = noon + 2 * step
    const other = { ...ctx, now: at }
    expect(codeOf(await runAction(newBackupCodes, other, { password, otp: codeAt(seed, at) }))).toBe('INVALID_OTP')
    expect(codeOf(await runAction(newBackupCodes, other, { password, otp: codeAt(setupKey, at) }))).toBe('OK')
  })

  it('F13 of two enrolments only the newer can be confirmed, and a link cannot go on with it', async () => {
    const person = await aPerson('none')
    const ctx = await signedIn(person)
    const { setupKey: older } = data(await runAction(startEnrolment, ctx, { password }))
    const { setupKey: newer } = data(await runAction(startEnrolment, ctx, { password }))
    expect(codeOf(await runAction(confirmEnrolment, ctx, { otp: codeAt(older) }))).toBe('INVALID_OTP')
    expect(codeOf(await confirmByLink(await newLink(person), codeAt(newer)))).toBe('INVALID_OTP')
    expect(codeOf(await runAction(confirmEnrolment, ctx, { otp: codeAt(newer) }))).toBe('OK')
  })

  it('is over after an hour', async () => {
    const ctx = await signedIn(await aPerson())
    const { setupKey } = data(await runAction(startEnrolment, ctx, { password }))
    const at = noon + hour + 1
    expect(codeOf(await runAction(confirmEnrolment, { ...ctx, now: at }, { otp: codeAt(setupKey, at) }))).toBe('INVALID_OTP')
  })

  it('S06 S07 ends the sessions that were opened without it', async () => {
    const person = await aPerson()
    const ticket = await openBrowserSession(wire({ now: noon - 1000, origin: 'page' }), person.login.loginEmail, password)
    const ctx = await signedIn(person)
    const { setupKey } = data(await runAction(startEnrolment, ctx, { password }))
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).not.toBeNull()
    data(await runAction(confirmEnrolment, ctx, { otp: codeAt(setupKey) }))
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
  })

  it('A01 guesses of a signed-in browser count like all others', async () => {
    const partnerId = await makePartner({ maxLoginAttempts: 2 })
    const ctx = await signedIn(await makePerson(partnerId))
    const start = async (given: string) => codeOf(await runAction(startEnrolment, ctx, { password: given }))
    expect([await start('wrong'), await start('wrong'), await start(password)]).toEqual([
      'USER_WRONG_PASSWORD',
      'LOGIN_RETRIES_EXCEEDED',
      'LOGIN_BLOCKED',
    ])
  })
})

describe('backup codes', () => {
  /** Somebody with backup codes whose account asks for a code. */
  async function withCodes() {
    const { person, hashKey } = await linked()
    const { setupKey } = data(await startByLink(hashKey))
    const { codes } = data(await confirmByLink(hashKey, codeAt(setupKey)))
    return { person, setupKey, codes }
  }

  it('A21 each opens every way that takes a code, once, in any spelling', async () => {
    const { person, codes } = await withCodes()
    const [first = '', second = '', third = '', fourth = ''] = codes
    expect(await enter(person, { otp: first })).toBe('OK')
    expect(await enter(person, { otp: first })).toBe('INVALID_OTP')
    expect(await gates['browser.signIn'](person, { otp: second.toUpperCase().replace('-', ' ') })).toBe('OK')
    expect(await gates['user.updateLoginData'](person, { otp: third.replace('-', '') })).toBe('OK')
    expect(await gates['account.replaceExpiredPassword'](person, { otp: fourth })).toBe('OK')
  })

  it('A21 of ten sign-ins with the same backup code at once one succeeds', async () => {
    const { person, codes } = await withCodes()
    const answers = await Promise.all(Array.from({ length: 10 }, () => enter(person, { otp: codes[0] })))
    expect(answers.filter((code) => code === 'OK')).toHaveLength(1)
  })

  it('A08 a wrong password uses none up, and those of another person open nothing', async () => {
    const [mine, theirs] = [await withCodes(), await withCodes()]
    expect(await enter(mine.person, { password: 'wrong', otp: mine.codes[0] })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(mine.person, { otp: theirs.codes[0] })).toBe('INVALID_OTP')
    expect(await enter(mine.person, { otp: mine.codes[0] })).toBe('OK')
  })

  it('new ones end the former, and need password and code', async () => {
    const { seed, columns } = enrolled(`codes-${++people}@example.com`)
    const person = await aPerson('none', columns)
    const ctx = await signedIn(person, { seed })
    const ask = (otp?: string, now = noon) => runAction(newBackupCodes, { ...ctx, now }, { password, otp })
    expect(codeOf(await ask())).toBe('MISSING_OTP')
    expect(await eventsTo(columns.loginEmail)).not.toContain('backup-codes-renewed')
    const first = data(await ask(codeAt(seed)))
    expect(await eventsTo(columns.loginEmail)).toContain('backup-codes-renewed')
    const second = data(await ask(first.codes[0]))
    expect(codeOf(await ask(first.codes[1]))).toBe('INVALID_OTP')
    expect(codeOf(await ask(second.codes[1]))).toBe('OK')
    expect(codeOf(await runAction(newBackupCodes, wire(), { password, otp: second.codes[2] }))).toBe('MISSING_KS')
  })

  it('nobody without a factor gets any', async () => {
    const ctx = await signedIn(await aPerson())
    expect(codeOf(await runAction(newBackupCodes, ctx, { password, otp: codeAt('') }))).toBe('INVALID_OTP')
  })
})

describe('account.removeSecondFactor', () => {
  it('takes it away by password and code, tells the person, and S07 ends the other sessions', async () => {
    const { seed, columns } = enrolled(`gone-${++people}@example.com`)
    const person = await aPerson('none', columns)
    const before = noon - 9 * step
    const otp = codeAt(seed, before)
    const ticket = await openBrowserSession(wire({ now: before, origin: 'page' }), columns.loginEmail, password, { otp })
    const ctx = await signedIn(person, { seed })
    expect(data(await runAction(getSecondFactor, ctx, {}))).toMatchObject({
      isEnrolled: true,
      enrolledAt: noon / 1000,
      isRequired: false,
    })
    expect(codeOf(await runAction(removeSecondFactor, ctx, { password }))).toBe('MISSING_OTP')
    expect(codeOf(await runAction(removeSecondFactor, ctx, { password: 'wrong', otp: codeAt(seed) }))).toBe('USER_WRONG_PASSWORD')
    expect(await eventsTo(columns.loginEmail)).not.toContain('second-factor-removed')
    expect(codeOf(await runAction(removeSecondFactor, ctx, { password, otp: codeAt(seed) }))).toBe('OK')
    expect(await eventsTo(columns.loginEmail)).toContain('second-factor-removed')
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
    expect(data(await runAction(listSessions, ctx, {})).objects).toHaveLength(1)
    expect(data(await runAction(getSecondFactor, ctx, {}))).toMatchObject({ isEnrolled: false, backupCodesLeft: 0 })
  })

  it('is refused where an account asks for it', async () => {
    const { seed, columns } = enrolled(`needed-${++people}@example.com`)
    const person = await aPerson('all', columns)
    const ctx = wire({ origin: 'page' })
    const own = await withBrowserSession(
      ctx,
      await openBrowserSession(ctx, person.login.loginEmail, password, { otp: codeAt(seed) }),
    )
    const at = noon + step
    const result = await runAction(removeSecondFactor, { ...(own ?? ctx), now: at }, { password, otp: codeAt(seed, at) })
    expect(codeOf(result)).toBe('ACTION_FORBIDDEN')
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpConfirmedAt: noon })
  })
})
