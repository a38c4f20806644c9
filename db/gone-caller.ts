import { AsyncLocalStorage } from 'node:async_hooks'

/** Nobody waits for the answer any more. */
export class CallerGone extends Error {
  override name = 'CallerGone'
}

/** As much of an `AbortSignal` as is asked of one. */
export type Gone = Pick<AbortSignal, 'aborted'> &
  Record<'addEventListener' | 'removeEventListener', (type: 'abort', listener: () => void) => void>

// The connection may have been opened by another bundle of this process: both must ask the same store.
const place = globalThis as { [callerKey]?: AsyncLocalStorage<Gone> }
const callerKey = Symbol.for('usher.caller')
place[callerKey] ??= new AsyncLocalStorage<Gone>()
const caller = place[callerKey]

/**
 * Runs what only finds something out. Once `gone` is aborted no further statement of it begins, and one that a server is at is cancelled
 * (R38): it fails with `CallerGone`. What is inside a transaction goes on.
 */
export function whileAwaited<T>(gone: Gone, fn: () => Promise<T>): Promise<T> {
  return caller.run(gone, async () => await fn())
}

/** Aborted when whoever waits for the statement goes away; undefined where nobody does. `CallerGone` when he has. */
export function awaitingCaller(): Gone | undefined {
  const gone = caller.getStore()
  if (gone?.aborted) throw new CallerGone('The caller went away')
  return gone
}
