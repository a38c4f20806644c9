import { and, type Column, gte, lte, type SQL } from 'drizzle-orm'

/** From and to, both included; either may be open. */
export type Range = { from?: number; to?: number }

export function within(column: Column, range: Range | undefined): SQL | undefined {
  return and(
    range?.from === undefined ? undefined : gte(column, range.from),
    range?.to === undefined ? undefined : lte(column, range.to),
  )
}
