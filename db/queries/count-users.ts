import { setImmediate as nextTurn } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import type { Db } from '../connection'
import { allOf, prepared, preparedForms } from '../prepared'
import { partnerCounts } from '../schema/accounts'
import { users } from '../schema/people'
import { plansSearches } from '../sql'
import { userStatus } from '../statuses'
import { untilChanged } from '../until-changed'
import { isSearch, rarePhrase } from './search-users'
import { conditionsOf, type Search, type UserQuery } from './user-conditions'
import { keysOf } from './user-counts'

/**
 * How many users match. Unfiltered and by status alone it is read from the counts; otherwise it is counted, at most up to `cap`
 * if one is given.
 */
export async function countUsers(partnerId: number, query: UserQuery, cap?: number): Promise<number> {
  const { statuses, ...rest } = query
  if (Object.values(rest).every((condition) => condition === undefined)) return countByStatus(partnerId, statuses)

  return remembered(JSON.stringify([partnerId, query, cap]), () =>
    countMatching(partnerId, query, cap ?? Number.MAX_SAFE_INTEGER),
  )
}

/** Whoever turns the pages of a list asks for the same count again and again. */
const remembered = untilChanged<number>(1_000)

/** So many that have a text are counted at once, in some tens of milliseconds; more are counted part by part. */
const fewToCount = 20_000

async function countMatching(partnerId: number, query: UserQuery, cap: number) {
  const phrase = await rarePhrase(partnerId, query, fewToCount)
  if (phrase !== null || plansSearches() || !isSearch(query)) return countIn(partnerId, query, { phrase }, cap)

  // SQLite works in this process: others have their turn between two parts.
  const { from } = keysOf(partnerId)
  const last = from + (await lastUserNumber(partnerId))
  let count = 0
  for (let key = from; key <= last && count < cap; key += partLength) {
    const keys = { from: key, to: key + partLength - 1 }
    count += await countIn(partnerId, query, { phrase: null, keys }, cap - count)
    await nextTurn()
  }
  return count
}

/** Keys looked through at once. */
const partLength = 20_000

async function countIn(partnerId: number, query: UserQuery, search: Search, cap: number) {
  const { form, values, where } = allOf(conditionsOf(partnerId, query, search))
  const build = (db: Db) =>
    db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(
      db
        .select({ one: sql`1`.as('one') })
        .from(users)
        .where(where())
        .limit(sql.placeholder('cap'))
        .as('matching'),
    )
  const [row] = await counts(form, build, { ...values, cap })
  return row?.count ?? 0
}

const counts = preparedForms<{ count: number }[]>()

const statusCounts = prepared((db) =>
  db
    .select()
    .from(partnerCounts)
    .where(eq(partnerCounts.partnerId, sql.placeholder('partnerId'))),
)

async function lastUserNumber(partnerId: number) {
  const [counted] = await statusCounts({ partnerId })
  return counted?.lastUserNumber ?? 0
}

async function countByStatus(partnerId: number, statuses: number[]) {
  const [counted] = await statusCounts({ partnerId })
  const byStatus: Record<number, number | undefined> = {
    [userStatus.blocked]: counted?.blocked,
    [userStatus.active]: counted?.active,
    [userStatus.deleted]: counted?.deleted,
  }
  return [...new Set(statuses)].reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)
}
