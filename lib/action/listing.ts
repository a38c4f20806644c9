import type { z } from 'zod'
import { itemsOf } from '@/db/comma-list'
import { ActionError } from './errors'
import { int, object, text, time } from './fields'

/** How every service filters, orders and pages its lists (§9). Safe to import in the browser. */

/** Which part of a list (§9.3). */
export const FilterPager = object('KalturaFilterPager', {
  pageSize: int().nullish(),
  pageIndex: int().nullish(),
  objectType: text(100).optional(),
})

/** When something was added or changed: fields of most filters. */
export const changeTimes = {
  createdAtGreaterThanOrEqual: time().nullish(),
  createdAtLessThanOrEqual: time().nullish(),
  updatedAtGreaterThanOrEqual: time().nullish(),
  updatedAtLessThanOrEqual: time().nullish(),
}

const [defaultPageSize, largestPage, offsetLimit] = [30, 500, 10_000]

/** The rows that a page shows. `QUERY_EXCEEDED_MAX_MATCHES_ALLOWED` from 10,000 rows on. */
export function pageOf(pager: z.output<typeof FilterPager> | null | undefined) {
  const limit = Math.min(Math.max(pager?.pageSize ?? defaultPageSize, 0), largestPage)
  const offset = (Math.max(pager?.pageIndex ?? 1, 1) - 1) * limit
  if (offset >= offsetLimit) throw new ActionError('QUERY_EXCEEDED_MAX_MATCHES_ALLOWED')
  return { limit, offset }
}

export type Order<C extends string> = { column: C; isDescending: boolean }

/** The known items of `orderBy` (§9.2), `fallback` if there are none. Unknown ones are dropped. */
export function ordersOf<C extends string>(
  orderBy: string | null | undefined,
  columns: readonly C[],
  fallback: Order<C>,
): [Order<C>, ...Order<C>[]] {
  const known = itemsOf(orderBy).flatMap((item) => {
    const column = columns.find((name) => name === item.replace(/^[+-]/, ''))
    return column ? [{ column, isDescending: item.startsWith('-') }] : []
  })
  const [first, ...rest] = known
  return first ? [first, ...rest] : [fallback]
}

/** Values in one filter field. */
export const mostValues = 500

/** The items of a comma-separated value, so many at most. More are `PROPERTY_VALIDATION_MAX_LENGTH`. */
export function items(property: string, value: string, most = mostValues) {
  const found = itemsOf(value)
  if (found.length > most) throw new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: property, MAX_LEN: most })
  return found
}

/** What both an `Equal` and an `In` allow; undefined without either, as null and empty count for nothing. */
export function texts(property: string, equal: string | null | undefined, listed: string | null | undefined) {
  const list = listed ? items(property, listed) : undefined
  if (!equal) return list
  return !list || list.includes(equal) ? [equal] : []
}

/** The same for numbers, where 0 is a value. */
export function numbers(property: string, equal: number | null | undefined, listed: string | null | undefined) {
  const list = listed ? items(property, listed).map(Number).filter(Number.isSafeInteger) : undefined
  if (equal == null) return list
  return !list || list.includes(equal) ? [equal] : []
}

/** Whole seconds, inclusive, as milliseconds. */
export function range(from: number | null | undefined, to: number | null | undefined) {
  if (!from && !to) return undefined
  return { from: from ? from * 1000 : undefined, to: to ? to * 1000 + 999 : undefined }
}

type ChangeTimes = { [K in keyof typeof changeTimes]?: number | null }

/** The times of a filter, as milliseconds. */
export function changeRanges(filter: ChangeTimes) {
  return {
    createdAt: range(filter.createdAtGreaterThanOrEqual, filter.createdAtLessThanOrEqual),
    updatedAt: range(filter.updatedAtGreaterThanOrEqual, filter.updatedAtLessThanOrEqual),
  }
}

/** Epoch milliseconds as kept → epoch seconds as the contract speaks. */
export const seconds = (at: number) => Math.floor(at / 1000)
