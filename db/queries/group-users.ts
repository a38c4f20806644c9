import { aliasedTable, and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import { db } from '../client'
import { groupUsers, users } from '../schema/people'
import { notDeleted } from '../sql'
import { type Range, within } from '../within'
import type { UserRow } from './users'

export type GroupUserRow = typeof groupUsers.$inferSelect

/** A link with the ids of both sides, as people know them. */
export type ListedGroupUser = GroupUserRow & { groupId: string; groupType: number; userId: string }

/** All of it must hold; ids are folded as in `idKeyOf`, times are epoch milliseconds. */
export type GroupUserQuery = {
  groupIdKeys?: string[]
  userIdKeys?: string[]
  groupType?: number
  createdAt?: Range
  updatedAt?: Range
}

export type GroupUserOrder = { column: 'createdAt' | 'updatedAt'; isDescending: boolean }

const groups = aliasedTable(users, 'member_groups')
const deleted = 2

/** Puts a user into a group; null if he is in it already. */
export async function addGroupUser(link: GroupUserRow): Promise<GroupUserRow | null> {
  const [added] = await db().insert(groupUsers).values(link).onConflictDoNothing().returning()
  return added ?? null
}

/** Takes a user out of a group; false if he was not in it. */
export async function deleteGroupUser(partnerId: number, groupKey: number, userKey: number): Promise<boolean> {
  const gone = await db()
    .delete(groupUsers)
    .where(and(eq(groupUsers.partnerId, partnerId), eq(groupUsers.groupKey, groupKey), eq(groupUsers.userKey, userKey)))
    .returning({ groupKey: groupUsers.groupKey })
  return gone.length > 0
}

/** A page of links between users and groups that are not deleted. */
export async function listGroupUsers(
  partnerId: number,
  query: GroupUserQuery,
  page: { orders: GroupUserOrder[]; limit: number; offset: number },
): Promise<ListedGroupUser[]> {
  const orders = page.orders.map(({ column, isDescending }) => (isDescending ? desc : asc)(groupUsers[column]))
  const rows = await living(partnerId, query)
    .orderBy(...orders, asc(groupUsers.groupKey), asc(groupUsers.userKey))
    .limit(page.limit)
    .offset(page.offset)
  return rows.map(({ link, ...ids }) => ({ ...link, ...ids }))
}

export async function countGroupUsers(partnerId: number, query: GroupUserQuery): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(living(partnerId, query).as('living'))
  return row?.count ?? 0
}

/** The groups that a user is in. */
export async function listGroupsOfUser(partnerId: number, userKey: number): Promise<UserRow[]> {
  const rows = await db()
    .select({ group: users })
    .from(groupUsers)
    .innerJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, groupUsers.groupKey)))
    .where(and(eq(groupUsers.partnerId, partnerId), eq(groupUsers.userKey, userKey), notDeleted))
  return rows.map((row) => row.group)
}

/** Group key → how many users that are not deleted are in it; an empty group is absent. */
export async function countMembers(partnerId: number, groupKeys: number[]): Promise<Map<number, number>> {
  if (groupKeys.length === 0) return new Map()
  const rows = await db()
    .select({ groupKey: groupUsers.groupKey, count: sql<number>`count(*)`.mapWith(Number) })
    .from(groupUsers)
    .innerJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, groupUsers.userKey)))
    .where(and(eq(groupUsers.partnerId, partnerId), inArray(groupUsers.groupKey, groupKeys), notDeleted))
    .groupBy(groupUsers.groupKey)
  return new Map(rows.map(({ groupKey, count }) => [groupKey, count]))
}

function living(partnerId: number, query: GroupUserQuery) {
  return db()
    .select({
      link: groupUsers,
      groupId: sql<string>`${groups.id}`.as('group_id'),
      groupType: sql<number>`${groups.type}`.mapWith(Number).as('group_type'),
      userId: sql<string>`${users.id}`.as('user_id'),
    })
    .from(groupUsers)
    .innerJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, groupUsers.userKey)))
    .innerJoin(groups, and(eq(groups.partnerId, partnerId), eq(groups.key, groupUsers.groupKey)))
    .where(and(...conditionsOf(partnerId, query)))
    .$dynamic()
}

function conditionsOf(partnerId: number, query: GroupUserQuery): (SQL | undefined)[] {
  return [
    eq(groupUsers.partnerId, partnerId),
    notDeleted,
    ne(groups.status, deleted),
    query.userIdKeys && inArray(users.idKey, query.userIdKeys),
    query.groupIdKeys && inArray(groups.idKey, query.groupIdKeys),
    query.groupType === undefined ? ne(groups.type, 0) : eq(groups.type, query.groupType),
    within(groupUsers.createdAt, query.createdAt),
    within(groupUsers.updatedAt, query.updatedAt),
  ]
}
