import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyFor, seal, unseal } from './seal'
import './testing'

describe('seal', () => {
  it('gives back what was sealed, any text', () => {
    for (const text of ['', 'secret', 'ключ 🔑', 'x'.repeat(10_000)]) expect(unseal(seal(text, 'cell'), 'cell')).toBe(text)
  })

  it('never writes the same text twice alike', () => {
    expect(seal('secret', 'cell')).not.toBe(seal('secret', 'cell'))
  })

  it('C07 opens only under its label, so that cells cannot be swapped', () => {
    expect(() => unseal(seal('secret', 'partner-secret:1'), 'partner-secret:2')).toThrow()
  })

  it('refuses every altered byte, and what is cut', () => {
    const sealed = seal('secret', 'cell')
    const bytes = Buffer.from(sealed.slice(2), 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => unseal(`2.${altered.toString('base64url')}`, 'cell'), String(at)).toThrow()
    }
    for (const cut of ['', '2.', sealed.slice(0, 20), sealed.slice(2), `2.${bytes.subarray(0, 20).toString('base64url')}`]) {
      expect(() => unseal(cut, 'cell'), cut).toThrow()
    }
  })

  it('refuses a shortened tag, of which a short one could be guessed', () => {
    const bytes = Buffer.from(seal('', 'cell').slice(2), 'base64url')
    for (let length = 12; length < 28; length++) {
      expect(() => unseal(`2.${bytes.subarray(0, length).toString('base64url')}`, 'cell'), String(length)).toThrow()
    }
  })

  it('C07 has a key of its own for each use, and each account', () => {
    const uses = [
      'seal',
      'user-id',
      'backup-code',
      'sign-in-proof',
      'seal:partner-secret:1',
      'seal:partner-secret:2',
      'seal:otp:a@x.example',
    ]
    const keys = uses.map((use) => keyFor(use).toString('hex'))
    expect(new Set(keys).size).toBe(uses.length)
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })

  it('C07 opens with the key of its account and use, and with no other', () => {
    const bytes = Buffer.from(seal('secret', 'partner-secret:1').slice(2), 'base64url')
    const openWith = (use: string) => {
      const decipher = createDecipheriv('aes-256-gcm', keyFor(use), bytes.subarray(0, 12), { authTagLength: 16 })
      decipher.setAAD(Buffer.from('partner-secret:1')).setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString()
    }
    expect(openWith('seal:partner-secret:1')).toBe('secret')
    for (const use of ['seal:partner-secret:2', 'seal:app-token:1', 'seal']) expect(() => openWith(use), use).toThrow()
  })

  it('opens what was sealed by one key for all', () => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', keyFor('seal'), nonce).setAAD(Buffer.from('cell'))
    const sealed = Buffer.concat([cipher.update('secret'), cipher.final()])
    const first = `1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
    expect(unseal(first, 'cell')).toBe('secret')
    expect(() => unseal(first, 'other')).toThrow()
    expect(() => unseal(`2${first.slice(1)}`, 'cell')).toThrow()
  })
})
