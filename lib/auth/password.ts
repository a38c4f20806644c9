import 'server-only'
import { createHash } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import PQueue from 'p-queue'
import { ActionError } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { sameSecret } from '@/lib/id'

/** `Argon2id` of the library's enumeration, which the compiler cannot inline. */
const argon2id = 2

/** 19 MiB, 2 passes: at least what is recommended; stored in each hash, so it can rise. */
const parameters = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

const mostBytes = 1024
const mostWaiting = 64

// Hashing runs on libuv's threads: one stays free for files and name look-ups.
const threads = Number(process.env.UV_THREADPOOL_SIZE) || 4
const place = globalThis as { [queueKey]?: PQueue }
const queueKey = Symbol.for('usher.hash-queue')

function queue() {
  place[queueKey] ??= new PQueue({ concurrency: Math.max(1, threads - 1) })
  return place[queueKey]
}

/** How many hashes were computed in this process: equal work for known and unknown people is shown by it. */
export const hashCount = { value: 0 }

/** The hash to store. `ACTION_BLOCKED` when too many are waiting. */
export function hashPassword(password: string): Promise<string> {
  return withHashRoom(() => inTurn(() => hash(canonical(password), parameters)))
}

/** A hash that no password has: what unknown people are compared with. */
const nobody = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** Whether the password fits. Without a hash the work is the same and the answer is no. To be called in a `withHashRoom`. */
export function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  // A password that cannot be hashed is compared as an empty one, which none is.
  const given = isHashable(password) ? password : ''
  const legacy = stored === null ? null : readLegacyHash(stored)
  const argon = legacy ? nobody : (stored ?? nobody)
  return inTurn(async () => {
    const fits = await verify(argon, canonical(given))
    return (legacy ? fitsLegacy(legacy, given) : fits) && stored !== null && given !== ''
  })
}

/** The work of one password for nobody: what it takes hides what else an action does or leaves. `ACTION_BLOCKED`. */
export const workOfOneHash = () => withHashRoom(() => verifyPassword(null, ''))

type LegacyHash = { salt: string; digest: string }

/** Hashes of an installation that people come from (§3.6): `sha1$salt$40 hex digits`, of the salt followed by the password. */
function readLegacyHash(stored: string): LegacyHash | null {
  const [, salt, digest] = /^sha1\$([^$]*)\$([0-9a-f]{40})$/i.exec(stored) ?? []
  return salt !== undefined && digest !== undefined ? { salt, digest: digest.toLowerCase() } : null
}

function fitsLegacy({ salt, digest }: LegacyHash, password: string) {
  if (!env().legacyPasswords) return false
  return sameSecret(createHash('sha1').update(`${salt}${password}`).digest('hex'), digest)
}

/** Whether a stored hash is weaker than what is made now. */
export function isOutdated(stored: string) {
  return !stored.startsWith(`$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`)
}

/** At most 1,024 bytes of whole characters; nothing is ever cut. */
export function isHashable(password: string) {
  return password.isWellFormed() && Buffer.byteLength(canonical(password)) <= mostBytes
}

/** Composed and decomposed letters are the same password. */
const canonical = (password: string) => password.normalize('NFC')

/** How many may hash or wait for it; shared by the whole process. */
const rooms = globalThis as { [roomsKey]?: number }
const roomsKey = Symbol.for('usher.hash-rooms')

/** Runs `fn`, which will hash, if there is room for one more; else `ACTION_BLOCKED` at once, before anything is counted or changed. */
export async function withHashRoom<T>(fn: () => Promise<T>): Promise<T> {
  const taken = rooms[roomsKey] ?? 0
  if (taken >= mostWaiting + queue().concurrency) throw new ActionError('ACTION_BLOCKED', {})
  rooms[roomsKey] = taken + 1
  try {
    return await fn()
  } finally {
    rooms[roomsKey] = (rooms[roomsKey] ?? 1) - 1
  }
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  hashCount.value++
  return queue().add(work)
}
