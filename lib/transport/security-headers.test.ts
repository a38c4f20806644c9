import { expect, it } from 'vitest'
import { contentSecurityPolicy, newNonce } from './security-headers'

const directives = (policy: string) => Object.fromEntries(policy.split('; ').map((part) => part.split(/ (.*)/s).slice(0, 2)))

it('W06 lets scripts run by a nonce and by what it trusts, and objects, bases, frames and forms of elsewhere not at all', () => {
  const policy = directives(contentSecurityPolicy('abc'))
  expect(policy).toMatchObject({
    'script-src': "'self' 'nonce-abc' 'strict-dynamic'",
    'style-src': "'self' 'nonce-abc'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'form-action': "'self'",
  })
  expect(policy['default-src']).toBe("'self'")
})

it('W06 a nonce is 128 random bits and never the same', () => {
  const nonces = Array.from({ length: 1_000 }, newNonce)
  expect(new Set(nonces).size).toBe(1_000)
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
})
