import { and, type Column, gte, lt, type SQL, sql } from 'drizzle-orm'
import { connection, db } from './client'
import { type Term, term } from './prepared'
import { users } from './schema/people'

/** The only places where the two databases need different words. */

/** Whether the database knows how many users a text would find, and where best to look; SQLite has to be told. */
export const plansSearches = () => connection().dialect === 'postgres'

/** Users whose search text holds `phrase` (see `searchPhrase`), found by the trigram index. */
export function searchTextHas(phrase: string, keys: { from: number; to: number }): Term {
  if (connection().dialect === 'postgres') {
    return term('search', [`%${escapeLike(phrase)}%`], (pattern) => sql`${users.searchText} like ${pattern}`)
  }
  return term(
    'search',
    [literal(phrase), keys.from, keys.to],
    (words, from, to) =>
      sql`${users.key} in (select rowid from users_search where users_search match ${words} and rowid between ${from} and ${to})`,
  )
}

/** The same for SQLite without its index: looked for in each user that other conditions leave. */
export const rowHasText = (phrase: string): Term =>
  term('text of the row', [phrase], (text) => sql`instr(${users.searchText}, ${text}) > 0`)

/** The account of a user, as a condition that SQLite checks and does not look up by: another one is to find the users. */
export const isOfPartner = (partnerId: number): Term => term('of partner', [partnerId], (id) => sql`+${users.partnerId} = ${id}`)

/** How many entries of SQLite's search index hold `phrase`, counted up to `most`. */
export async function countEntries(phrase: string, keys: { from: number; to: number }, most: number) {
  const [row] = await db().values<[number]>(
    sql`select count(*) from (select 1 from users_search where users_search match ${literal(phrase)} and rowid between ${keys.from} and ${keys.to} limit ${most})`,
  )
  return row?.[0] ?? 0
}

/** For SQLite's search index: the characters themselves, none of them a sign of its language. */
const literal = (phrase: string) => `"${phrase.replaceAll('"', '""')}"`

/** Writes a user's entry of the search index anew. PostgreSQL's is part of the table and cannot differ from it. */
export async function rebuildSearchEntry(key: number, searchText: string) {
  if (connection().dialect === 'postgres') return
  await db().run(sql`insert or replace into users_search (rowid, search_text) values (${key}, ${searchText})`)
}

/** `text` anywhere in the column, taken literally: `%` and `_` are ordinary characters. */
export function contains(column: Column, text: string): Term {
  return term(`${column.name} contains`, [`%${escapeLike(text)}%`], (pattern) => sql`${column} like ${pattern} escape '\\'`)
}

/** The same, whatever the case of the letters. Without an index: for lists that another condition keeps short. */
export function containsInAnyCase(column: Column, text: string): SQL {
  return sql`lower(${column}) like ${`%${escapeLike(text.toLowerCase())}%`} escape '\\'`
}

/** The column begins with `prefix`; a range, so that an index serves it. */
export function startsWith(column: Column, prefix: string): Term {
  // Both databases compare by code point, and U+10FFFF is the last of them.
  return term(`${column.name} begins`, [prefix, `${prefix}\u{10FFFF}`], (from, to) => and(gte(column, from), lt(column, to)))
}

function escapeLike(text: string) {
  return text.replace(/[\\%_]/g, '\\$&')
}

/** Written out, so that the index of living users serves it. */
export const notDeleted = sql`${users.status} <> 2`

/** Holds the rows read until the transaction ends. SQLite's one writer holds everything already. */
export function forUpdate<Q>(query: Q): Q {
  const locking = query as Q & { for?: (strength: 'update') => Q }
  return locking.for ? locking.for('update') : query
}

/** Holds the rows read until the transaction ends, and passes over those that another one holds. SQLite has one writer at a time. */
export function skipLocked<Q>(query: Q): Q {
  const locking = query as Q & { for?: (strength: 'update', how: { skipLocked: true }) => Q }
  return locking.for ? locking.for('update', { skipLocked: true }) : query
}

/** The unique index or constraint that a write would have violated, or null for any other error. */
export function uniqueViolation(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, constraint, message } = cause as Error & { code?: string; constraint?: string }
    if (code === '23505') return constraint ?? ''
    if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') return indexOfColumns(message)
  }
  return null
}

/** SQLite names the columns, not the index. */
function indexOfColumns(message: string) {
  if (message.includes('users.id_key')) return 'users_id'
  if (message.includes('users.login_data_id')) return 'users_login_data'
  if (message.includes('login_data.login_email')) return 'login_data_email'
  if (message.includes('roles.name')) return 'roles_name'
  return message
}
