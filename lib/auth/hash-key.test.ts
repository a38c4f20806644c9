import { expect, it } from 'vitest'
import { hashOf } from '@/lib/id'
import { newHashKey } from './hash-key'
import { noon, wire } from './testing'

it('a hash key is base64 of id, expiry and chance, good for a day; only its hash is kept', () => {
  const { key, keyHash, expiresAt } = newHashKey(42, noon, wire().random)
  const text = Buffer.from(key, 'base64').toString()
  expect(text).toMatch(new RegExp(`^42\\|${noon / 1000 + 86_400}\\|[0-9a-f]{40}$`))
  expect(key).toMatch(/^[A-Za-z0-9]+=*$/)
  expect(expiresAt).toBe(noon + 86_400_000)
  expect(keyHash).toBe(hashOf(text))
})

it('no two hash keys are alike', () => {
  const keys = Array.from({ length: 50 }, () => newHashKey(42, noon, wire().random).key)
  expect(new Set(keys).size).toBe(50)
})
