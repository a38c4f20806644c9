import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { db } from '../client'
import { prepared } from '../prepared'
import { loginData, users } from '../schema/people'
import { browserSessions, ksRevocations, ksUses } from '../schema/sessions'
import { findSetting, putSetting } from './settings'

export type BrowserSessionRow = typeof browserSessions.$inferSelect

const revocation = prepared((db) =>
  db
    .select({ tokenHash: ksRevocations.tokenHash })
    .from(ksRevocations)
    .where(
      and(
        eq(ksRevocations.partnerId, sql.placeholder('partnerId')),
        sql`${ksRevocations.tokenHash} in (${sql.placeholder('token')}, ${sql.placeholder('session')})`,
      ),
    )
    .limit(1),
)

/** Whether the token, or its session id, was ended. Both are hashes. */
export async function isRevoked(partnerId: number, token: string, session: string): Promise<boolean> {
  return (await revocation({ partnerId, token, session })).length > 0
}

export async function insertRevocation(row: typeof ksRevocations.$inferInsert) {
  await db().insert(ksRevocations).values(row).onConflictDoNothing()
}

/** Counts a use of a limited token; answers how many there were with this one. */
export async function countUse(row: Omit<typeof ksUses.$inferInsert, 'uses'>): Promise<number> {
  const [counted] = await db()
    .insert(ksUses)
    .values({ ...row, uses: 1 })
    .onConflictDoUpdate({ target: [ksUses.partnerId, ksUses.tokenHash], set: { uses: sql`${ksUses.uses} + 1` } })
    .returning({ uses: ksUses.uses })
  return counted?.uses ?? 1
}

export async function insertBrowserSession(row: typeof browserSessions.$inferInsert) {
  await db().insert(browserSessions).values(row)
}

const browserSession = prepared((db) =>
  db
    .select()
    .from(browserSessions)
    .where(
      and(eq(browserSessions.partnerId, sql.placeholder('partnerId')), eq(browserSessions.idHash, sql.placeholder('idHash'))),
    )
    .limit(1),
)

export async function findBrowserSession(partnerId: number, idHash: string): Promise<BrowserSessionRow | null> {
  const [session] = await browserSession({ partnerId, idHash })
  return session ?? null
}

export async function touchBrowserSession(partnerId: number, idHash: string, now: number) {
  await db()
    .update(browserSessions)
    .set({ lastSeenAt: now })
    .where(and(eq(browserSessions.partnerId, partnerId), eq(browserSessions.idHash, idHash)))
}

type Proven = Pick<BrowserSessionRow, 'idHash' | 'provenAt'>

/** Lets a session whose person has given the password once more go on under another id; false when it was over already. */
export async function renewProvenSession(partnerId: number, idHash: string, proven: Proven): Promise<boolean> {
  const renewed = await db()
    .update(browserSessions)
    .set(proven)
    .where(and(eq(browserSessions.partnerId, partnerId), eq(browserSessions.idHash, idHash), isNull(browserSessions.endedAt)))
    .returning({ idHash: browserSessions.idHash })
  return renewed.length > 0
}

/** Ends one session and answers it; null when it was over already. */
export async function endBrowserSession(partnerId: number, idHash: string, now: number): Promise<BrowserSessionRow | null> {
  const [ended] = await db()
    .update(browserSessions)
    .set({ endedAt: now })
    .where(and(eq(browserSessions.partnerId, partnerId), eq(browserSessions.idHash, idHash), isNull(browserSessions.endedAt)))
    .returning()
  return ended ?? null
}

/** The sessions of a user that were neither ended nor are expired, newest first; an idle one is among them. */
export async function listBrowserSessions(partnerId: number, userKey: number, now: number): Promise<BrowserSessionRow[]> {
  return db()
    .select()
    .from(browserSessions)
    .where(
      and(
        eq(browserSessions.partnerId, partnerId),
        eq(browserSessions.userKey, userKey),
        isNull(browserSessions.endedAt),
        gt(browserSessions.expiresAt, now),
      ),
    )
    .orderBy(desc(browserSessions.startedAt))
}

type Renewal = { idHash: string; startedAt: number; endedAt: number }

/**
 * Lets one session of those that `endAllSessions` has ended at `endedAt` go on under another id, as if it had begun at `startedAt`; false
 * when it was over before.
 */
export async function renewEndedSession(
  partnerId: number,
  idHash: string,
  { idHash: next, startedAt, endedAt }: Renewal,
): Promise<boolean> {
  const renewed = await db()
    .update(browserSessions)
    .set({ idHash: next, endedAt: null, startedAt, lastSeenAt: startedAt })
    .where(
      and(eq(browserSessions.partnerId, partnerId), eq(browserSessions.idHash, idHash), eq(browserSessions.endedAt, endedAt)),
    )
    .returning({ idHash: browserSessions.idHash })
  return renewed.length > 0
}

/** Ends every session of a user: browsers at once, issued tokens by their time of issue, which must not be before `validFrom`. */
export async function endAllSessions(partnerId: number, userKey: number, now: number, validFrom = now) {
  await db()
    .update(users)
    .set({ sessionsValidFrom: validFrom })
    .where(and(eq(users.partnerId, partnerId), eq(users.key, userKey)))
  await db()
    .update(browserSessions)
    .set({ endedAt: now })
    .where(and(eq(browserSessions.partnerId, partnerId), eq(browserSessions.userKey, userKey), isNull(browserSessions.endedAt)))
}

/** Ends every session of everybody that was begun before now, of browsers and of programs. Sees all partners. */
export async function endEverySession(now: number) {
  await db().update(loginData).set({ sessionsValidFrom: now })
  await db().update(users).set({ sessionsValidFrom: now })
  await db().update(browserSessions).set({ endedAt: now }).where(isNull(browserSessions.endedAt))
  await putSetting(validFrom, String(now))
}

const validFrom = 'sessions-valid-from'

/** Since when every session was begun that is not over, also of those that name no user. Epoch milliseconds. */
export async function everySessionValidFrom(): Promise<number> {
  return Number((await findSetting(validFrom)) ?? 0)
}
