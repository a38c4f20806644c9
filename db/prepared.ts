import { and, Column, is, type Placeholder, SQL, sql } from 'drizzle-orm'
import { db } from './client'
import type { Db } from './connection'

type Prepared<R> = { execute(values?: Values): Promise<R> }
type Values = Record<string, unknown>

let count = 0

/** A hot query, built once. On PostgreSQL it is built for the transaction it runs in, as the driver binds it to a connection. */
export function prepared<R>(build: (db: Db) => { prepare(name: string): Prepared<R> }) {
  const name = `usher_${++count}`
  const built = new WeakMap<Db, Prepared<R>>()

  return (values: Values): Promise<R> => {
    const target = db()
    let query = built.get(target)
    if (!query) {
      query = withFastReader(build(target).prepare(name))
      built.set(target, query)
    }
    return query.execute(values)
  }
}

/** So many forms of one query are kept. */
const mostForms = 500

/**
 * A hot query of many forms, each built once: `form` names the conditions and columns there are, never their values. `build` makes the
 * query of that form, with placeholders for the values.
 */
export function preparedForms<R>() {
  const forms = new Map<string, (values: Values) => Promise<R>>()

  return (form: string, build: (db: Db) => { prepare(name: string): Prepared<R> }, values: Values): Promise<R> => {
    let query = forms.get(form)
    if (!query) {
      query = prepared(build)
      if (forms.size >= mostForms) forms.clear()
      forms.set(form, query)
    }
    return query(values)
  }
}

/** One condition of a query with many forms: its values are bound when it runs. */
export type Term = { form: string; values: unknown[]; build: (...bound: Placeholder[]) => SQL | undefined }

export const term = (form: string, values: unknown[], build: Term['build']): Term => ({ form, values, build })

/** Terms that must all hold: their form, their condition, and the values that it binds. */
export function allOf(terms: Term[]) {
  const named = terms.map(({ values }, at) => values.map((value, index) => [`term${at}_${index}`, value] as const))
  return {
    form: terms.map(({ form, values }) => `${form} ${values.length}`).join(),
    values: Object.fromEntries(named.flat()),
    where: () => and(...terms.map(({ build }, at) => build(...(named[at] ?? []).map(([name]) => sql.placeholder(name))))),
  }
}

type Field = { path: string[]; field: Column | SQL | SQL.Aliased }
type WithReader = { fields?: Field[]; customResultMapper?: (rows: unknown[][]) => unknown[] }

/**
 * Drizzle asks of each value of each row what it is; here that is asked once. The two fields are the driver's own, common to both
 * databases. A query that answers nested objects keeps Drizzle's reader.
 */
function withFastReader<Q>(query: Q): Q {
  const inner = query as Q & WithReader
  const { fields } = inner
  if (fields && !inner.customResultMapper && fields.every(({ path }) => path.length === 1)) {
    inner.customResultMapper = rowReader(fields)
  }
  return query
}

function rowReader(fields: Field[]) {
  const names = fields.map(({ path }) => path[0] ?? '')
  const decoders = fields.map(({ field }) => decoderOf(field))
  const width = names.length

  return (rows: unknown[][]) =>
    rows.map((values) => {
      const row: Record<string, unknown> = {}
      for (let at = 0; at < width; at++) {
        const value = values[at]
        const decode = decoders[at]
        row[names[at] as string] = decode && value !== null ? decode(value) : value
      }
      return row
    })
}

/** How a stored value becomes the one that the program sees; null where it is the same. */
function decoderOf(field: Field['field']) {
  if (is(field, Column)) {
    const isPlain = field.mapFromDriverValue === Column.prototype.mapFromDriverValue
    return isPlain ? null : (value: unknown) => field.mapFromDriverValue(value)
  }
  // Drizzle keeps the decoder of an expression to itself, in both kinds of field at the same place.
  const { decoder } = (is(field, SQL) ? field : field.sql) as unknown as {
    decoder: { mapFromDriverValue(value: unknown): unknown }
  }
  return (value: unknown) => decoder.mapFromDriverValue(value)
}

/** `count` placeholders for the values of a list, named `name0`, `name1` …; `listValues` fills them. */
export const placeholders = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => sql.placeholder(`${name}${at}`))

export const listValues = (name: string, list: unknown[]): Values =>
  Object.fromEntries(list.map((value, at) => [`${name}${at}`, value]))

/** Placeholders for these columns, by their names: what an insert or an update sets. */
export const columnPlaceholders = <C extends string>(columns: readonly C[]) =>
  // Drizzle takes a placeholder for any value, and encodes what is bound as it does a value; only its types of `set` do not say so.
  Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)])) as unknown as Record<C, never>
