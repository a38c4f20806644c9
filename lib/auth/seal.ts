import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { env } from '@/lib/env'

/** 32 bytes for one use, from the installation's secret: no two uses share a key. */
export function keyFor(use: string) {
  return Buffer.from(hkdfSync('sha256', env().authSecret, 'usher', use, 32))
}

/** A key for each label; what the first form holds was sealed under one for all. */
const sealKey = (form: string, label: string) => keyFor(form === '1' ? 'seal' : `seal:${label}`)

/**
 * Encrypts what the database keeps but must not tell (AES-256-GCM). It opens only under the same label, so cells cannot be swapped, and the
 * key of one label, which names the use and whom it is of, is good for no other (C07).
 */
export function seal(text: string, label: string) {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealKey('2', label), nonce).setAAD(Buffer.from(label))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return `2.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
}

/** The sealed text. Throws when it was altered, or sealed under another label or another installation's secret. */
export function unseal(sealed: string, label: string) {
  const [form = '', text = ''] = sealed.split('.')
  const bytes = Buffer.from(text, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', sealKey(form, label), bytes.subarray(0, 12), { authTagLength: 16 }).setAAD(
    Buffer.from(label),
  )
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
