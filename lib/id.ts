import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Bytes of a request's id. */
const idLength = 12

/** Random bytes taken from the system for many ids at once: it takes as long for twelve as for thousands. */
let ahead = Buffer.alloc(0)
let used = 0

/** A short id for one request, to find it again in the log: 16 characters. */
export function newRequestId() {
  if (used === ahead.length) {
    ahead = randomBytes(idLength * 512)
    used = 0
  }
  const start = used
  used += idLength
  return ahead.toString('base64url', start, used)
}

/** A secret of 256 random bits, safe in a URL. */
export const newToken = () => randomBytes(32).toString('base64url')

/** SHA-256 in hex: how tokens are kept, so that a copy of the database opens nothing. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

/** Compares two strings in a time that tells nothing of where they differ. */
export function sameSecret(a: string, b: string) {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
