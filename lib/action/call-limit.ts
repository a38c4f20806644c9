import 'server-only'
import { LRUCache } from 'lru-cache'
import { sourceOf } from '@/lib/auth/source-limit'
import { env } from '@/lib/env'
import type { Context } from './context'
import { ActionError } from './errors'

/** So many seconds of calls may come at once. */
const burst = 10

/** So many accounts and addresses are remembered, in a few megabytes; who is forgotten begins anew. */
const most = 50_000

/** Calls that are left, as of a moment in epoch milliseconds. */
type Bucket = { left: number; at: number }

const place = globalThis as { [limitKey]?: LRUCache<string, Bucket> }
const limitKey = Symbol.for('usher.call-limit')

/**
 * Takes one call from what its address and its account have (Z15), so that nobody is kept from his work by others: `ACTION_BLOCKED`.
 * A call without a session takes nothing from the account that it names. What Usher does by itself has no limit.
 */
export function takeCall({ origin, actor, address, partner, now }: Context) {
  if (origin !== 'wire' && origin !== 'page') return
  const { callsPerAddress, callsPerAccount } = env()
  if (callsPerAddress && address) take(`address ${sourceOf(address)}`, callsPerAddress, now)
  if (callsPerAccount && actor.kind === 'user' && partner) take(`account ${partner.id}`, callsPerAccount, now)
}

function take(name: string, perSecond: number, now: number) {
  place[limitKey] ??= new LRUCache({ max: most })
  const bucket = place[limitKey].get(name) ?? { left: perSecond * burst, at: now }
  // A clock that was set back gives nothing and takes nothing.
  bucket.left = Math.min(perSecond * burst, bucket.left + (Math.max(0, now - bucket.at) * perSecond) / 1000)
  bucket.at = now
  place[limitKey].set(name, bucket)
  if (bucket.left < 1) throw new ActionError('ACTION_BLOCKED', {})
  bucket.left--
}
