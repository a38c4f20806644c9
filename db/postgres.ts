import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import { CancellingPool } from './cancelling-pool'
import type { Connection, Db, OpenOptions } from './connection'
import { againAfterContention } from './contention'
import { unusable } from './start-error'
import { tables } from './tables'

/** Held while migrating, so that two processes that start at once do not both migrate. */
const migrationLock = 7_283_001

/** PostgreSQL through one pool; the transaction a call belongs to is found through its asynchronous context. */
export function openPostgres(url: string, { lockPatience, ...options }: OpenOptions): Connection {
  const pool = new CancellingPool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    lock_timeout: lockPatience,
    idle_in_transaction_session_timeout: 30_000,
  })
  // A connection that the server closes is replaced by the pool; without a listener it would end the process, also between two statements
  // of a change, which then fails at the next one.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  const root = drizzle(pool, { schema: tables, ...options })
  const current = new AsyncLocalStorage<typeof root>()
  const within = <T>(outer: typeof root, fn: () => Promise<T>): Promise<T> =>
    outer.transaction((tx) => current.run(tx as unknown as typeof root, fn))

  return {
    dialect: 'postgres',
    // The tables were built by the PostgreSQL half of the column kit; queries are written against SQLite's types.
    db: () => (current.getStore() ?? root) as unknown as Db,
    transaction(fn) {
      const outer = current.getStore()
      return outer ? within(outer, fn) : againAfterContention(() => within(root, fn))
    },
    version: () => null,
    refuseDamage() {},
    backlog: () => 0,
    async migrate(apply) {
      const client = await pool.connect().catch((error: unknown) => {
        throw unusable(placeOf(url), error)
      })
      try {
        await client.query('begin')
        await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
        await apply({
          execute: async (statement) => void (await client.query(statement)),
          rows: async (query) => (await client.query(query)).rows,
        })
        await client.query('commit')
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}

/** Machine, port and name; the address holds a password, too. */
function placeOf(url: string) {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
