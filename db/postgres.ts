import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { PoolClient, QueryConfig } from 'pg'
import { CancellingPool } from './cancelling-pool'
import { CarefulClient } from './careful-client'
import type { Connection, Db, OpenOptions, Patience } from './connection'
import { againAfterContention } from './contention'
import { isContention, isUnavailable } from './failures'
import { unusable } from './start-error'
import { tables } from './tables'

/** Held while migrating, so that two processes that start at once do not both migrate. */
const migrationLock = 7_283_001

/** No wait is without an end (R33). The server is to answer at the latest, or to say that it will not: silence is of a line that is dead. */
const usual = { connection: 2_000, statement: 5_000, silence: 7_000, lock: 2_000, idle: 10_000 } satisfies Patience

/** A migration may take as long as it does. */
const aDay = 86_400_000

/** PostgreSQL through one pool; the transaction a call belongs to is found through its asynchronous context. */
export function openPostgres(url: string, { patience, ...options }: OpenOptions): Connection {
  const limits = { ...usual, ...patience }
  const pool = new CancellingPool({
    connectionString: url,
    max: 10,
    Client: CarefulClient,
    keepAlive: true,
    connectionTimeoutMillis: limits.connection,
    statement_timeout: limits.statement,
    query_timeout: limits.silence,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.idle,
  })
  // A connection that the server closes is replaced by the pool; without a listener it would end the process, also between two statements
  // of a change, which then fails at the next one.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}))
  const root = drizzle(pool, { schema: tables, ...options })
  const ofClient = new WeakMap<PoolClient, typeof root>()
  const current = new AsyncLocalStorage<typeof root>()
  const within = <T>(outer: typeof root, fn: () => Promise<T>): Promise<T> =>
    outer.transaction((tx) => current.run(tx as unknown as typeof root, fn))

  /** On a connection that is given back whatever happens: Drizzle itself would keep one for ever on which nothing can begin. */
  async function begun<T>(fn: () => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let isBroken = false
    try {
      const own = ofClient.get(client) ?? (drizzle(client, { schema: tables, ...options }) as unknown as typeof root)
      ofClient.set(client, own)
      return await within(own, fn)
    } catch (error) {
      isBroken = isUnavailable(error) && !isContention(error)
      throw error
    } finally {
      client.release(isBroken)
    }
  }

  return {
    dialect: 'postgres',
    // The tables were built by the PostgreSQL half of the column kit; queries are written against SQLite's types.
    db: () => (current.getStore() ?? root) as unknown as Db,
    transaction(fn) {
      const outer = current.getStore()
      return outer ? within(outer, fn) : againAfterContention(() => begun(fn))
    },
    version: () => null,
    refuseDamage() {},
    backlog: () => 0,
    async migrate(apply) {
      const client = await pool.connect().catch((error: unknown) => {
        throw unusable(placeOf(url), error)
      })
      try {
        const ask = (text: string) => client.query({ text, query_timeout: aDay } as QueryConfig)
        await ask('begin')
        await ask(
          'set local statement_timeout = 0; set local lock_timeout = 0; set local idle_in_transaction_session_timeout = 0',
        )
        await ask(`select pg_advisory_xact_lock(${migrationLock})`)
        await apply({
          execute: async (statement) => void (await ask(statement)),
          rows: async (query) => (await ask(query)).rows,
        })
        await ask('commit')
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
