import { and, asc, eq, exists, isNull, lt, or, sql } from 'drizzle-orm'
import { db } from '../client'
import type { Db } from '../connection'
import { prepared } from '../prepared'
import { loginData, loginInvitations, users } from '../schema/people'
import { emailChanges } from '../schema/sign-in'
import { forUpdate, notDeleted } from '../sql'
import { userStatus } from '../statuses'
import type { LinkPurpose } from '../types'
import type { UserRow } from './users'

export type LoginDataRow = typeof loginData.$inferSelect

/** The address is free of a login set aside. Also what lets the index serve a look-up by address. */
const notAside = isNull(loginData.setAsideAt)

const living = (db: Db) =>
  db
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.loginDataId, loginData.id), notDeleted))

const byEmail = prepared((db) =>
  db
    .select()
    .from(loginData)
    .where(and(eq(loginData.loginEmail, sql.placeholder('loginEmail')), notAside, exists(living(db)))),
)

/** The login of an address, if any user that is not deleted has it. Sees all partners. */
export async function findLoginData(loginEmail: string): Promise<LoginDataRow | null> {
  const [login] = await byEmail({ loginEmail })
  return login ?? null
}

/** The login that holds an address, whoever has it; held until the transaction ends. Sees all partners. */
export async function findHolderForUpdate(loginEmail: string): Promise<LoginDataRow | null> {
  const [login] = await forUpdate(
    db()
      .select()
      .from(loginData)
      .where(and(eq(loginData.loginEmail, loginEmail), notAside)),
  )
  return login ?? null
}

/** Whether a user that is not deleted has the login. Sees all partners. */
export async function isLoginInUse(id: number): Promise<boolean> {
  const found = await db()
    .select({ one: sql`1` })
    .from(users)
    .where(and(eq(users.loginDataId, id), notDeleted))
    .limit(1)
  return found.length > 0
}

const byId = prepared((db) =>
  db
    .select()
    .from(loginData)
    .where(eq(loginData.id, sql.placeholder('id')))
    .limit(1),
)

export async function findLoginDataById(id: number): Promise<LoginDataRow | null> {
  const [login] = await byId({ id })
  return login ?? null
}

/** The same, held until the transaction ends. */
export async function findLoginDataForUpdate(id: number): Promise<LoginDataRow | null> {
  const [login] = await forUpdate(db().select().from(loginData).where(eq(loginData.id, id)))
  return login ?? null
}

/** Adds a login; a taken address violates `login_data_email`. */
export async function insertLoginData(login: typeof loginData.$inferInsert): Promise<LoginDataRow> {
  const [added] = await db().insert(loginData).values(login).returning()
  if (!added) throw new Error('The database did not return the added login')
  return added
}

export async function updateLoginData(id: number, changes: Partial<LoginDataRow>) {
  await db().update(loginData).set(changes).where(eq(loginData.id, id))
}

/** Destroys a login that no user has any more, deleted ones included, with the invitations that it got. Sees all partners. */
export async function deleteUnlinkedLogin(id: number) {
  const linked = await db().select({ one: sql`1` }).from(users).where(eq(users.loginDataId, id)).limit(1)
  if (linked.length > 0) return
  await db().delete(loginInvitations).where(eq(loginInvitations.loginDataId, id))
  await db().delete(loginData).where(eq(loginData.id, id))
}

/**
 * Uses up a time step of the one-time code; false when it, or a later one, was used. The first code that is used confirms the seed.
 */
export async function takeOtpStep(id: number, step: number, now: number): Promise<boolean> {
  const taken = await db()
    .update(loginData)
    .set({ otpLastStep: step, otpConfirmedAt: sql`coalesce(${loginData.otpConfirmedAt}, cast(${now} as bigint))` })
    .where(and(eq(loginData.id, id), or(isNull(loginData.otpLastStep), lt(loginData.otpLastStep, step))))
    .returning({ id: loginData.id })
  return taken.length > 0
}

/** Lets no key that is over by now come back when a clock is set back. */
export async function retireExpiredHashKeys(now: number) {
  await db()
    .update(loginData)
    .set({ hashKeyExpiresAt: 0 })
    // Written out, so that the index of keys that are not over serves it.
    .where(and(sql`${loginData.hashKeyExpiresAt} > 0`, lt(loginData.hashKeyExpiresAt, now)))
}

