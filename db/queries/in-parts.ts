import { getTableColumns } from 'drizzle-orm'
import { users } from '../schema/people'

/** The widest table whose rows are written many at a time. */
const columnCount = Object.keys(getTableColumns(users)).length

/** Parts that stay below the number of values one statement may bind. */
export function* inParts<T>(rows: T[]) {
  const size = Math.floor(30_000 / columnCount)
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
