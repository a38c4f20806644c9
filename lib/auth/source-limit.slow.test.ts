import { describe, expect, it } from 'vitest'
import { heldMemory } from '@/lib/memory-testing'
import { countFailureOfSource, refuseFloodingSource } from './source-limit'

const now = Date.UTC(2026, 0, 5, 12)
const minute = 60_000

const isRefused = (address: string, at = now, limit = 3) => {
  try {
    refuseFloodingSource(address, limit, at)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'ACTION_BLOCKED' })
    return true
  }
}

const fail = (address: string, times: number, at = now) => {
  for (let time = 0; time < times; time++) countFailureOfSource(address, at)
}

describe('failures by source', () => {
  it('A12 refuses an address from its limit on, and lets it in again after ten minutes', () => {
    fail('192.0.2.10', 2)
    expect(isRefused('192.0.2.10')).toBe(false)
    fail('192.0.2.10', 1)
    expect(isRefused('192.0.2.10')).toBe(true)
    expect(isRefused('192.0.2.10', now + 9 * minute)).toBe(true)
    expect(isRefused('192.0.2.10', now + 10 * minute)).toBe(false)
  })

  it('A11 leaves every other address alone', () => {
    fail('192.0.2.20', 5)
    expect(isRefused('192.0.2.21')).toBe(false)
  })

  it('callers without an address do not shut each other out', () => {
    fail('', 10)
    expect(isRefused('')).toBe(false)
  })

  it.each([
    ['2001:db8:aa:bb::1', '2001:db8:aa:bb:ffff:1:2:3', true],
    ['2001:DB8:AA:CC::1', '2001:db8:aa:cc::2', true],
    ['2001:db8::1', '2001:db8::2', true],
    ['2001:db8::1:1', '2001:db8:0:0:abcd:1:2:3', true],
    ['2001:db8:1:0:a::1', '2001:db8:1::7', true],
    ['2001:db8:1:1::1', '2001:db8:1:2::1', false],
    ['2001:db8:2::1', '2001:db8:2:0:0:0:0:2', true],
  ])('A12 %s and %s are one source: %s', (first, second, isSame) => {
    fail(first, 3)
    expect(isRefused(second)).toBe(isSame)
  })

  it('S13 an address with an interface, as the system reports link-local ones, is no fault', () => {
    fail('fe80::1%eth0', 3)
    expect(isRefused('fe80::1%eth0')).toBe(true)
  })

  it('A12 remembers a bounded number of a million addresses, in less than 20 MiB', () => {
    const before = heldMemory()
    for (let number = 0; number < 1_000_000; number++)
      countFailureOfSource(`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`, now)
    expect(heldMemory() - before).toBeLessThan(20 * 2 ** 20)
    const kept = (globalThis as { [key: symbol]: { size: number } | undefined })[Symbol.for('usher.source-limit')]
    expect(kept?.size).toBeLessThanOrEqual(50_000)
  })
})
