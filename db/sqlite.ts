import { AsyncLocalStorage } from 'node:async_hooks'
import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Connection, OpenOptions } from './connection'
import { awaitingCaller } from './gone-caller'
import { groupCommit } from './group-commit'
import { damaged, isDamage } from './start-error'
import { tables } from './tables'

/**
 * Files up to this size are looked through at a start, a second's work for each 100 MB: a larger one would keep people waiting for longer
 * than they may be, and only what every start reads of it is seen by then.
 */
const mostLookedThrough = 64 * 2 ** 20

type RemoteCallback = Parameters<typeof drizzle>[0]

const noBatches = () => Promise.reject(new Error('Batches are not used; see transaction()'))

type OpenTransaction = { isOver: boolean; depth: number }

/**
 * SQLite behind Drizzle's asynchronous driver: one connection writes, another reads what is committed. Writers queue first in,
 * first out, and commit together; the transaction a call belongs to is found through its asynchronous context.
 */
export function openSqlite(file: string, { patience: { lock: lockPatience = 5_000 }, ...options }: OpenOptions): Connection {
  const writer = open(file)
  const reader = open(file)
  reader.pragma('query_only = on')
  const statementsOf = { writer: statementCache(writer), reader: statementCache(reader) }
  const dataVersion = versionOf(reader)
  const current = new AsyncLocalStorage<OpenTransaction>()
  const writes = groupCommit(
    writer,
    (since) => retryWhileBusy(() => void writer.exec('begin immediate'), since + lockPatience),
    async () => {
      await retryWhileBusy(() => void writer.exec('commit'), performance.now() + lockPatience)
      dataVersion.isStale()
    },
  )

  async function run(sql: string, params: unknown[], method: 'run' | 'all' | 'values' | 'get') {
    const transaction = current.getStore()
    if (transaction) {
      if (transaction.isOver) throw new Error(`A query ran after its transaction had ended: ${sql}`)
      return execute(statementsOf.writer(sql), params, method)
    }
    const statement = statementsOf.reader(sql)
    if (statement.readonly) {
      awaitingCaller()
      return execute(statement, params, method)
    }
    return writes.run(async () => execute(statementsOf.writer(sql), params, method))
  }

  async function transaction<T>(fn: () => Promise<T>): Promise<T> {
    const outer = current.getStore()
    if (outer) return savepoint(outer, fn)
    return writes.run(async () => {
      const opened: OpenTransaction = { isOver: false, depth: 0 }
      try {
        return await current.run(opened, fn)
      } finally {
        opened.isOver = true
      }
    })
  }

  async function savepoint<T>(outer: OpenTransaction, fn: () => Promise<T>): Promise<T> {
    if (outer.isOver) throw new Error('A transaction was begun inside one that had ended')
    const name = `nested_${++outer.depth}`
    writer.exec(`savepoint ${name}`)
    try {
      const result = await fn()
      writer.exec(`release ${name}`)
      return result
    } catch (error) {
      writer.exec(`rollback to ${name}; release ${name}`)
      throw error
    } finally {
      outer.depth--
    }
  }

  // The driver reads the casing from its third argument only, so a batch callback must be given.
  const db = drizzle(run as RemoteCallback, noBatches, { schema: tables, ...options })

  return {
    dialect: 'sqlite',
    db: () => db,
    transaction,
    version: () => (current.getStore() ? null : dataVersion.get()),
    refuseDamage() {
      if (statSync(file).size > mostLookedThrough) return
      const finding = firstFinding(reader)
      if (finding !== 'ok') throw damaged(file, finding)
    },
    backlog: () => statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    async migrate(apply) {
      await retryWhileBusy(() => writer.exec('begin exclusive'), performance.now() + lockPatience)
      try {
        await apply({
          execute: async (statement) => void writer.exec(statement),
          rows: async (query) => writer.prepare(query).all() as Record<string, unknown>[],
        })
        writer.exec('commit')
      } catch (error) {
        if (writer.inTransaction) writer.exec('rollback')
        throw isDamage(error) ? damaged(file, error) : error
      }
    },
    async close() {
      await writes.idle()
      reader.close()
      writer.pragma('wal_checkpoint(truncate)')
      writer.close()
    },
  }
}

/** What SQLite finds first when it looks a file through; `ok` when there is nothing. Some damage keeps it from looking at all. */
function firstFinding(reader: Database.Database): unknown {
  try {
    return reader.pragma('quick_check(1)', { simple: true })
  } catch (error) {
    if (isDamage(error)) return error
    throw error
  }
}

function open(file: string) {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  database.pragma('foreign_keys = on')
  // Short, as waiting here stops the event loop; `retryWhileBusy` waits the rest without stopping it.
  database.pragma('busy_timeout = 20')
  database.pragma('cache_size = -65536')
  database.pragma('mmap_size = 1073741824')
  database.pragma('journal_size_limit = 67108864')
  return database
}

/**
 * The number that tells of commits; the reader sees those of the writer beside it as it sees those of other processes. It is asked for
 * once while nothing is read from the network: what comes then may have come after another process told of its commit (S06), also in the
 * same turn of the event loop, which one costly statement makes long.
 */
function versionOf(reader: Database.Database) {
  const statement = reader.prepare('pragma data_version').pluck()
  let known: number | null = null
  const isStale = () => {
    known = null
  }
  function get() {
    if (known === null) {
      known = statement.get() as number
      process.nextTick(isStale)
    }
    return known
  }
  return { get, isStale }
}

function statementCache(database: Database.Database) {
  const statements = new Map<string, Database.Statement>()
  return (sql: string) => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(unpeeked(sql))
      if (statement.reader) statement.raw(true)
      if (statements.size > 1_000) statements.clear()
      statements.set(sql, statement)
    }
    return statement
  }
}

/**
 * SQLite looks at bound values while it plans, and plans anew whenever others are bound: ten times the cost of a look-up by key. It
 * does not look behind a sign. Our statements hold `?` for values only.
 */
const unpeeked = (sql: string) => sql.replaceAll('?', '+?')

function execute(statement: Database.Statement, params: unknown[], method: 'run' | 'all' | 'values' | 'get') {
  if (!statement.reader) {
    statement.run(...params)
    return { rows: [] }
  }
  // Drizzle takes a missing row of `get` as undefined, whatever its type says.
  if (method === 'get') return { rows: statement.get(...params) as unknown[] }
  return { rows: statement.all(...params) }
}

/** Until another process gives its lock back, or the deadline is over, by `performance.now`. */
async function retryWhileBusy<T>(fn: () => T, deadline: number): Promise<T> {
  for (;;) {
    try {
      return fn()
    } catch (error) {
      const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
      if (!isBusy || performance.now() > deadline) throw error
      await sleep(5 + Math.floor(performance.now() % 20))
    }
  }
}
