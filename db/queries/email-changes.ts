import { eq, lt } from 'drizzle-orm'
import { db } from '../client'
import { emailChanges } from '../schema/sign-in'

export type EmailChangeRow = typeof emailChanges.$inferSelect

/** The change of address that waits to be confirmed, or null. */
export async function findEmailChange(loginDataId: number): Promise<EmailChangeRow | null> {
  const [change] = await db().select().from(emailChanges).where(eq(emailChanges.loginDataId, loginDataId))
  return change ?? null
}

/** Begins a change of address, or goes on with it; another one that was under way is over. */
export async function putEmailChange(change: EmailChangeRow) {
  const { loginDataId: _, ...rest } = change
  await db()
    .insert(emailChanges)
    .values(change)
    .onConflictDoUpdate({ target: [emailChanges.loginDataId], set: rest })
}

/** False when there was none. */
export async function deleteEmailChange(loginDataId: number): Promise<boolean> {
  const gone = await db()
    .delete(emailChanges)
    .where(eq(emailChanges.loginDataId, loginDataId))
    .returning({ loginDataId: emailChanges.loginDataId })
  return gone.length > 0
}

export async function deleteExpiredEmailChanges(now: number) {
  await db().delete(emailChanges).where(lt(emailChanges.expiresAt, now))
}
