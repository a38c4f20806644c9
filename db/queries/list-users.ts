import { and, asc, desc, eq, getTableColumns, gte, inArray, isNotNull, isNull, lte, not, or, type SQL, sql } from 'drizzle-orm'
import { db } from '../client'
import { partnerCounts } from '../schema/accounts'
import { loginData, loginInvitations, userRoles, users, userTags } from '../schema/people'
import { searchPhrase } from '../search-text'
import { contains, searchTextHas, startsWith } from '../sql'
import { keysOf, type UserRow } from './users'

/** Columns that a list can be ordered by; every one has an index behind the partner. */
const orderColumns = {
  createdAt: users.createdAt,
  updatedAt: users.updatedAt,
  id: users.idKey,
  screenName: users.screenNameKey,
  firstName: users.firstNameKey,
  lastName: users.lastNameKey,
  fullName: users.fullNameKey,
  email: users.emailKey,
  lastLoginTime: users.lastLoginAt,
  status: users.status,
} as const

export type UserOrder = { column: keyof typeof orderColumns; isDescending: boolean }

/** What to look for; all of it must hold. Times are epoch milliseconds, texts are folded (see `search-text.ts`). */
export type UserQuery = {
  idKeys?: string[]
  types?: number[]
  statuses: number[]
  isAdmin?: boolean
  hasLogin?: boolean
  screenNameHas?: string
  emailHas?: string
  prefixes?: { anyOf: (keyof typeof prefixColumns)[]; prefix: string }[]
  anyTag?: string[]
  allTags?: string[]
  /** Each inner list: has one of these roles. */
  roles?: number[][]
  roleIdsEqual?: string
  freeText?: string
  createdAt?: Range
  updatedAt?: Range
  lastLoginAt?: Range
  hasSignedIn?: boolean
}

type Range = { from?: number; to?: number }

const prefixColumns = {
  id: users.idKey,
  screenName: users.screenNameKey,
  email: users.emailKey,
  firstName: users.firstNameKey,
  lastName: users.lastNameKey,
  fullName: users.fullNameKey,
} as const

/** A user with what its sign-in says. */
export type ListedUser = UserRow & { loginId: string | null; lockedUntil: number | null; isInvited: boolean }

/** Where a page by cursor begins: behind the row with this order value and key. */
export type Keyset = { value: string | number; key: number; isBackwards: boolean }

const listedColumns = {
  ...getTableColumns(users),
  loginId: loginData.loginEmail,
  lockedUntil: loginData.loginBlockedUntil,
  isInvited:
    sql<boolean>`exists (select 1 from ${loginInvitations} where ${loginInvitations.partnerId} = ${users.partnerId} and ${loginInvitations.userKey} = ${users.key})`.mapWith(
      Boolean,
    ),
}

/** A page of users in the asked order, then by key, so that equal values keep their places. */
export async function listUsers(
  partnerId: number,
  query: UserQuery,
  page: { orders: [UserOrder, ...UserOrder[]]; limit: number; offset?: number; after?: Keyset },
): Promise<ListedUser[]> {
  const [first] = page.orders
  const isDescending = first.isDescending !== (page.after?.isBackwards ?? false)
  const orders = page.after ? [{ ...first, isDescending }] : page.orders
  const tieBreak = isDescending ? desc(users.key) : asc(users.key)

  const rows = await db()
    .select(listedColumns)
    .from(users)
    .leftJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(...conditionsOf(partnerId, query), page.after && behind(first, isDescending, page.after)))
    .orderBy(...orders.map((order) => (order.isDescending ? desc : asc)(orderColumns[order.column])), tieBreak)
    .limit(page.limit)
    .offset(page.offset ?? 0)
  return page.after?.isBackwards ? rows.reverse() : rows
}

/** One user with what its sign-in says, deleted ones too, or null. */
export async function findListedUser(partnerId: number, key: number): Promise<ListedUser | null> {
  const [user] = await db()
    .select(listedColumns)
    .from(users)
    .leftJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(eq(users.partnerId, partnerId), eq(users.key, key)))
  return user ?? null
}

/**
 * How many users match. Unfiltered and by status alone it is read from the counts; otherwise it is counted, at most up to `cap`
 * if one is given.
 */
export async function countUsers(partnerId: number, query: UserQuery, cap?: number): Promise<number> {
  const { statuses, ...rest } = query
  if (Object.values(rest).every((condition) => condition === undefined)) return countByStatus(partnerId, statuses)

  const matching = db()
    .select({ one: sql`1`.as('one') })
    .from(users)
    .where(and(...conditionsOf(partnerId, query)))
    .limit(cap ?? Number.MAX_SAFE_INTEGER)
    .as('matching')
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(matching)
  return row?.count ?? 0
}

