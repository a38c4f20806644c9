import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { addAppToken } from '@/lib/app-token/actions/add-app-token'
import { newToken } from '@/lib/id'
import { type Account, asAdmin, data, newAccount } from '@/lib/testing'
import { newNonce } from '@/lib/transport/security-headers'
import { newHashKey } from './hash-key'
import { newOtpSeed } from './otp'

freshDatabase()

const { random } = newContext({ origin: 'wire' })
let account: Account | undefined
const anyAccount = async () => (account ??= await newAccount())

/** Each with the random bits that it must have, and how many bits a sign of it holds. */
const secrets: [name: string, bits: number, bitsOfSign: number, make: () => string | Promise<string>][] = [
  ['a seed of an authenticator', 160, 5, () => newOtpSeed(random)],
  ['the key of a link in a mail', 160, 4, () => atob(newHashKey(1, 0, random).key).split('|')[2] ?? ''],
  ['the id of a browser session and of an invitation', 256, 6, newToken],
  ['the nonce of a page', 128, 6, () => newNonce().replace('==', '')],
  ['an account’s secret for administrators', 128, 4, async () => (await newAccount()).adminSecret],
  ['an account’s secret for users', 128, 4, async () => (await newAccount()).userSecret],
  [
    'an application token',
    128,
    4,
    async () => data(await asAdmin(await anyAccount(), addAppToken, { appToken: {} })).token ?? '',
  ],
]

describe('C05 secrets are long and never twice the same', () => {
  it('C05 contexts take them from the operating system', () => {
    expect(random).toBe(randomBytes)
  })

  it.each(secrets)('C05 %s has %i random bits', async (_name, bits, bitsOfSign, make) => {
    const made = [await make(), await make(), await make(), await make()]
    expect(new Set(made).size).toBe(made.length)
    for (const secret of made) {
      expect(secret).toMatch(/^[\w+/-]+$/)
      expect(secret.length).toBeGreaterThanOrEqual(Math.ceil(bits / bitsOfSign))
    }
  })
})
