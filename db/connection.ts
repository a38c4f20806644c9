import type { Logger } from 'drizzle-orm'
import type { SqliteRemoteDatabase } from 'drizzle-orm/sqlite-proxy'
import type { tables } from './tables'
import type { Dialect } from './url'

export type Db = SqliteRemoteDatabase<typeof tables>

export type OpenOptions = {
  casing: 'snake_case'
  logger: Logger
  patience: Patience
}

/** How long is waited before something fails, milliseconds; each database has its own defaults. */
export type Patience = {
  /** For what another change holds. */
  lock?: number
  /** Of PostgreSQL: for a connection, new or given back. */
  connection?: number
  /** For the server to be done with a statement. */
  statement?: number
  /** For anything from the server, while it is at a statement. */
  silence?: number
  /** For the next statement of a change. */
  idle?: number
}

/** What a migration may do; the whole of it is one transaction. */
export type MigrationRun = {
  execute(statement: string): Promise<void>
  rows(query: string): Promise<Record<string, unknown>[]>
}

export type Connection = {
  dialect: Dialect
  db(): Db
  transaction<T>(fn: () => Promise<T>): Promise<T>
  /** Another number after every commit of any process; null where the database does not tell, and inside a transaction. */
  version(): number | null
  /**
   * Throws a `StartError` with what to do if the database is not as it was written (R25). Looks as far as a start can wait for, and writes
   * nothing. PostgreSQL looks itself.
   */
  refuseDamage(): void
  /** Bytes that are written beside the database's file and wait to be taken over into it; 0 where the database does that unseen. */
  backlog(): number
  migrate(apply: (run: MigrationRun) => Promise<void>): Promise<void>
  close(): Promise<void>
}
