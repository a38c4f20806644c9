import { LRUCache } from 'lru-cache'
import { connection } from './client'
import type { Connection } from './connection'

/** What was read, and the state of the database that it was read from. */
type Remembered<T> = { version: number; value: T }

/**
 * Remembers what was read under a key for as long as nothing at all was committed to the database, by this or any other process (R18).
 * Where the database does not tell, and inside a transaction, nothing is remembered. At most `max` keys; what fails is read again.
 */
export function untilChanged<T>(max: number) {
  const places = new WeakMap<Connection, LRUCache<string, Remembered<T>>>()

  return async (key: string, read: () => Promise<T>): Promise<T> => {
    const open = connection()
    const version = open.version()
    if (version === null) return read()
    let place = places.get(open)
    if (!place) {
      place = new LRUCache({ max })
      places.set(open, place)
    }
    const known = place.get(key)
    if (known?.version === version) return known.value
    // The version is older than what is read, or the same: a commit meanwhile makes the next caller read again.
    const value = await read()
    place.set(key, { version, value })
    return value
  }
}
