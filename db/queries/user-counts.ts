import { eq, sql } from 'drizzle-orm'
import { db } from '../client'
import { prepared } from '../prepared'
import { partnerCounts } from '../schema/accounts'
import { userStatus } from '../statuses'

/** How many users a partner has of each status, and the keys they get. */

/** The key range of a partner: partner id × 2³² + number. */
export const keysOf = (partnerId: number) => ({ from: partnerId * 2 ** 32, to: partnerId * 2 ** 32 + (2 ** 32 - 1) })

/** Takes the next keys and counts the users in; also what makes writers of one partner follow each other. */
export async function takeKeys(partnerId: number, added: { status: number }[]) {
  const plus = (status: number) => added.filter((user) => user.status === status).length
  const counts = {
    added: added.length,
    blocked: plus(userStatus.blocked),
    active: plus(userStatus.active),
    deleted: plus(userStatus.deleted),
  }
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

/** Counts a user over from one status to another. */
export async function moveCount(partnerId: number, from: number, to: number) {
  const change = (status: number) => (status === to ? 1 : status === from ? -1 : 0)
  await db()
    .update(partnerCounts)
    .set({
      blocked: sql`${partnerCounts.blocked} + ${change(userStatus.blocked)}`,
      active: sql`${partnerCounts.active} + ${change(userStatus.active)}`,
      deleted: sql`${partnerCounts.deleted} + ${change(userStatus.deleted)}`,
    })
    .where(eq(partnerCounts.partnerId, partnerId))
}
