import { and, asc, desc, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Db } from '../connection'
import { allOf, prepared, preparedForms, type Term, term } from '../prepared'
import { loginData, loginInvitations, users } from '../schema/people'
import { notDeleted } from '../sql'
import { rarePhrase } from './search-users'
import { conditionsOf, type UserQuery } from './user-conditions'
import { idKeyOf, type UserRow } from './users'

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

/** A user with what its sign-in says, without what only the search index wants. */
export type ListedUser = Omit<UserRow, 'searchText'> & {
  loginId: string | null
  lockedUntil: number | null
  invitedUntil: number | null
}

/** Where a page by cursor begins: behind the row with this order value and key. */
export type Keyset = { value: string | number; key: number; isBackwards: boolean }

const { searchText: _, ...shownColumns } = getTableColumns(users)

const listedColumns = {
  ...shownColumns,
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

/** A text that more users have is not looked up for a page: among the first in order, enough have it. */
const fewOnPages = 5_000

/** A page of users in the asked order, then by key, so that equal values keep their places. */
export async function listUsers(partnerId: number, query: UserQuery, page: Page): Promise<ListedUser[]> {
  const [first] = page.orders
  const isDescending = first.isDescending !== (page.after?.isBackwards ?? false)
  const orders = page.after ? [{ ...first, isDescending }] : page.orders
  const { form, values, where } = allOf([
    ...conditionsOf(partnerId, query, { phrase: await rarePhrase(partnerId, query, fewOnPages) }),
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

const listedByLogin = prepared((db) =>
  db
    .select(listedColumns)
    .from(users)
    .innerJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(
      and(
        eq(users.partnerId, sql.placeholder('partnerId')),
        notDeleted,
        eq(loginData.loginEmail, sql.placeholder('loginEmail')),
        isNull(loginData.setAsideAt),
      ),
    )
    .limit(1),
)

/** The same for the non-deleted user who signs in with an address. */
export async function findListedUserByLogin(partnerId: number, loginEmail: string): Promise<ListedUser | null> {
  const [user] = await listedByLogin({ partnerId, loginEmail })
  return user ?? null
}

/** The order value of a row, for the cursor behind it. */
export function orderValueOf(user: ListedUser, { column }: UserOrder): string | number {
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
