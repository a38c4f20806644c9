import { eq, sql } from 'drizzle-orm'
import { db } from '../client'
import { prepared } from '../prepared'
import { partnerCounts, partners } from '../schema/accounts'
import { forUpdate } from '../sql'

export type PartnerRow = typeof partners.$inferSelect

const byId = prepared((db) =>
  db
    .select()
    .from(partners)
    .where(eq(partners.id, sql.placeholder('id')))
    .limit(1),
)

export async function findPartnerRow(id: number): Promise<PartnerRow | null> {
  const [partner] = await byId({ id })
  return partner ?? null
}

/** The same, held until the transaction ends. */
export async function findPartnerForUpdate(id: number): Promise<PartnerRow | null> {
  const [partner] = await forUpdate(db().select().from(partners).where(eq(partners.id, id)))
  return partner ?? null
}

/** Any of them, or null when there is none. */
export async function findSomePartnerRow(): Promise<PartnerRow | null> {
  const [partner] = await db().select().from(partners).limit(1)
  return partner ?? null
}

export async function countPartners(): Promise<number> {
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(partners)
  return row?.count ?? 0
}

/** Adds a partner with its counts. Inside a transaction and `acrossPartners`. */
export async function insertPartner(partner: typeof partners.$inferInsert): Promise<PartnerRow> {
  const [added] = await db().insert(partners).values(partner).returning()
  if (!added) throw new Error('The database did not return the added partner')
  await db().insert(partnerCounts).values({ partnerId: added.id, lastUserNumber: 0, active: 0, blocked: 0, deleted: 0 })
  return added
}

export async function updatePartner(id: number, changes: Partial<PartnerRow>): Promise<void> {
  await db().update(partners).set(changes).where(eq(partners.id, id))
}

/** Makes the writers of one partner follow each other until the transaction ends: for rules over many users, such as a quota. */
export async function lockPartner(id: number): Promise<void> {
  await db()
    .update(partnerCounts)
    .set({ active: sql`${partnerCounts.active}` })
    .where(eq(partnerCounts.partnerId, id))
}
