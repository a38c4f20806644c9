import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm'
import type { Connection, Db, OpenOptions, Patience } from './connection'
import { makeFolder } from './make-folder'
import { partnerGuard } from './partner-guard'
import { openPostgres } from './postgres'
import { openSqlite } from './sqlite'
import { unusable } from './start-error'
import { tables } from './tables'
import { databaseUrl, dialectOf } from './url'

// Pages, routes and the wire are separate bundles of one process: what must exist once lives on globalThis.
const place = globalThis as { [connectionKey]?: Connection }
const connectionKey = Symbol.for('usher.database')

/** The process's connection, opened on first use. */
export function connection(): Connection {
  place[connectionKey] ??= open(databaseUrl())
  return place[connectionKey]
}

/** Where queries run: the open transaction if the caller is inside one. */
export const db = (): Db => connection().db()

/**
 * Runs `fn` as one change: all of it or nothing. Nested calls are part of the outer one and can fail alone. Where another change is in its way,
 * PostgreSQL undoes it and `fn` runs anew (R12): what it does beside the database must bear that.
 */
export const transaction = <T>(fn: () => Promise<T>): Promise<T> => connection().transaction(fn)

/** Closes the process's connection; the next use opens a new one. */
export async function closeDatabase() {
  const open = place[connectionKey]
  delete place[connectionKey]
  await open?.close()
}

/** Opens the database at `url` (`file:…` or `postgres://…`). Not migrated, see `migrate`. */
export function open(url: string, patience: Patience = {}): Connection {
  const check = partnerGuard(partnerTables())
  const options: OpenOptions = { casing: 'snake_case', logger: { logQuery: check }, patience }
  if (dialectOf(url) === 'postgres') return openPostgres(url, options)

  const file = fileOf(url)
  try {
    makeFolder(dirname(resolve(file)))
    keepPrivate(file)
    return openSqlite(file, options)
  } catch (error) {
    throw unusable(file, error)
  }
}

/** Before SQLite opens it: what it writes beside the file gets the file's own mode. */
function keepPrivate(file: string) {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

/** The path in `file:…` or `file://…`. */
export const fileOf = (url: string) => (url.startsWith('file://') ? fileURLToPath(url) : url.replace(/^file:/, ''))

function partnerTables() {
  return Object.values(tables as Record<string, unknown>)
    .filter((value): value is Table => is(value, Table) && 'partnerId' in getTableColumns(value))
    .map((table) => getTableName(table))
}
