import { and, desc, eq, getTableColumns, lt, type SQL } from 'drizzle-orm'
import { db } from '../client'
import { columnPlaceholders, prepared } from '../prepared'
import { auditLog } from '../schema/work'

export type AuditRow = typeof auditLog.$inferSelect
export type NewAuditEntry = Omit<typeof auditLog.$inferInsert, 'key'>

const { key: _, ...columns } = getTableColumns(auditLog)
const names = Object.keys(columns) as (keyof typeof columns)[]
const insert = prepared((db) => db.insert(auditLog).values(columnPlaceholders(names)))
const empty = Object.fromEntries(names.map((name) => [name, null]))

export async function insertAuditEntry(entry: NewAuditEntry) {
  await insert({ ...empty, ...entry })
}

/** Newest first, from below `beforeKey`; at most `limit`. */
export async function listAuditEntries(
  partnerId: number,
  filter: { targetType?: string; targetKey?: number; actorId?: string; beforeKey?: number },
  limit: number,
): Promise<AuditRow[]> {
  const conditions: (SQL | undefined)[] = [
    eq(auditLog.partnerId, partnerId),
    filter.targetType === undefined ? undefined : eq(auditLog.targetType, filter.targetType),
    filter.targetKey === undefined ? undefined : eq(auditLog.targetKey, filter.targetKey),
    filter.actorId === undefined ? undefined : eq(auditLog.actorId, filter.actorId),
    filter.beforeKey === undefined ? undefined : lt(auditLog.key, filter.beforeKey),
  ]
  return db()
    .select()
    .from(auditLog)
    .where(and(...conditions))
    .orderBy(desc(auditLog.key))
    .limit(limit)
}
