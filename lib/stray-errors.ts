import { log } from './log.ts'

// Plain `node` reads this file from server.mjs: erasable TypeScript, relative imports, no `server-only`.

/** Where the framework keeps its own listener, and finds ours: its own prints errors as they are, with what a failed query was given. */
const rejectionListener = Symbol.for('next.unhandledRejectionListener')

/**
 * From now on nothing that nobody caught is lost, or holds up others for ever (R35). A promise that nobody waits for fails alone: it is
 * logged. What is thrown in a timer or by an event may leave anything half done, such as a change that now never ends and before which no
 * other one begins: it is logged, and `end` is to end the process in good order, with a status that has it started again. A connection that
 * breaks while nobody listens leaves nothing.
 */
export function catchStrayErrors(end: () => void) {
  const logRejection = (err: unknown) => log().error({ err }, 'a promise failed that nobody waited for')
  ;(globalThis as Record<symbol, unknown>)[rejectionListener] = logRejection
  process.on('unhandledRejection', logRejection)
  // A listener would only be one more beside the framework's.
  process.setUncaughtExceptionCaptureCallback((err: Error & { code?: string }) => {
    if (brokenConnection.has(err?.code ?? '')) return log().warn({ err }, 'a connection broke')
    log().fatal({ err }, 'an error that nobody caught: the process ends')
    // Where the end waits for what never comes, such as a change that was left half done, the process may run dry before it is over.
    process.exitCode = 1
    end()
  })
}

const brokenConnection = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ETIMEDOUT'])
