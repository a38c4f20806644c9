import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { heldMemory } from '@/lib/memory-testing'
import { codeOf, contextOf, newAccount, testAction } from '@/lib/testing'
import { takeCall } from './call-limit'
import { type Context, newContext } from './context'
import { runAction } from './run-action'

process.env.CALLS_PER_ACCOUNT = '5'
process.env.CALLS_PER_ADDRESS = '20'
freshDatabase()

const nothing = testAction({ input: z.object({}), output: z.null(), handle: async () => null })
const noon = Date.UTC(2026, 0, 5, 12)
let addresses = 0
const newAddress = () => `198.51.${++addresses >> 8}.${addresses & 255}`

/** How many of so many calls are done. */
async function done(ctx: Context, count: number, of: Partial<Context> = {}) {
  const codes = []
  for (let number = 0; number < count; number++) codes.push(codeOf(await runAction(nothing, { ...ctx, now: noon, ...of }, {})))
  expect(codes.filter((code) => code !== 'OK' && code !== 'ACTION_BLOCKED')).toEqual([])
  return codes.filter((code) => code === 'OK').length
}

describe('Z15 calls of one account', () => {
  let loud: Context
  let quiet: Context
  beforeEach(async () => {
    loud = { ...(await contextOf(await newAccount())), address: newAddress() }
    quiet = { ...(await contextOf(await newAccount())), address: newAddress() }
  })

  it('are so many a second, ten seconds of them at once, and take nothing from another', async () => {
    expect(await done(loud, 80)).toBe(50)
    expect(await done(quiet, 40)).toBe(40)
    expect(await done(loud, 20, { now: noon + 2_000 })).toBe(10)
    expect(await done(loud, 80, { now: noon + 3_600_000 })).toBe(50)
  })

  it('are counted over all its addresses and people', async () => {
    for (let number = 0; number < 50; number++) expect(await done(loud, 1, { address: newAddress() })).toBe(1)
    expect(await done(loud, 1, { address: newAddress() })).toBe(0)
  })

  it('are not used up by whoever names it without a session', async () => {
    const stranger = newContext({ origin: 'wire', partner: loud.partner, address: newAddress() })
    expect(await done(stranger, 100)).toBe(100)
    expect(await done(loud, 50)).toBe(50)
  })

  it('are not given back, nor taken away, by a clock that is set back', async () => {
    expect(await done(loud, 60)).toBe(50)
    expect(await done(loud, 10, { now: noon - 3_600_000 })).toBe(0)
    expect(await done(loud, 10, { now: noon - 3_599_000 })).toBe(5)
  })

  it('are without limit for the work that Usher does by itself', async () => {
    expect(await done({ ...loud, origin: 'usher' }, 300)).toBe(300)
  })

  it('are refused by name, with the calls of an address', async () => {
    const stranger = newContext({ origin: 'wire', address: newAddress() })
    expect(await done(stranger, 300)).toBe(200)
    expect(await runAction(nothing, { ...stranger, now: noon }, {})).toMatchObject({
      error: { code: 'ACTION_BLOCKED', args: { SERVICE_NAME: 'test', ACTION_NAME: 'action' } },
    })
  })

  it('are those of one address for a whole IPv6 network', async () => {
    const from = (address: string) => newContext({ origin: 'wire', address })
    expect(await done(from('2001:db8:15::1'), 200)).toBe(200)
    expect(await done(from('2001:db8:15::2'), 1)).toBe(0)
  })

  it('are remembered in a few megabytes, however many addresses there are', () => {
    const before = heldMemory()
    for (let number = 0; number < 300_000; number++) {
      const address = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`
      takeCall({ ...loud, address, now: noon + number * 1_000 })
    }
    expect(heldMemory() - before).toBeLessThan(20 * 2 ** 20)
  })
})

it('Z15 there is no limit where none is set', async () => {
  const ctx = { ...(await contextOf(await newAccount())), address: newAddress() }
  process.env.CALLS_PER_ACCOUNT = '0'
  process.env.CALLS_PER_ADDRESS = '0'
  delete (globalThis as { [key: symbol]: unknown })[Symbol.for('usher.env')]
  expect(await done(ctx, 500)).toBe(500)
})