async function countByStatus(partnerId: number, statuses: number[]) {
  const [counts] = await db().select().from(partnerCounts).where(eq(partnerCounts.partnerId, partnerId))
  const byStatus = [counts?.blocked ?? 0, counts?.active ?? 0, counts?.deleted ?? 0]
  return [...new Set(statuses)].reduce((sum, status) => sum + (byStatus[status] ?? 0), 0)
}

/** The order value of a row, for the cursor behind it. */
export function orderValueOf(user: UserRow, { column }: UserOrder): string | number {
  const byColumn = {
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
    id: user.idKey,
    screenName: user.screenNameKey,
    firstName: user.firstNameKey,
    lastName: user.lastNameKey,
    fullName: user.fullNameKey,
    email: user.emailKey,
    lastLoginTime: user.lastLoginAt,
    status: user.status,
  }
  return byColumn[column]
}

function behind({ column }: UserOrder, isDescending: boolean, { value, key }: Keyset): SQL {
  return sql`(${orderColumns[column]}, ${users.key}) ${sql.raw(isDescending ? '<' : '>')} (${value}, ${key})`
}

function conditionsOf(partnerId: number, query: UserQuery): (SQL | undefined)[] {
  return [
    eq(users.partnerId, partnerId),
    statusIs(query.statuses),
    query.idKeys && inArray(users.idKey, query.idKeys),
    query.types && inArray(users.type, query.types),
    query.isAdmin === undefined ? undefined : eq(users.isAdmin, query.isAdmin),
    query.hasLogin === undefined ? undefined : query.hasLogin ? isNotNull(users.loginDataId) : isNull(users.loginDataId),
    query.screenNameHas === undefined ? undefined : hasText(partnerId, users.screenNameKey, query.screenNameHas),
    query.emailHas === undefined ? undefined : hasText(partnerId, users.emailKey, query.emailHas),
    ...(query.prefixes ?? []).map(({ anyOf, prefix }) => or(...anyOf.map((column) => startsWith(prefixColumns[column], prefix)))),
    query.anyTag && inArray(users.key, keysWithTag(partnerId, query.anyTag)),
    ...(query.allTags ?? []).map((tag) => inArray(users.key, keysWithTag(partnerId, [tag]))),
    ...(query.roles ?? []).map((roles) => inArray(users.key, keysWithRole(partnerId, roles))),
    query.roleIdsEqual === undefined ? undefined : eq(users.roleIds, query.roleIdsEqual),
    query.freeText === undefined ? undefined : freeText(partnerId, query.freeText),
    ...within(users.createdAt, query.createdAt),
    ...within(users.updatedAt, query.updatedAt),
    ...within(users.lastLoginAt, query.lastLoginAt),
    query.hasSignedIn === undefined ? undefined : query.hasSignedIn ? not(eq(users.lastLoginAt, 0)) : eq(users.lastLoginAt, 0),
  ]
}

/** Every status together needs no condition, which keeps the plain orders on their indices. */
function statusIs(statuses: number[]) {
  const [one] = statuses
  if (statuses.length === 1 && one !== undefined) return eq(users.status, one)
  return new Set(statuses).size < 3 ? inArray(users.status, statuses) : undefined
}

/** The index finds the candidates of three letters and more; the column decides. */
function hasText(partnerId: number, column: typeof users.emailKey | typeof users.screenNameKey, text: string) {
  const phrase = text.trim().length < 3 ? null : searchPhrase(text)
  return and(phrase ? searchTextHas(phrase, keysOf(partnerId)) : undefined, contains(column, text))
}

function freeText(partnerId: number, text: string) {
  const phrase = searchPhrase(text)
  return phrase === null ? undefined : searchTextHas(phrase, keysOf(partnerId))
}

function keysWithTag(partnerId: number, tags: string[]) {
  return db()
    .select({ key: userTags.userKey })
    .from(userTags)
    .where(and(eq(userTags.partnerId, partnerId), inArray(userTags.tag, tags)))
}

function keysWithRole(partnerId: number, roles: number[]) {
  return db()
    .select({ key: userRoles.userKey })
    .from(userRoles)
    .where(and(eq(userRoles.partnerId, partnerId), inArray(userRoles.roleId, roles)))
}

function within(column: typeof users.createdAt | typeof users.updatedAt | typeof users.lastLoginAt, range: Range | undefined) {
  return [
    range?.from === undefined ? undefined : gte(column, range.from),
    range?.to === undefined ? undefined : lte(column, range.to),
  ]
}
