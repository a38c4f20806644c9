import 'server-only'
import { hashOf } from '@/lib/id'

/** Seconds that a set-password link is good for (§3.7). */
const hashKeyLife = 86_400

/** A key for a mail link (§4.4): base64 of `login data id|expiry|40 hex digits`; only its hash is kept. `now` is epoch milliseconds. */
export function newHashKey(loginDataId: number, now: number, random: (bytes: number) => Buffer) {
  const expiresAt = now + hashKeyLife * 1000
  const text = `${loginDataId}|${Math.floor(expiresAt / 1000)}|${random(20).toString('hex')}`
  return { key: Buffer.from(text).toString('base64'), keyHash: hashOf(text), expiresAt }
}
