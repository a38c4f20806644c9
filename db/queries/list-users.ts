import { and, asc, desc, eq, getTableColumns, gte, inArray, isNotNull, isNull, lte, not, or, sql } from 'drizzle-orm'
import { type Db, db } from '../client'
import { allOf, prepared, preparedForms, type Term, term } from '../prepared'
import { partnerCounts } from '../schema/accounts'
import { loginData, loginInvitations, userRoles, users, userTags } from '../schema/people'
import { searchPhrase } from '../search-text'
import { contains, notDeleted, searchTextHas, startsWith } from '../sql'
import { idKeyOf, keysOf, type UserRow } from './users'

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
export type ListedUser = UserRow & { loginId: string | null; lockedUntil: number | null; invitedUntil: number | null }

/** Where a page by cursor begins: behind the row with this order value and key. */
export type Keyset = { value: string | number; key: number; isBackwards: boolean }

const listedColumns = {
  ...getTableColumns(users),
  loginId: loginData.loginEmail,
  lockedUntil: loginData.loginBlockedUntil,
  invitedUntil: sql<
    number | null
  >`(select ${loginInvitations.expiresAt} from ${loginInvitations} where ${loginInvitations.partnerId} = ${users.partnerId} and ${loginInvitations.userKey} = ${users.key})`.mapWith(
    Number,
  ),
}

type Page = { orders: [UserOrder, ...UserOrder[]]; limit: number; offset?: number; after?: Keyset }

const pages = preparedForms<ListedUser[]>()

/** A page of users in the asked order, then by key, so that equal values keep their places. */
export async function listUsers(partnerId: number, query: UserQuery, page: Page): Promise<ListedUser[]> {
  const [first] = page.orders
  const isDescending = first.isDescending !== (page.after?.isBackwards ?? false)
  const orders = page.after ? [{ ...first, isDescending }] : page.orders
  const { form, values, where } = allOf([
    ...conditionsOf(partnerId, query),
    ...(page.after ? [behind(first, isDescending, page.after)] : []),
  ])
  const build = (db: Db) =>
    db
      .select(listedColumns)
      .from(users)
      .leftJoin(loginData, eq(loginData.id, users.loginDataId))
      .where(where())
      .orderBy(
        ...orders.map((order) => (order.isDescending ? desc : asc)(orderColumns[order.column])),
        (isDescending ? desc : asc)(users.key),
      )
      .limit(sql.placeholder('limit'))
      .offset(sql.placeholder('offset'))

  const rows = await pages(`${form} by ${orders.map(nameOf)}`, build, { ...values, limit: page.limit, offset: page.offset ?? 0 })
  return page.after?.isBackwards ? rows.reverse() : rows
}

const nameOf = ({ column, isDescending }: UserOrder) => `${isDescending ? '-' : '+'}${column}`

const listedByKey = prepared((db) =>
  db
    .select(listedColumns)
    .from(users)
    .leftJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.key, sql.placeholder('key')))),
)

/** One user with what its sign-in says, deleted ones too, or null. */
export async function findListedUser(partnerId: number, key: number): Promise<ListedUser | null> {
  const [user] = await listedByKey({ partnerId, key })
  return user ?? null
}

const listedById = prepared((db) =>
  db
    .select(listedColumns)
    .from(users)
    .leftJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.idKey, sql.placeholder('idKey')), notDeleted))
    .limit(1),
)

/** The same for the non-deleted user of an id. */
export async function findListedUserById(partnerId: number, id: string): Promise<ListedUser | null> {
  const [user] = await listedById({ partnerId, idKey: idKeyOf(id) })
  return user ?? null
}

/**
 * How many users match. Unfiltered and by status alone it is read from the counts; otherwise it is counted, at most up to `cap`
 * if one is given.
 */
export async function countUsers(partnerId: number, query: UserQuery, cap?: number): Promise<number> {
  const { statuses, ...rest } = query
  if (Object.values(rest).every((condition) => condition === undefined)) return countByStatus(partnerId, statuses)

  const { form, values, where } = allOf(conditionsOf(partnerId, query))
  const build = (db: Db) =>
    db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(
      db
        .select({ one: sql`1`.as('one') })
        .from(users)
        .where(where())
        .limit(sql.placeholder('cap'))
        .as('matching'),
    )
  const [row] = await counts(form, build, { ...values, cap: cap ?? Number.MAX_SAFE_INTEGER })
  return row?.count ?? 0
}

const counts = preparedForms<{ count: number }[]>()

const statusCounts = prepared((db) =>
  db
    .select()
    .from(partnerCounts)
    .where(eq(partnerCounts.partnerId, sql.placeholder('partnerId'))),
)

