import { Pool, type PoolConfig, type QueryConfig, type QueryResult } from 'pg'
import { againAfterContention } from './contention'
import { awaitingCaller, CallerGone } from './gone-caller'

/**
 * A pool whose statements outside of transactions end when whoever waits for them goes away: the server is told to stop. Those that another
 * change was in the way of are begun anew.
 */
export class CancellingPool extends Pool {
  /** One connection of its own: a cancellation must not wait for those that it is to end. */
  readonly #cancellers: Pool

  constructor(config: PoolConfig) {
    super(config)
    this.#cancellers = new Pool({ ...config, max: 1 })
    // Without a listener, as for the pool itself, an idle connection that the server closes would end the process.
    this.#cancellers.on('error', () => {})
  }

  // The driver has many forms of this method; Drizzle calls this one.
  override query = (async (config: QueryConfig, values?: unknown[]): Promise<QueryResult> => {
    const gone = awaitingCaller()
    if (!gone) return againAfterContention(() => super.query(config, values))
    const client = await this.connect()
    const { processID } = client as unknown as { processID: number }
    let cancelled: Promise<unknown> | undefined
    const cancel = () => {
      // Where the server cannot be told, the statement goes on to its end.
      cancelled = this.#cancellers.query('select pg_cancel_backend($1)', [processID]).catch(() => {})
    }
    gone.addEventListener('abort', cancel)
    try {
      return await client.query(config, values)
    } catch (error) {
      throw gone.aborted ? new CallerGone('The caller went away', { cause: error }) : error
    } finally {
      gone.removeEventListener('abort', cancel)
      await cancelled
      // A cancellation that comes late must not hit the next one who gets this connection.
      client.release(cancelled !== undefined)
    }
  }) as Pool['query']

  override end = (async () => {
    await Promise.all([super.end(), this.#cancellers.end()])
  }) as Pool['end']
}
