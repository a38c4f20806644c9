import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { type Db, db } from '../client'
import { columnPlaceholders, prepared, preparedForms } from '../prepared'
import { partnerCounts } from '../schema/accounts'
import { loginData, userRoles, users, userTags } from '../schema/people'
import { fold, searchTextOf } from '../search-text'
import { forUpdate, notDeleted, rebuildSearchEntry } from '../sql'

export type UserRow = typeof users.$inferSelect

type Derived = 'idKey' | 'screenNameKey' | 'firstNameKey' | 'lastNameKey' | 'fullNameKey' | 'emailKey' | 'searchText'

/** A user to be stored; the key and what is derived from the names are made here. */
export type NewUser = Omit<typeof users.$inferInsert, Derived | 'key' | 'version'>

/** What a save changes; `version` is counted here. */
export type UserChanges = Partial<Omit<UserRow, Derived | 'key' | 'partnerId' | 'version' | 'createdAt'>>

const deleted = 2

const byId = prepared((db) =>
  db
    .select()
    .from(users)
    .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.idKey, sql.placeholder('idKey')), notDeleted))
    .limit(1),
)

/** The non-deleted user, or null. Ids compare case-insensitively. */
export async function findUser(partnerId: number, id: string): Promise<UserRow | null> {
  const [user] = await byId({ partnerId, idKey: idKeyOf(id) })
  return user ?? null
}

const byIdForUpdate = prepared((db) =>
  forUpdate(
    db
      .select()
      .from(users)
      .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.idKey, sql.placeholder('idKey')), notDeleted)),
  ),
)

/** The same, held until the transaction ends, so that what was read is still so when it is written. */
export async function findUserForUpdate(partnerId: number, id: string): Promise<UserRow | null> {
  const [user] = await byIdForUpdate({ partnerId, idKey: idKeyOf(id) })
  return user ?? null
}

const byKey = prepared((db) =>
  db
    .select()
    .from(users)
    .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.key, sql.placeholder('key')))),
)

/** A user by the internal key, deleted ones too, or null. */
export async function findUserByKey(partnerId: number, key: number): Promise<UserRow | null> {
  const [user] = await byKey({ partnerId, key })
  return user ?? null
}

const ofLogin = prepared((db) =>
  db
    .select()
    .from(users)
    .where(
      and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.loginDataId, sql.placeholder('loginDataId')), notDeleted),
    ),
)

/** The non-deleted user of a partner that signs in with this login data, or null. */
export async function findUserOfLogin(partnerId: number, loginDataId: number): Promise<UserRow | null> {
  const [user] = await ofLogin({ partnerId, loginDataId })
  return user ?? null
}

const newestById = prepared((db) =>
  db
    .select()
    .from(users)
    .where(and(eq(users.partnerId, sql.placeholder('partnerId')), eq(users.idKey, sql.placeholder('idKey'))))
    .orderBy(desc(users.key))
    .limit(1),
)

/** The user of an id, the newest deleted one if there is no other, or null. */
export async function findNewestUser(partnerId: number, id: string): Promise<UserRow | null> {
  const [user] = await newestById({ partnerId, idKey: idKeyOf(id) })
  return user ?? null
}

/** The newest deleted user of an id, or null; held until the transaction ends. */
export async function findDeletedUserForUpdate(partnerId: number, id: string): Promise<UserRow | null> {
  const [user] = await forUpdate(
    db()
      .select()
      .from(users)
      .where(and(eq(users.partnerId, partnerId), eq(users.idKey, idKeyOf(id)), eq(users.status, deleted)))
      .orderBy(desc(users.key))
      .limit(1),
  )
  return user ?? null
}

/** Adds one user. A taken id violates the index `users_id`, a taken login `users_login_data`. Inside a transaction. */
export async function insertUser(user: NewUser): Promise<UserRow> {
  const [added] = await insertUsers(user.partnerId, [user])
  if (!added) throw new Error('The database did not return the added user')
  return added
}

