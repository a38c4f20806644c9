import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { db } from '../client'
import type { Db } from '../connection'
import { columnPlaceholders, prepared, preparedForms } from '../prepared'
import { loginData, users } from '../schema/people'
import { fold, searchTextOf } from '../search-text'
import { forUpdate, notDeleted, rebuildSearchEntry } from '../sql'
import { userStatus } from '../statuses'
import { inParts } from './in-parts'
import { moveCount, takeKeys } from './user-counts'
import { deleteLinks, insertLinks } from './user-links'

export type UserRow = typeof users.$inferSelect

type Derived = 'idKey' | 'screenNameKey' | 'firstNameKey' | 'lastNameKey' | 'fullNameKey' | 'emailKey' | 'searchText'

/** A user to be stored; the key and what is derived from the names are made here. */
export type NewUser = Omit<typeof users.$inferInsert, Derived | 'key' | 'version'>

/** What a save changes; `version` is counted here. */
export type UserChanges = Partial<Omit<UserRow, Derived | 'key' | 'partnerId' | 'version' | 'createdAt'>>

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
      .where(and(eq(users.partnerId, partnerId), eq(users.idKey, idKeyOf(id)), eq(users.status, userStatus.deleted)))
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
        eq(users.status, userStatus.active),
        sql`${users.loginDataId} is not null`,
      ),
    ),
)

/** Active administrators who can sign in: what the quota counts (§8.7). */
export async function countAdminsWithLogin(partnerId: number): Promise<number> {
  return (await adminsWithLogin({ partnerId }))[0]?.count ?? 0
}

/** Active administrators who can sign in, with their sign-in address. */
export async function listAdminsWithLogin(partnerId: number, limit = Number.MAX_SAFE_INTEGER) {
  return db()
    .select({
      key: users.key,
      roleIds: users.roleIds,
      language: users.language,
      loginDataId: users.loginDataId,
      loginId: loginData.loginEmail,
    })
    .from(users)
    .innerJoin(loginData, eq(loginData.id, users.loginDataId))
    .where(and(eq(users.partnerId, partnerId), eq(users.isAdmin, true), eq(users.status, userStatus.active)))
    .limit(limit)
}

export const idKeyOf = (id: string) => id.toLowerCase()

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
