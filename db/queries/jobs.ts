import { aliasedTable, and, asc, desc, eq, gt, inArray, lt, lte, notExists, type SQL, sql } from 'drizzle-orm'
import { db, transaction } from '../client'
import { jobs } from '../schema/work'
import { skipLocked } from '../sql'

export type JobRow = typeof jobs.$inferSelect
export type NewJob = Pick<JobRow, 'partnerId' | 'kind' | 'uniqueKey' | 'payload' | 'runAt' | 'createdBy' | 'createdAt'>

/** A job in the hands of one worker. */
export type Claim = Pick<JobRow, 'partnerId' | 'key' | 'claimedBy'>

const is = ({ partnerId, key }: Pick<JobRow, 'partnerId' | 'key'>) => and(eq(jobs.partnerId, partnerId), eq(jobs.key, key))
const isOpen = inArray(jobs.status, ['waiting', 'running'])

/** Adds a job, in the transaction of its cause; null if there is one of this kind and unique key already. */
export async function insertJob(job: NewJob): Promise<JobRow | null> {
  const [added] = await db()
    .insert(jobs)
    .values({ ...job, status: 'waiting', attempts: 0 })
    .onConflictDoNothing()
    .returning()
  return added ?? null
}

export async function findJob(partnerId: number, kind: string, key: number): Promise<JobRow | null> {
  const [job] = await db()
    .select()
    .from(jobs)
    .where(and(is({ partnerId, key }), eq(jobs.kind, kind)))
  return job ?? null
}

export async function findJobOfKinds(partnerId: number, kinds: readonly string[], key: number): Promise<JobRow | null> {
  const [job] = await db()
    .select()
    .from(jobs)
    .where(and(is({ partnerId, key }), inArray(jobs.kind, kinds)))
  return job ?? null
}

export async function findJobByUniqueKey(partnerId: number, kind: string, uniqueKey: string): Promise<JobRow | null> {
  const [job] = await db()
    .select()
    .from(jobs)
    .where(and(eq(jobs.partnerId, partnerId), eq(jobs.kind, kind), eq(jobs.uniqueKey, uniqueKey)))
  return job ?? null
}

type JobPlace = { kinds: readonly string[]; beforeKey?: number; afterKey?: number }

/** Newest first: from below `beforeKey`, or the nearest above `afterKey`; at most `limit`. */
export async function listJobs(partnerId: number, { kinds, beforeKey, afterKey }: JobPlace, limit: number): Promise<JobRow[]> {
  const conditions: (SQL | undefined)[] = [
    eq(jobs.partnerId, partnerId),
    inArray(jobs.kind, kinds),
    beforeKey === undefined ? undefined : lt(jobs.key, beforeKey),
    afterKey === undefined ? undefined : gt(jobs.key, afterKey),
  ]
  const rows = await db()
    .select()
    .from(jobs)
    .where(and(...conditions))
    .orderBy(afterKey === undefined ? desc(jobs.key) : asc(jobs.key))
    .limit(limit)
  return afterKey === undefined ? rows : rows.reverse()
}

/** Jobs of a kind that are waiting or running. */
export async function countOpenJobs(partnerId: number, kind: string): Promise<number> {
  return db().$count(jobs, and(eq(jobs.partnerId, partnerId), eq(jobs.kind, kind), isOpen))
}

/** Running jobs whose lease has ended are due again: their worker is gone. */
const isDue = (now: number) => and(isOpen, lte(jobs.runAt, now))

/**
 * Takes the job that has been due the longest: nobody else gets it before `leaseUntil`. A job waits while one of its kind runs for the same
 * account, so that none fills every lane; only processes that claim at the same moment may begin two. Null when none is due. Sees all
 * partners.
 */
export async function claimDueJob(
  now: number,
  { claimedBy, leaseUntil }: { claimedBy: string; leaseUntil: number },
): Promise<JobRow | null> {
  // Asked first without a transaction: most of the time nothing is due, and then no writer has to wait.
  const [waiting] = await db().select({ key: jobs.key }).from(jobs).where(isDue(now)).limit(1)
  if (!waiting) return null

  const others = aliasedTable(jobs, 'other_jobs')
  const busy = db()
    .select({ one: sql`1` })
    .from(others)
    .where(
      and(eq(others.partnerId, jobs.partnerId), eq(others.kind, jobs.kind), eq(others.status, 'running'), gt(others.runAt, now)),
    )
  return transaction(async () => {
    const [due] = await skipLocked(
      db()
        .select()
        .from(jobs)
        .where(and(isDue(now), notExists(busy)))
        .orderBy(asc(jobs.runAt), asc(jobs.key))
        .limit(1),
    )
    if (!due) return null
    const [claimed] = await db()
      .update(jobs)
      .set({ status: 'running', attempts: due.attempts + 1, runAt: leaseUntil, claimedBy })
      .where(is(due))
      .returning()
    return claimed ?? null
  })
}

/** Changes a job as long as the claim holds; false when the job was cancelled, or went to somebody else. */
export async function updateClaimed(
  claim: Claim,
  changes: Partial<Pick<JobRow, 'status' | 'progress' | 'attempts' | 'runAt' | 'claimedBy' | 'lastError' | 'finishedAt'>>,
): Promise<boolean> {
  const changed = await db()
    .update(jobs)
    .set(changes)
    .where(and(is(claim), eq(jobs.status, 'running'), eq(jobs.claimedBy, claim.claimedBy ?? '')))
    .returning({ key: jobs.key })
  return changed.length > 0
}

/** Ends a job that is not over; its worker finds out at its next step. False if it was over already. */
export async function cancelJob(partnerId: number, key: number, now: number): Promise<boolean> {
  const cancelled = await db()
    .update(jobs)
    .set({ status: 'cancelled', finishedAt: now })
    .where(and(is({ partnerId, key }), isOpen))
    .returning({ key: jobs.key })
  return cancelled.length > 0
}

/** Puts every job aside that is not over, for this reason. Answers how many. Sees all partners. */
export async function parkOpenJobs(now: number, lastError: string): Promise<number> {
  const parked = await db()
    .update(jobs)
    .set({ status: 'failed', lastError, finishedAt: now, claimedBy: null })
    .where(isOpen)
    .returning({ key: jobs.key })
  return parked.length
}
