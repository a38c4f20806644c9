import { describe, expect, it } from 'vitest'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { sealSeed, takeOtp } from './otp'
import { codeAt, enrolled, makeLogin, makePartner, noon } from './testing'

freshDatabase()

const second = 1000

let people = 0
async function enrolledLogin() {
  const { seed, columns } = enrolled(`coder-${++people}@example.com`)
  const login = await makeLogin(await makePartner(), columns)
  return { login, seed }
}

/** The row as it is now, as every sign-in reads it. */
async function take(id: number, code: string, now = noon) {
  const login = await findLoginDataById(id)
  return login !== null && takeOtp(login, code, now)
}

describe('one-time codes', () => {
  it('A06 gives the codes of RFC 6238', async () => {
    const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    const loginEmail = 'rfc@example.com'
    const login = await makeLogin(await makePartner(), { loginEmail, otpSeed: sealSeed(seed, loginEmail), otpConfirmedAt: 1 })
    for (const [at, code] of [
      [59, '287082'],
      [1111111109, '081804'],
      [1234567890, '005924'],
      [20000000000, '353130'],
    ] as const) {
      expect(await take(login.id, code, at * second), String(at)).toBe(true)
    }
  })

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('A06 a code of %i steps away: %s', async (steps, isAccepted) => {
    const { login, seed } = await enrolledLogin()
    expect(await take(login.id, codeAt(seed, noon + steps * 30 * second))).toBe(isAccepted)
  })

  it('A05 R17 accepts a code once, and none of an earlier step after it', async () => {
    const { login, seed } = await enrolledLogin()
    expect(await take(login.id, codeAt(seed, noon))).toBe(true)
    expect(await take(login.id, codeAt(seed, noon))).toBe(false)
    expect(await take(login.id, codeAt(seed, noon - 30 * second))).toBe(false)
    expect(await take(login.id, codeAt(seed, noon + 30 * second))).toBe(true)
  })

  it('A05 accepts a code once when it comes fifty times at once', async () => {
    const { login, seed } = await enrolledLogin()
    const code = codeAt(seed, noon)
    const answers = await Promise.all(Array.from({ length: 50 }, () => takeOtp(login, code, noon)))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('A07 takes exactly six ASCII digits', async () => {
    const { login, seed } = await enrolledLogin()
    const code = codeAt(seed, noon)
    const arabic = [...code].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('')
    for (const other of [
      '',
      code.slice(1),
      `0${code}`,
      ` ${code}`,
      `${code}\n`,
      `${code.slice(0, 3)} ${code.slice(3)}`,
      arabic,
      `+${code.slice(1)}`,
      Number(code).toExponential(),
    ]) {
      expect(await take(login.id, other), JSON.stringify(other)).toBe(false)
    }
    expect(await take(login.id, code)).toBe(true)
  })

  it('refuses every code without a seed', async () => {
    const partnerId = await makePartner()
    const none = await makeLogin(partnerId)
    for (const code of [codeAt('', noon), '000000', codeAt('AAAAAAAAAAAAAAAA', noon)])
      expect(await take(none.id, code)).toBe(false)
  })

  it('F13 the first right code confirms a seed, a wrong one does not', async () => {
    const { seed, columns } = enrolled('unconfirmed@example.com')
    const { id } = await makeLogin(await makePartner(), { ...columns, otpConfirmedAt: null })
    const confirmedAt = async () => (await findLoginDataById(id))?.otpConfirmedAt
    expect(await take(id, '000000')).toBe(false)
    expect(await confirmedAt()).toBeNull()
    expect(await take(id, codeAt(seed, noon))).toBe(true)
    expect(await confirmedAt()).toBe(noon)
  })

  it('C02 keeps no seed in clear, and takes none of another login', async () => {
    const { login, seed } = await enrolledLogin()
    expect(login.otpSeed).not.toContain(seed)
    await expect(takeOtp({ ...login, loginEmail: 'another@example.com' }, '123456', noon)).rejects.toThrow()
  })
})
