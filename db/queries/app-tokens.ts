import { and, asc, desc, eq, getTableColumns, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import { db } from '../client'
import { users } from '../schema/people'
import { appTokens } from '../schema/sessions'
import { forUpdate } from '../sql'
import { userStatus } from '../statuses'
import { type Range, within } from '../within'

export type AppTokenRow = typeof appTokens.$inferSelect

/** A token with the user whose sessions it starts, if there is one. */
export type ListedAppToken = AppTokenRow & { sessionUserId: string | null; userStatus: number | null }

/** All of it must hold; `isActive` asks for tokens whose user is not blocked, or is. Times are epoch milliseconds. */
export type AppTokenQuery = {
  ids?: string[]
  userIdKey?: string
  isActive?: boolean
  createdAt?: Range
  updatedAt?: Range
}

export type AppTokenOrder = { column: 'createdAt' | 'updatedAt'; isDescending: boolean }

const withUser = (partnerId: number) =>
  db()
    .select({ ...getTableColumns(appTokens), sessionUserId: users.id, userStatus: users.status })
    .from(appTokens)
    .leftJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, appTokens.userKey)))
    .$dynamic()

export async function insertAppToken(token: typeof appTokens.$inferInsert) {
  await db().insert(appTokens).values(token)
}

/** The token of an id, or null. */
export async function findAppToken(partnerId: number, id: string): Promise<ListedAppToken | null> {
  const [token] = await withUser(partnerId).where(and(eq(appTokens.partnerId, partnerId), eq(appTokens.id, id)))
  return token ?? null
}

/** The same, held until the transaction ends. */
export async function findAppTokenForUpdate(partnerId: number, id: string): Promise<ListedAppToken | null> {
  const own = and(eq(appTokens.partnerId, partnerId), eq(appTokens.id, id))
  // PostgreSQL holds no rows of an outer join.
  await forUpdate(db().select({ id: appTokens.id }).from(appTokens).where(own))
  return findAppToken(partnerId, id)
}

/** A page of tokens in the asked order, then by id. */
export async function listAppTokens(
  partnerId: number,
  query: AppTokenQuery,
  page: { orders: AppTokenOrder[]; limit: number; offset: number },
): Promise<ListedAppToken[]> {
  return withUser(partnerId)
    .where(and(...conditionsOf(partnerId, query)))
    .orderBy(...page.orders.map((order) => (order.isDescending ? desc : asc)(appTokens[order.column])), asc(appTokens.id))
    .limit(page.limit)
    .offset(page.offset)
}

export async function countAppTokens(partnerId: number, query: AppTokenQuery): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(appTokens)
    .leftJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, appTokens.userKey)))
    .where(and(...conditionsOf(partnerId, query)))
  return row?.count ?? 0
}

export async function updateAppToken(partnerId: number, id: string, changes: Partial<AppTokenRow>) {
  await db()
    .update(appTokens)
    .set(changes)
    .where(and(eq(appTokens.partnerId, partnerId), eq(appTokens.id, id)))
}

export async function deleteAppToken(partnerId: number, id: string) {
  await db()
    .delete(appTokens)
    .where(and(eq(appTokens.partnerId, partnerId), eq(appTokens.id, id)))
}

/** Deletes the tokens that start sessions of a user; answers their ids. */
export async function deleteAppTokensOfUser(partnerId: number, userKey: number): Promise<string[]> {
  const gone = await db()
    .delete(appTokens)
    .where(and(eq(appTokens.partnerId, partnerId), eq(appTokens.userKey, userKey)))
    .returning({ id: appTokens.id })
  return gone.map((token) => token.id)
}

function conditionsOf(partnerId: number, query: AppTokenQuery): (SQL | undefined)[] {
  return [
    eq(appTokens.partnerId, partnerId),
    query.ids && inArray(appTokens.id, query.ids),
    query.userIdKey === undefined ? undefined : eq(users.idKey, query.userIdKey),
    query.isActive === undefined
      ? undefined
      : query.isActive
        ? or(isNull(users.status), eq(users.status, userStatus.active))
        : eq(users.status, userStatus.blocked),
    within(appTokens.createdAt, query.createdAt),
    within(appTokens.updatedAt, query.updatedAt),
  ]
}
