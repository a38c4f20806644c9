import { AsyncLocalStorage } from 'node:async_hooks'
import { statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/sqlite-proxy'
import type { Connection, OpenOptions } from './connection'
import { awaitingCaller } from './gone-caller'
import { groupCommit } from './group-commit'
import { execute, openFile, refuseDamage, statementCache, versionOf } from './sqlite-file'
import { damaged, isDamage } from './start-error'
import { tables } from './tables'

type RemoteCallback = Parameters<typeof drizzle>[0]

const noBatches = () => Promise.reject(new Error('Batches are not used; see transaction()'))

type OpenTransaction = { isOver: boolean; depth: number }

/**
 * SQLite behind Drizzle's asynchronous driver: one connection writes, another reads what is committed. Writers queue first in,
 * first out, and commit together; the transaction a call belongs to is found through its asynchronous context.
 */
export function openSqlite(file: string, { patience: { lock: lockPatience = 5_000 }, ...options }: OpenOptions): Connection {
  const writer = openFile(file)
  const reader = openFile(file)
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
    refuseDamage: () => refuseDamage(file, reader),
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
