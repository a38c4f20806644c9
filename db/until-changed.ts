import { LRUCache } from 'lru-cache'
import { connection } from './client'
import type { Connection } from './connection'

/** What is or was read, and the state of the database that it was read from. */
type Remembered<T> = { version: number; value: Promise<T> }

/**
 * Remembers what was read under a key for as long as nothing at all was committed to the database, by this or any other process (R18).
 * Whoever asks while it is read waits for it. Where the database does not tell, and inside a transaction, nothing is remembered. At most
 * `max` keys; what fails is read again.
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
    // A reading may fail for a reason of him who began it, such as having gone away.
    if (known?.version === version) return known.value.catch(read)
    // The version is older than what is read, or the same: a commit meanwhile makes the next caller read again.
    const reading = { version, value: read() }
    place.set(key, reading)
    reading.value.catch(() => place.get(key) === reading && place.delete(key))
    return reading.value
  }
}