async function countByStatus(partnerId: number, statuses: number[]) {
  const [counted] = await statusCounts({ partnerId })
  const byStatus = [counted?.blocked ?? 0, counted?.active ?? 0, counted?.deleted ?? 0]
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

function behind({ column }: UserOrder, isDescending: boolean, { value, key }: Keyset): Term {
  const sign = sql.raw(isDescending ? '<' : '>')
  return term(
    `behind ${isDescending}`,
    [value, key],
    (at, atKey) => sql`(${orderColumns[column]}, ${users.key}) ${sign} (${at}, ${atKey})`,
  )
}

function conditionsOf(partnerId: number, query: UserQuery): Term[] {
  const terms = [
    term('partner', [partnerId], (id) => eq(users.partnerId, id)),
    statusIn(query.statuses),
    query.idKeys && term('id', query.idKeys, (...keys) => inArray(users.idKey, keys)),
    query.types && term('type', query.types, (...types) => inArray(users.type, types)),
    query.isAdmin === undefined ? undefined : isAdministrator(query.isAdmin),
    query.hasLogin === undefined ? undefined : hasLogin(query.hasLogin),
    ...(query.screenNameHas === undefined ? [] : hasText(partnerId, users.screenNameKey, query.screenNameHas)),
    ...(query.emailHas === undefined ? [] : hasText(partnerId, users.emailKey, query.emailHas)),
    ...(query.prefixes ?? []).map(({ anyOf, prefix }) =>
      either(anyOf.map((column) => startsWith(prefixColumns[column], prefix))),
    ),
    query.anyTag && hasTag(partnerId, query.anyTag),
    ...(query.allTags ?? []).map((tag) => hasTag(partnerId, [tag])),
    ...(query.roles ?? []).map((roles) => hasRole(partnerId, roles)),
    query.roleIdsEqual === undefined ? undefined : term('roles', [query.roleIdsEqual], (ids) => eq(users.roleIds, ids)),
    query.freeText === undefined ? undefined : freeText(partnerId, query.freeText),
    ...within(users.createdAt, query.createdAt),
    ...within(users.updatedAt, query.updatedAt),
    ...within(users.lastLoginAt, query.lastLoginAt),
    query.hasSignedIn === undefined ? undefined : hasSignedIn(query.hasSignedIn),
  ]
  return terms.filter((each) => each !== undefined)
}

/** Every status together needs no condition, which keeps the plain orders on their indices. */
function statusIn(statuses: number[]) {
  return new Set(statuses).size < 3 ? term('status', statuses, (...bound) => inArray(users.status, bound)) : undefined
}

const isAdministrator = (is: boolean) => term(`admin ${is}`, [], () => eq(users.isAdmin, is))

const hasLogin = (has: boolean) => term(`login ${has}`, [], () => (has ? isNotNull : isNull)(users.loginDataId))

const hasSignedIn = (has: boolean) =>
  term(`signed in ${has}`, [], () => (has ? not(eq(users.lastLoginAt, 0)) : eq(users.lastLoginAt, 0)))

/** The index finds the candidates of three letters and more; the column decides. */
function hasText(partnerId: number, column: typeof users.emailKey | typeof users.screenNameKey, text: string) {
  const phrase = text.trim().length < 3 ? null : searchPhrase(text)
  return [...(phrase ? [searchTextHas(phrase, keysOf(partnerId))] : []), contains(column, text)]
}

function freeText(partnerId: number, text: string) {
  const phrase = searchPhrase(text)
  return phrase === null ? undefined : searchTextHas(phrase, keysOf(partnerId))
}

/** One of the terms holds. */
function either(terms: Term[]): Term {
  const starts = terms.map((_, at) => terms.slice(0, at).reduce((sum, { values }) => sum + values.length, 0))
  return term(
    terms.map(({ form }) => form).join(' or '),
    terms.flatMap(({ values }) => values),
    (...bound) =>
      or(...terms.map(({ build, values }, at) => build(...bound.slice(starts[at], (starts[at] ?? 0) + values.length)))),
  )
}

const hasTag = (partnerId: number, tags: string[]) =>
  term('tag', [partnerId, ...tags], (id, ...bound) =>
    inArray(
      users.key,
      db()
        .select({ key: userTags.userKey })
        .from(userTags)
        .where(and(eq(userTags.partnerId, id as never), inArray(userTags.tag, bound))),
    ),
  )

const hasRole = (partnerId: number, roles: number[]) =>
  term('role', [partnerId, ...roles], (id, ...bound) =>
    inArray(
      users.key,
      db()
        .select({ key: userRoles.userKey })
        .from(userRoles)
        .where(and(eq(userRoles.partnerId, id as never), inArray(userRoles.roleId, bound))),
    ),
  )

function within(column: typeof users.createdAt | typeof users.updatedAt | typeof users.lastLoginAt, range: Range | undefined) {
  return [
    range?.from === undefined ? undefined : term(`${column.name} from`, [range.from], (from) => gte(column, from)),
    range?.to === undefined ? undefined : term(`${column.name} to`, [range.to], (to) => lte(column, to)),
  ]
}
