import 'server-only'
import { createHmac, hkdfSync } from 'node:crypto'

/**
 * The signature of a message to an account's own server, in hex: HMAC-SHA256 of the timestamp (epoch seconds), a dot and the body. The key
 * is made of the account's first admin secret, which both sides know, for this use alone: HKDF-SHA256 without salt, 32 bytes.
 */
export function signature({ partnerId, adminSecret, timestamp, body }: Signed) {
  const key = Buffer.from(hkdfSync('sha256', adminSecret, '', `usher-notification:${partnerId}`, 32))
  return createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')
}

type Signed = { partnerId: number; adminSecret: string; timestamp: number; body: string }
