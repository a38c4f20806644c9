import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { damaged, isDamage } from './start-error'

/** One SQLite file as one process has it open: what holds for every connection to it. */

/**
 * Files up to this size are looked through at a start, a second's work for each 100 MB: a larger one would keep people waiting for longer
 * than they may be, and only what every start reads of it is seen by then.
 */
const mostLookedThrough = 64 * 2 ** 20

/** Throws a `StartError` that names what SQLite finds first when it looks the file through. */
export function refuseDamage(file: string, reader: Database.Database) {
  if (statSync(file).size > mostLookedThrough) return
  const finding = firstFinding(reader)
  if (finding !== 'ok') throw damaged(file, finding)
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

/** One connection to the file, set up as both of ours are. */
export function openFile(file: string) {
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
export function versionOf(reader: Database.Database) {
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

/** Prepares each statement once. */
export function statementCache(database: Database.Database) {
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

/** As Drizzle's driver wants the rows. */
export function execute(statement: Database.Statement, params: unknown[], method: 'run' | 'all' | 'values' | 'get') {
  if (!statement.reader) {
    statement.run(...params)
    return { rows: [] }
  }
  // Drizzle takes a missing row of `get` as undefined, whatever its type says.
  if (method === 'get') return { rows: statement.get(...params) as unknown[] }
  return { rows: statement.all(...params) }
}
