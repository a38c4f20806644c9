import { lt, sql } from 'drizzle-orm'
import { db } from '../client'
import { requestCounts } from '../schema/sign-in'

/** Counts one more request of this name; answers how many there were in the last `span` milliseconds, with this one. */
export async function countRequest(name: string, { span, now }: { span: number; now: number }): Promise<number> {
  // A moment in the future is one that a clock set back has left behind.
  const isOver = sql`(${requestCounts.since} <= ${now - span} or ${requestCounts.since} > ${now})`
  const [counted] = await db()
    .insert(requestCounts)
    .values({ name, requests: 1, since: now })
    .onConflictDoUpdate({
      target: [requestCounts.name],
      set: {
        requests: sql`case when ${isOver} then 1 else ${requestCounts.requests} + 1 end`,
        since: sql`case when ${isOver} then cast(${now} as bigint) else ${requestCounts.since} end`,
      },
    })
    .returning({ requests: requestCounts.requests })
  return counted?.requests ?? 1
}

export async function deleteRequestCounts(before: number) {
  await db().delete(requestCounts).where(lt(requestCounts.since, before))
}
