import { and, desc, eq, gt, lt, ne } from 'drizzle-orm'
import { db } from '../client'
import { loginSources } from '../schema/sign-in'

export type LoginSourceRow = typeof loginSources.$inferSelect

const at = (loginDataId: number, source: string) =>
  and(eq(loginSources.loginDataId, loginDataId), eq(loginSources.source, source))

/** What is known of a source of a login, or null for one that was never seen. */
export async function findLoginSource(loginDataId: number, source: string): Promise<LoginSourceRow | null> {
  const [row] = await db().select().from(loginSources).where(at(loginDataId, source))
  return row ?? null
}

/** Every source that the login was tried from, the last one first. */
export async function listLoginSources(loginDataId: number): Promise<LoginSourceRow[]> {
  return db().select().from(loginSources).where(eq(loginSources.loginDataId, loginDataId)).orderBy(desc(loginSources.seenAt))
}

/** Whether the login's person has signed in from anywhere else since `after`. */
export async function isKnownElsewhere(loginDataId: number, source: string, after: number): Promise<boolean> {
  const [row] = await db()
    .select({ source: loginSources.source })
    .from(loginSources)
    .where(and(eq(loginSources.loginDataId, loginDataId), ne(loginSources.source, source), gt(loginSources.signedInAt, after)))
    .limit(1)
  return row !== undefined
}

/** When the login's person signed in last within these moments; null for never. */
export async function lastSignInWithin(loginDataId: number, { after, before }: { after: number; before: number }) {
  const [row] = await db()
    .select({ signedInAt: loginSources.signedInAt })
    .from(loginSources)
    .where(
      and(eq(loginSources.loginDataId, loginDataId), gt(loginSources.signedInAt, after), lt(loginSources.signedInAt, before)),
    )
    .orderBy(desc(loginSources.signedInAt))
    .limit(1)
  return row?.signedInAt ?? null
}

/** Adds the source or replaces what was known of it. */
export async function putLoginSource(row: LoginSourceRow) {
  const { loginDataId, source, ...rest } = row
  await db()
    .insert(loginSources)
    .values(row)
    .onConflictDoUpdate({ target: [loginSources.loginDataId, loginSources.source], set: rest })
}

export async function updateLoginSource(loginDataId: number, source: string, changes: Partial<LoginSourceRow>) {
  await db().update(loginSources).set(changes).where(at(loginDataId, source))
}

/** Forgets the failures of every source; who is known there stays. */
export async function clearLoginSources(loginDataId: number) {
  await db().update(loginSources).set({ attempts: 0, blockedUntil: null }).where(eq(loginSources.loginDataId, loginDataId))
}

export async function deleteLoginSources(seenBefore: number) {
  await db().delete(loginSources).where(lt(loginSources.seenAt, seenBefore))
}
