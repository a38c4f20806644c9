import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'better-sqlite3'

/** So many changes, and so many milliseconds, at most share one commit. */
const mostTogether = 64
const longestTogether = 20

type Waiting = {
  /** The change itself. */
  run: () => Promise<unknown>
  /** When it came, by `performance.now`. */
  since: number
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

/**
 * One writer at a time, first in, first out. Changes that wait together commit together, as the disk is what a commit waits for: each in
 * a savepoint of its own, so that one that fails takes nothing of the others with it. Nobody is answered before the commit.
 * `begin` is told since when the first one waits, by `performance.now`, so that no change waits longer for having others before it.
 */
export function groupCommit(writer: Database.Database, begin: (since: number) => Promise<void>, commit: () => Promise<void>) {
  const queue: Waiting[] = []
  let working: Promise<void> | null = null

  async function work() {
    while (queue.length > 0) await commitGroup()
    working = null
  }

  async function commitGroup() {
    const done: { waiting: Waiting; value: unknown }[] = []
    try {
      await begin(queue[0]?.since ?? performance.now())
    } catch (error) {
      queue.shift()?.reject(error)
      return
    }
    const deadline = performance.now() + longestTogether
    try {
      for (let waiting = queue.shift(); waiting; waiting = await following(done.length, deadline)) {
        const outcome = await inSavepoint(waiting)
        if (outcome) done.push(outcome)
      }
      await commit()
    } catch (error) {
      if (writer.inTransaction) writer.exec('rollback')
      for (const { waiting } of done) waiting.reject(error)
      return
    }
    for (const { waiting, value } of done) waiting.resolve(value)
  }

  /** The next one, if one is there or comes while the requests that have arrived are read. */
  async function following(count: number, deadline: number) {
    if (count >= mostTogether || performance.now() > deadline) return undefined
    if (queue.length === 0) await nextTurn()
    return queue.shift()
  }

  /** Throws only when the failure took the whole group's transaction with it. */
  async function inSavepoint(waiting: Waiting) {
    writer.exec('savepoint change')
    try {
      const value = await waiting.run()
      writer.exec('release change')
      return { waiting, value }
    } catch (error) {
      waiting.reject(error)
      if (!writer.inTransaction) throw error
      writer.exec('rollback to change; release change')
      return null
    }
  }

  return {
    /** Runs `fn` as one change; its answer comes after the commit. */
    run<T>(fn: () => Promise<T>): Promise<T> {
      // Each runs in the context of its own caller, not of the one who happened to begin the work.
      const inOwnContext = AsyncLocalStorage.snapshot()
      return new Promise<unknown>((resolve, reject) => {
        queue.push({ run: () => inOwnContext(fn), since: performance.now(), resolve, reject })
        working ??= work()
      }) as Promise<T>
    },
    /** Resolves when nothing is left to write. */
    idle: () => working ?? Promise.resolve(),
  }
}
