import * as pg from 'drizzle-orm/pg-core'
import * as sqlite from 'drizzle-orm/sqlite-core'
import { databaseUrl, dialectOf } from './url'

/**
 * The column kit: every table is written once, with these builders. The types are SQLite's; on PostgreSQL the same names
 * stand for builders of the same JavaScript values. Text compares by code point on both, so that both sort alike.
 */
const sqliteKit = {
  table: sqlite.sqliteTable,
  text: () => sqlite.text(),
  int: () => sqlite.integer(),
  bool: () => sqlite.integer({ mode: 'boolean' }),
  /** Epoch milliseconds. */
  time: () => sqlite.integer(),
  json: <T>() => sqlite.text({ mode: 'json' }).$type<T>(),
  oneOf: <const T extends readonly [string, ...string[]]>(values: T) =>
    sqlite.text({ enum: values as unknown as [T[number], ...T[number][]] }),
  /** A number that the database hands out, unique in the whole table. */
  serial: () => sqlite.integer().primaryKey({ autoIncrement: true }),
  /** The same for a partner's rows: on PostgreSQL the primary key is then (partner, key), see `partnerKey`. */
  key: () => sqlite.integer().primaryKey({ autoIncrement: true }),
  /** A key that the application hands out. */
  givenKey: () => sqlite.integer().primaryKey(),
  /** The primary key of a partner's table: PostgreSQL needs the partner in it to distribute by; SQLite's is the row id. */
  partnerKey: (_columns: [sqlite.SQLiteColumn, ...sqlite.SQLiteColumn[]]) => [] as sqlite.SQLiteTableExtraConfigValue[],
  primaryKey: (columns: [sqlite.SQLiteColumn, ...sqlite.SQLiteColumn[]]) => sqlite.primaryKey({ columns }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  /** A foreign key to a partner's row; `columns` and `foreignColumns` begin with the partner. */
  belongsTo: (
    columns: [sqlite.SQLiteColumn, sqlite.SQLiteColumn],
    foreignColumns: [sqlite.SQLiteColumn, sqlite.SQLiteColumn],
  ): sqlite.SQLiteTableExtraConfigValue => sqlite.foreignKey({ columns: [columns[1]], foreignColumns: [foreignColumns[1]] }),
}

type Kit = typeof sqliteKit

/** One order of text on every server, whatever its locale. */
const textByCodePoint = pg.customType<{ data: string; driverData: string }>({ dataType: () => 'text collate "C"' })
const number = () => pg.bigint({ mode: 'number' })

const postgresKit = {
  table: pg.pgTable,
  text: () => textByCodePoint(),
  int: number,
  bool: () => pg.boolean(),
  time: number,
  json: () => pg.jsonb(),
  oneOf: () => textByCodePoint(),
  serial: () => number().primaryKey().generatedByDefaultAsIdentity(),
  key: () => number().notNull().generatedByDefaultAsIdentity(),
  givenKey: () => number().notNull(),
  partnerKey: (columns: [pg.PgColumn, ...pg.PgColumn[]]) => [pg.primaryKey({ columns })],
  primaryKey: (columns: [pg.PgColumn, ...pg.PgColumn[]]) => pg.primaryKey({ columns }),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  belongsTo: (columns: [pg.PgColumn, pg.PgColumn], foreignColumns: [pg.PgColumn, pg.PgColumn]) =>
    pg.foreignKey({ columns, foreignColumns }),
}

// The one cast between the dialects: both kits build the same JavaScript values under the same names.
export const c: Kit = dialectOf(databaseUrl()) === 'postgres' ? (postgresKit as unknown as Kit) : sqliteKit
