import { and, eq, inArray, isNotNull, lt, lte, notExists, sql } from 'drizzle-orm'
import { db, transaction } from '../client'
import { loginData, loginInvitations, users } from '../schema/people'
import { browserSessions, ksRevocations, ksUses } from '../schema/sessions'
import { userStatus } from '../statuses'

/** Blocked users whose block has an end that has come. */
export async function listEndedBlocks(now: number, limit: number) {
  return db()
    .select({ partnerId: users.partnerId, id: users.id })
    .from(users)
    .where(and(isNotNull(users.blockedUntil), lte(users.blockedUntil, now), eq(users.status, userStatus.blocked)))
    .limit(limit)
}

export async function deleteExpiredSessions(now: number) {
  await db().delete(ksRevocations).where(lt(ksRevocations.expiresAt, now))
  await db().delete(ksUses).where(lt(ksUses.expiresAt, now))
  await db().delete(browserSessions).where(lt(browserSessions.expiresAt, now))
}

/** Invitations that nobody accepted in time: the login and the user know no more of them. */
export async function deleteExpiredInvitations(now: number) {
  await db().delete(loginInvitations).where(lt(loginInvitations.expiresAt, now))
}

/**
 * Lets go of the sign-ins of users deleted before `deletedBefore`, as the time for restoring them is over, and destroys those
 * that nobody else uses.
 */
export async function deleteOrphanedLogins(deletedBefore: number) {
  await transaction(async () => {
    const expired = await db()
      .select({ key: users.key, loginDataId: users.loginDataId })
      .from(users)
      .where(and(isNotNull(users.deletedAt), lt(users.deletedAt, deletedBefore), isNotNull(users.loginDataId)))
      .limit(100)
    if (expired.length === 0) return
    await db()
      .update(users)
      .set({ loginDataId: null })
      .where(
        inArray(
          users.key,
          expired.map((user) => user.key),
        ),
      )

    const inUse = db().select({ one: sql`1` }).from(users).where(eq(users.loginDataId, loginData.id))
    const invited = db().select({ one: sql`1` }).from(loginInvitations).where(eq(loginInvitations.loginDataId, loginData.id))
    const ids = expired.flatMap((user) => user.loginDataId ?? [])
    await db()
      .delete(loginData)
      .where(and(inArray(loginData.id, ids), notExists(inUse), notExists(invited)))
  })
}
