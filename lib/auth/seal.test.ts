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

  it('opens only under its label, so that cells cannot be swapped', () => {
    expect(() => unseal(seal('secret', 'partner-secret:1'), 'partner-secret:2')).toThrow()
  })

  it('refuses every altered byte, and what is cut', () => {
    const sealed = seal('secret', 'cell')
    const bytes = Buffer.from(sealed.slice(2), 'base64url')
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes)
      altered[at] = (altered[at] ?? 0) ^ 1
      expect(() => unseal(`1.${altered.toString('base64url')}`, 'cell'), String(at)).toThrow()
    }
    for (const cut of ['', '1.', sealed.slice(0, 20), `1.${bytes.subarray(0, 20).toString('base64url')}`]) {
      expect(() => unseal(cut, 'cell'), cut).toThrow()
    }
  })

  it('refuses a shortened tag, of which a short one could be guessed', () => {
    const bytes = Buffer.from(seal('', 'cell').slice(2), 'base64url')
    for (let length = 12; length < 28; length++) {
      expect(() => unseal(`1.${bytes.subarray(0, length).toString('base64url')}`, 'cell'), String(length)).toThrow()
    }
  })

  it('has a key of its own for each use', () => {
    expect(keyFor('seal')).toHaveLength(32)
    expect(keyFor('seal').equals(keyFor('user-id'))).toBe(false)
  })
})
