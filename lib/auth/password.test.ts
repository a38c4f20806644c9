import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { cpuTime } from '@/lib/cpu-testing'
import { readEnv } from '@/lib/env'
import { hashCount, hashPassword, isHashable, isOutdated, verifyPassword, withHashRoom } from './password'

describe('passwords', () => {
  it('C01 stores Argon2id of at least 19 MiB and two passes with a salt of 16 bytes, and knows weaker ones', async () => {
    const [first, second] = await Promise.all([hashPassword('one password'), hashPassword('one password')])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(first).not.toBe(second)
    expect(isOutdated(first)).toBe(false)
    const weaker = await hash('one password', { memoryCost: 8192, timeCost: 2, parallelism: 1 })
    expect(isOutdated(weaker)).toBe(true)
    expect(await verifyPassword(weaker, 'one password')).toBe(true)
  })

  it('C10 refuses a salted SHA-1 where the installation says so', async () => {
    const digest = createHash('sha1').update('pepperone password').digest('hex')
    expect(await verifyPassword(`sha1$pepper$${digest}`, 'one password')).toBe(true)
    expect(await verifyPassword(`sha1$pepper$${digest}`, 'one password ')).toBe(false)
    expect(isOutdated(`sha1$pepper$${digest}`)).toBe(true)
    const place = globalThis as { [key: symbol]: unknown }
    place[Symbol.for('usher.env')] = readEnv({ LEGACY_PASSWORDS: 'refuse' })
    expect(await verifyPassword(`sha1$pepper$${digest}`, 'one password')).toBe(false)
    delete place[Symbol.for('usher.env')]
  })

  it('A15 uses the whole password: the last of 100 characters and what follows a NUL count', async () => {
    const long = 'a'.repeat(99)
    expect(await verifyPassword(await hashPassword(`${long}x`), `${long}y`)).toBe(false)
    const withNul = await hashPassword('before\0after')
    expect(await verifyPassword(withNul, 'before\0other')).toBe(false)
    expect(await verifyPassword(withNul, 'before')).toBe(false)
    expect(await verifyPassword(withNul, 'before\0after')).toBe(true)
    expect(await verifyPassword(withNul, 'before\0after ')).toBe(false)
  })

  it('A15 takes composed and decomposed letters for the same, and no others', async () => {
    const stored = await hashPassword('caf\u00e9 au lait')
    expect(await verifyPassword(stored, 'cafe\u0301 au lait')).toBe(true)
    // A compatible form is another character.
    expect(await verifyPassword(await hashPassword('file'), '\ufb01le')).toBe(false)
  })

  it('A15 refuses more than 1,024 bytes and half characters', async () => {
    expect(isHashable('x'.repeat(1024))).toBe(true)
    expect(isHashable('x'.repeat(1025))).toBe(false)
    expect(isHashable('é'.repeat(513))).toBe(false)
    expect(isHashable('\ud800 half a character')).toBe(false)
    // Node writes U+FFFD for half a character: it must not fit for it.
    expect(await verifyPassword(await hashPassword('\ufffd half'), '\ud800 half')).toBe(false)
    expect(await verifyPassword(await hashPassword('x'.repeat(1024)), 'x'.repeat(1025))).toBe(false)
  })

  it('A10 does one hash for everybody: known, unknown, and with a password that cannot be one', async () => {
    const stored = await hashPassword('a password')
    const nobody = (given: string) => verifyPassword(null, given)
    for (const attempt of [
      () => verifyPassword(stored, 'a password'),
      () => verifyPassword(stored, 'wrong'),
      () => verifyPassword(stored, '\ud800'),
      () => verifyPassword(stored, 'x'.repeat(5000)),
      () => nobody('a password'),
      () => nobody(''),
    ]) {
      const before = hashCount.value
      await attempt()
      expect(hashCount.value - before).toBe(1)
    }
    expect(await nobody('')).toBe(false)
    expect(await verifyPassword(await hashPassword(''), '')).toBe(false)
  })

  it('A10 takes as long for the unknown as for the known', async () => {
    const stored = await hashPassword('a password')
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 15; round++) {
      times.known.push(await cpuTime(() => verifyPassword(stored, 'wrong')))
      times.unknown.push(await cpuTime(() => verifyPassword(null, 'wrong')))
    }
    // The fastest of each: the rest is what came in between.
    const ratio = Math.min(...times.unknown) / Math.min(...times.known)
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.33)
  })

  it('A16 refuses what is too much at once, in bounded memory, and goes on after it', async () => {
    const attempt = () => withHashRoom(() => verifyPassword(null, 'wrong'))
    const before = process.memoryUsage().rss
    const answers = await Promise.allSettled(Array.from({ length: 500 }, attempt))
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused.length).toBeGreaterThan(400)
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'ACTION_BLOCKED' })
    // Three at a time with 19 MiB each.
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * 2 ** 20)
    expect(await attempt()).toBe(false)
  })

  it('A16 room is given back by work that fails', async () => {
    for (let time = 0; time < 200; time++) await withHashRoom(() => Promise.reject(new Error('failed'))).catch(() => {})
    expect(await withHashRoom(() => verifyPassword(null, 'wrong'))).toBe(false)
  })

  it('R36 a hash that cannot be computed fails at once and alone, and its place goes to the next', async () => {
    const stored = await hashPassword('a password')
    const damaged = stored.slice(0, 40)
    const attempt = (hashed: string) => withHashRoom(() => verifyPassword(hashed, 'a password'))
    // Twice as many failures as there is room: each that kept its place would be missed.
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.allSettled(Array.from({ length: 7 }, () => attempt(damaged)))
      expect(answers.map(({ status }) => status)).toEqual(Array(7).fill('rejected'))
    }
    const beside = await Promise.allSettled([damaged, stored, damaged, stored, damaged, stored].map(attempt))
    expect(beside.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([
      'failed',
      true,
      'failed',
      true,
      'failed',
      true,
    ])
  })

  it('A16 the event loop goes on while passwords are hashed', async () => {
    const before = performance.eventLoopUtilization()
    await Promise.all(Array.from({ length: 30 }, () => hashPassword('a password')))
    // The part of the time in which it was at work itself.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})
