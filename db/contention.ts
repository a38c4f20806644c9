import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isContention } from './failures'

/** So often is something begun anew. */
const mostRetries = 5

/** Milliseconds before something is begun anew; by chance, so that two that were in each other's way do not meet again. */
const pauseBefore = (retry: number) => randomInt(5, 20 * 2 ** retry)

/** Runs `fn`, and the whole of it anew when the database undid it because another change was in its way, each time after a longer while (R12). */
export async function againAfterContention<T>(fn: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await fn()
    } catch (error) {
      if (retries >= mostRetries || !isContention(error)) throw error
      await sleep(pauseBefore(retries))
    }
  }
}
