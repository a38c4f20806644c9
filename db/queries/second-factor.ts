import { and, eq, lt, sql } from 'drizzle-orm'
import { db } from '../client'
import { backupCodes, otpEnrolments } from '../schema/sign-in'

export type EnrolmentRow = typeof otpEnrolments.$inferSelect

/** The enrolment under way, or null. */
export async function findEnrolment(loginDataId: number): Promise<EnrolmentRow | null> {
  const [enrolment] = await db().select().from(otpEnrolments).where(eq(otpEnrolments.loginDataId, loginDataId))
  return enrolment ?? null
}

/** Begins an enrolment; one that was under way is over. */
export async function putEnrolment(enrolment: EnrolmentRow) {
  const { loginDataId: _, ...rest } = enrolment
  await db()
    .insert(otpEnrolments)
    .values(enrolment)
    .onConflictDoUpdate({ target: [otpEnrolments.loginDataId], set: rest })
}

export async function deleteEnrolment(loginDataId: number) {
  await db().delete(otpEnrolments).where(eq(otpEnrolments.loginDataId, loginDataId))
}

export async function deleteExpiredEnrolments(now: number) {
  await db().delete(otpEnrolments).where(lt(otpEnrolments.expiresAt, now))
}

/** Gives the login these backup codes, and no others. */
export async function replaceBackupCodes(loginDataId: number, codeHashes: string[]) {
  await db().delete(backupCodes).where(eq(backupCodes.loginDataId, loginDataId))
  if (codeHashes.length === 0) return
  await db()
    .insert(backupCodes)
    .values(codeHashes.map((codeHash) => ({ loginDataId, codeHash })))
}

/** Uses a backup code up; false when there is none of that hash (any more). */
export async function takeBackupCode(loginDataId: number, codeHash: string): Promise<boolean> {
  const taken = await db()
    .delete(backupCodes)
    .where(and(eq(backupCodes.loginDataId, loginDataId), eq(backupCodes.codeHash, codeHash)))
    .returning({ codeHash: backupCodes.codeHash })
  return taken.length > 0
}

export async function countBackupCodes(loginDataId: number): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(backupCodes)
    .where(eq(backupCodes.loginDataId, loginDataId))
  return row?.count ?? 0
}
