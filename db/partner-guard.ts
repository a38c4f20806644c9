import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Partner isolation, enforced where every statement passes. Inside `withPartner(id)` a statement that touches a partner's table
 * must name its partner, and the partner must be that one; system rows of partner 0 may be read. Without a partner such a
 * statement is refused, unless the code says `acrossPartners`.
 */
type Scope = number | 'across'

// The connection may have been opened by another bundle of this process: both must ask the same store.
const place = globalThis as { [scopeKey]?: AsyncLocalStorage<Scope> }
const scopeKey = Symbol.for('usher.partner-scope')
place[scopeKey] ??= new AsyncLocalStorage<Scope>()
const scope = place[scopeKey]

/** Runs `fn` for one partner: no statement made in it reaches rows of another. */
export function withPartner<T>(partnerId: number, fn: () => Promise<T>): Promise<T> {
  // Queries run when they are awaited, so that must happen inside.
  return scope.run(partnerId, async () => await fn())
}

/** Runs `fn` without the guard: for sign-in, the operator, and sweeps over all partners. */
export function acrossPartners<T>(fn: () => Promise<T>): Promise<T> {
  return scope.run('across', async () => await fn())
}

/** A statement that would have left its partner. Always a fault of the program, never of the caller. */
export class PartnerGuardError extends Error {
  override name = 'PartnerGuardError'
}

type Plan = { tables: string[]; unnamed: string[]; params: number[]; writes: boolean }

/** A check to run before each statement, for the tables that hold partner data. */
export function partnerGuard(ownedTables: string[]) {
  const plans = new Map<string, Plan>()

  return (sql: string, params: unknown[]) => {
    let plan = plans.get(sql)
    if (!plan) {
      plan = planOf(sql, ownedTables)
      if (plans.size > 5_000) plans.clear()
      plans.set(sql, plan)
    }
    if (plan.tables.length === 0) return

    const partner = scope.getStore()
    if (partner === 'across') return
    if (partner === undefined) throw new PartnerGuardError(`Statement on ${plan.tables} outside of a partner: ${sql}`)
    if (plan.unnamed.length > 0 || plan.params.length === 0)
      throw new PartnerGuardError(`Statement does not name its partner: ${sql}`)
    for (const index of plan.params) {
      const value = params[index]
      const isSystemRow = value === 0 && !plan.writes
      if (value !== partner && !isSystemRow)
        throw new PartnerGuardError(`Statement of partner ${partner} names partner ${value}: ${sql}`)
    }
  }
}

/** Which partner tables the statement touches, which of them it leaves open, and where it binds the partner's id. */
function planOf(sql: string, ownedTables: string[]): Plan {
  const tables = ownedTables.filter((table) => sql.includes(`"${table}"`))
  const isInsert = /^insert /i.test(sql)
  const named = (table: string) =>
    sql.includes(`"${table}"."partner_id"`) || (isInsert && sql.startsWith(`insert into "${table}" ("partner_id"`))
  return {
    tables,
    unnamed: tables.filter((table) => !named(table)),
    params: [...boundByComparison(sql), ...(isInsert ? boundByInsert(sql) : [])],
    writes: !/^\s*(select|with)\b/i.test(sql),
  }
}

/** `"partner_id" = ?` and `"partner_id" in (?, ?)`, with SQLite's `?` or PostgreSQL's `$3`. */
function boundByComparison(sql: string) {
  const found: number[] = []
  for (const match of sql.matchAll(/"partner_id" (?:= |in \()((?:\?|\$\d+)(?:, (?:\?|\$\d+))*)/g)) {
    const start = match.index + match[0].length - (match[1]?.length ?? 0)
    found.push(...indexesAt(sql, start, match[1] ?? ''))
  }
  return found
}

/** The first value of each inserted row: every partner table has the partner's id as its first column. */
function boundByInsert(sql: string) {
  const values = sql.indexOf(' values ')
  const found: number[] = []
  for (const match of sql.slice(values).matchAll(/(?: values |\), )\((\?|\$\d+)/g)) {
    found.push(...indexesAt(sql, values + match.index + match[0].length - (match[1]?.length ?? 0), match[1] ?? ''))
  }
  return found
}

function indexesAt(sql: string, start: number, list: string) {
  if (list.startsWith('$')) return list.split(', ').map((item) => Number(item.slice(1)) - 1)
  const before = sql.slice(0, start).split('?').length - 1
  return list.split(', ').map((_, offset) => before + offset)
}