/** Adds many users of one partner, in order. Inside a transaction. */
export async function insertUsers(partnerId: number, added: NewUser[]): Promise<UserRow[]> {
  const firstKey = await takeKeys(partnerId, added)
  const rows = added.map((user, offset) => ({ ...user, ...derivedOf(user), key: firstKey + offset, version: 1 }))
  const stored: UserRow[] = []
  for (const part of inParts(rows)) stored.push(...(await insertRows(part)))
  await insertLinks(stored)
  return stored
}

const columns = Object.keys(getTableColumns(users)) as (keyof UserRow)[]
const empty = Object.fromEntries(columns.map((column) => [column, null]))
const insertOne = prepared((db) => db.insert(users).values(columnPlaceholders(columns)).returning())

function insertRows(rows: (typeof users.$inferInsert)[]) {
  const [only] = rows
  return rows.length === 1 && only ? insertOne({ ...empty, ...only }) : db().insert(users).values(rows).returning()
}

const updates = preparedForms<UserRow[]>()

/** Applies the changes and counts the version. Inside a transaction that holds the user (`findUserForUpdate`). */
export async function updateUser(before: UserRow, changes: UserChanges): Promise<UserRow> {
  const set = changed(before, { ...changes, ...derivedOf({ ...before, ...changes }) })
  const names = Object.keys(set) as (keyof UserChanges)[]
  const build = (db: Db) =>
    db
      .update(users)
      .set({ ...columnPlaceholders(names), version: sql`${users.version} + 1` })
      .where(and(eq(users.partnerId, sql.placeholder('ofPartner')), eq(users.key, sql.placeholder('ofKey'))))
      .returning()
  const [after] = await updates(names.join(), build, { ...set, ofPartner: before.partnerId, ofKey: before.key })
  if (!after) throw new Error(`User ${before.key} vanished while it was held`)

  if (after.status !== before.status) await moveCount(before.partnerId, before.status, after.status)
  if (after.roleIds !== before.roleIds || after.tags !== before.tags) {
    await deleteLinks(after)
    await insertLinks([after])
  }
  return after
}

/** What really differs: a column that is set costs every index that holds it. In the order of the table, so that forms are few. */
function changed(before: UserRow, after: Partial<UserRow>): Partial<UserRow> {
  const names = columns.filter((name) => after[name] !== undefined && after[name] !== before[name])
  return Object.fromEntries(names.map((name) => [name, after[name]]))
}

/** Makes anew all that a user is found by. Not a change of the profile, so the version stays. Inside a transaction that holds the user. */
export async function rebuildIndex(user: UserRow) {
  const derived = derivedOf(user)
  await db()
    .update(users)
    .set(derived)
    .where(and(eq(users.partnerId, user.partnerId), eq(users.key, user.key)))
  await rebuildSearchEntry(user.key, derived.searchText)
  await deleteLinks(user)
  await insertLinks([user])
}

/** Remembers a sign-in; not a change of the profile, so the version stays. */
export async function touchLastLogin(user: UserRow, at: number) {
  await db()
    .update(users)
    .set({ lastLoginAt: at })
    .where(and(eq(users.partnerId, user.partnerId), eq(users.key, user.key)))
}

const adminsWithLogin = prepared((db) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(users)
    .where(
      and(
        eq(users.partnerId, sql.placeholder('partnerId')),
        eq(users.isAdmin, true),
        eq(users.status, 1),
        sql`${users.loginDataId} is not null`,
      ),
    ),
)

/** Active administrators who can sign in: what the quota counts (§8.7). */
export async function countAdminsWithLogin(partnerId: number): Promise<number> {
  return (await adminsWithLogin({ partnerId }))[0]?.count ?? 0
}

/** Active administrators who can sign in, with their sign-in address. */
export async function listAdminsWithLogin(partnerId: number, limit: number) {
  return db()
    .select({ key: users.key, roleIds: users.roleIds, language: users.language, loginId: loginData.loginEmail })
    .from(users)
    .innerJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(eq(users.partnerId, partnerId), eq(users.isAdmin, true), eq(users.status, 1)))
    .limit(limit)
}

export const idKeyOf = (id: string) => id.toLowerCase()

/** The key range of a partner: partner id × 2³² + number. */
export const keysOf = (partnerId: number) => ({ from: partnerId * 2 ** 32, to: partnerId * 2 ** 32 + (2 ** 32 - 1) })