type OpenKey = { loginDataId: number; hash: string; purpose: LinkPurpose }

/** The keys of all links that are under way: to the own sign-in, to join a user, to change the address. Sees all partners. */
export async function listOpenKeys(): Promise<OpenKey[]> {
  const logins = await db()
    .select({ loginDataId: loginData.id, hash: loginData.hashKeyHash, purpose: loginData.hashKeyPurpose })
    .from(loginData)
    .where(sql`${loginData.hashKeyExpiresAt} > 0`)
  const invitations = await db()
    .select({ loginDataId: loginInvitations.loginDataId, hash: loginInvitations.keyHash })
    .from(loginInvitations)
  const { loginDataId, oldKeyHash, newKeyHash } = emailChanges
  const changes = await db().select({ loginDataId, oldKeyHash, newKeyHash }).from(emailChanges)
  return [
    ...logins.flatMap(({ hash, purpose, ...key }) => (hash === null ? [] : [{ ...key, hash, purpose: purpose ?? 'password' }])),
    ...invitations.map((key) => ({ ...key, purpose: 'invitation' as const })),
    ...changes.flatMap(({ loginDataId, ...hashes }) =>
      Object.values(hashes).map((hash) => ({ loginDataId, hash, purpose: 'email-change' as const })),
    ),
  ]
}

/** Deletes every invitation to join a user, and every change of an address that waits. Sees all partners. */
export async function deleteInvitationsAndEmailChanges() {
  await db().delete(loginInvitations)
  await db().delete(emailChanges)
}

/** The active users of a login, by partner. Sees all partners. */
export async function listActiveUsersOfLogin(loginDataId: number): Promise<UserRow[]> {
  return db()
    .select()
    .from(users)
    .where(and(eq(users.loginDataId, loginDataId), eq(users.status, userStatus.active)))
    .orderBy(asc(users.partnerId))
}

/** The users of a login that are not deleted. Sees all partners. */
export async function listUsersOfLogin(loginDataId: number): Promise<UserRow[]> {
  return db()
    .select()
    .from(users)
    .where(and(eq(users.loginDataId, loginDataId), notDeleted))
}

export type LoginInvitationRow = typeof loginInvitations.$inferSelect

/** Asks a login of elsewhere to join a user; a new invitation replaces the former. */
export async function putLoginInvitation(invitation: LoginInvitationRow) {
  const { partnerId, userKey, ...rest } = invitation
  await db()
    .insert(loginInvitations)
    .values(invitation)
    .onConflictDoUpdate({ target: [loginInvitations.partnerId, loginInvitations.userKey], set: rest })
}

/** The invitation that a login got with this key, or null. Sees all partners. */
export async function findLoginInvitation(loginDataId: number, keyHash: string): Promise<LoginInvitationRow | null> {
  const [invitation] = await db()
    .select()
    .from(loginInvitations)
    .where(and(eq(loginInvitations.loginDataId, loginDataId), eq(loginInvitations.keyHash, keyHash)))
  return invitation ?? null
}

/** Uses up an invitation; false when it was used, withdrawn or replaced. */
export async function takeLoginInvitation({ partnerId, userKey, keyHash }: LoginInvitationRow): Promise<boolean> {
  const taken = await db()
    .delete(loginInvitations)
    .where(
      and(
        eq(loginInvitations.partnerId, partnerId),
        eq(loginInvitations.userKey, userKey),
        eq(loginInvitations.keyHash, keyHash),
      ),
    )
    .returning({ userKey: loginInvitations.userKey })
  return taken.length > 0
}

/** Takes back whatever a user was invited to; false when he was not. */
export async function deleteLoginInvitation(partnerId: number, userKey: number): Promise<boolean> {
  const withdrawn = await db()
    .delete(loginInvitations)
    .where(and(eq(loginInvitations.partnerId, partnerId), eq(loginInvitations.userKey, userKey)))
    .returning({ userKey: loginInvitations.userKey })
  return withdrawn.length > 0
}

/** The invitation of a login to this partner that still waits for an answer. */
export async function findInvitationTo(partnerId: number, loginDataId: number): Promise<LoginInvitationRow | null> {
  const [invitation] = await db()
    .select()
    .from(loginInvitations)
    .where(and(eq(loginInvitations.partnerId, partnerId), eq(loginInvitations.loginDataId, loginDataId)))
  return invitation ?? null
}
