import 'server-only'
import { isIPv6 } from 'node:net'
import { LRUCache } from 'lru-cache'
import { ActionError } from '@/lib/action/errors'

/** Milliseconds in which failures of one address are counted together. */
const span = 10 * 60 * 1000

/** So many addresses are remembered, in a few megabytes. */
const most = 50_000

type Count = { failures: number; since: number }

const place = globalThis as { [limitKey]?: LRUCache<string, Count> }
const limitKey = Symbol.for('usher.source-limit')

function counts() {
  place[limitKey] ??= new LRUCache({ max: most })
  return place[limitKey]
}

/** Refuses an address with `limit` failures in ten minutes, before any password is looked at: `ACTION_BLOCKED`. */
export function refuseFloodingSource(address: string, limit: number, now: number) {
  const count = counts().get(sourceOf(address))
  if (address && count && isRunning(count, now) && count.failures >= limit) throw new ActionError('ACTION_BLOCKED', {})
}

/** Counts one, and answers how to take it back. */
export function countFailureOfSource(address: string, now: number): () => void {
  const source = sourceOf(address)
  const known = counts().get(source)
  const count = known && isRunning(known, now) ? known : { failures: 0, since: now }
  if (count !== known) counts().set(source, count)
  count.failures++
  return () => {
    count.failures--
  }
}

/** A count that begins in the future is of a clock that was set back. */
const isRunning = ({ since }: Count, now: number) => now >= since && now - since < span

/** Whoever has one IPv6 address has its whole /64: its first four groups. */
export function sourceOf(address: string) {
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0')
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** An address of a source: of IPv6, the first of its network. */
export const firstAddressOf = (source: string) => (source.includes(':') ? `${source}::` : source)