/** Distinct tags as they are looked up. */
export const tagsOf = (tags: string | null | undefined) => [
  ...new Set(
    (tags ?? '')
      .split(',')
      .map((tag) => fold(tag.trim()))
      .filter(Boolean),
  ),
]

/** Takes the next keys and counts the users in; also what makes writers of one partner follow each other. */
async function takeKeys(partnerId: number, added: NewUser[]) {
  const plus = (status: number) => added.filter((user) => user.status === status).length
  const counts = { added: added.length, blocked: plus(0), active: plus(1), deleted: plus(deleted) }
  const [taken] = await countIn({ partnerId, ...counts })
  if (!taken) throw new Error(`Partner ${partnerId} has no counts`)
  return keysOf(partnerId).from + taken.last - added.length + 1
}

const countIn = prepared((db) =>
  db
    .update(partnerCounts)
    .set({
      lastUserNumber: sql`${partnerCounts.lastUserNumber} + ${sql.placeholder('added')}`,
      blocked: sql`${partnerCounts.blocked} + ${sql.placeholder('blocked')}`,
      active: sql`${partnerCounts.active} + ${sql.placeholder('active')}`,
      deleted: sql`${partnerCounts.deleted} + ${sql.placeholder('deleted')}`,
    })
    .where(eq(partnerCounts.partnerId, sql.placeholder('partnerId')))
    .returning({ last: partnerCounts.lastUserNumber }),
)

const countOf = { 0: partnerCounts.blocked, 1: partnerCounts.active, 2: partnerCounts.deleted } as const

async function moveCount(partnerId: number, from: number, to: number) {
  const change = (status: number) => (status === to ? 1 : status === from ? -1 : 0)
  await db()
    .update(partnerCounts)
    .set({
      blocked: sql`${countOf[0]} + ${change(0)}`,
      active: sql`${countOf[1]} + ${change(1)}`,
      deleted: sql`${countOf[2]} + ${change(2)}`,
    })
    .where(eq(partnerCounts.partnerId, partnerId))
}

function derivedOf(user: Pick<NewUser, 'id' | 'screenName' | 'firstName' | 'lastName' | 'email'>) {
  const fullName = fullNameOf(user)
  return {
    idKey: idKeyOf(user.id),
    screenNameKey: fold(user.screenName ?? ''),
    firstNameKey: fold(user.firstName ?? ''),
    lastNameKey: fold(user.lastName ?? ''),
    fullNameKey: fold(fullName),
    emailKey: fold(user.email ?? ''),
    searchText: searchTextOf([user.id, user.screenName, fullName, user.email]),
  }
}

/** First and last name with one blank, as the contract reads them (§3.2). */
export function fullNameOf(user: { firstName?: string | null; lastName?: string | null }) {
  return `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim()
}

async function insertLinks(stored: UserRow[]) {
  const roles = stored.flatMap(({ partnerId, key, roleIds }) =>
    roleIdsOf(roleIds).map((roleId) => ({ partnerId, userKey: key, roleId })),
  )
  const tags = stored.flatMap((user) => tagsOf(user.tags).map((tag) => ({ partnerId: user.partnerId, userKey: user.key, tag })))
  for (const part of inParts(roles)) await db().insert(userRoles).values(part)
  for (const part of inParts(tags)) await db().insert(userTags).values(part)
}

async function deleteLinks(user: UserRow) {
  await db()
    .delete(userRoles)
    .where(and(eq(userRoles.partnerId, user.partnerId), eq(userRoles.userKey, user.key)))
  await db()
    .delete(userTags)
    .where(and(eq(userTags.partnerId, user.partnerId), eq(userTags.userKey, user.key)))
}

/** The distinct role ids of a comma-separated list. */
export const roleIdsOf = (roleIds: string | null | undefined) => [
  ...new Set(
    (roleIds ?? '')
      .split(',')
      .map((id) => Number(id.trim()))
      .filter((id) => id > 0 && Number.isSafeInteger(id)),
  ),
]

const columnCount = Object.keys(getTableColumns(users)).length

/** Parts that stay below the number of values one statement may bind. */
function* inParts<T>(rows: T[]) {
  const size = Math.floor(30_000 / columnCount)
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}
