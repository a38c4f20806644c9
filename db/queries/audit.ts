import { and, asc, desc, eq, getTableColumns, gt, inArray, lt, type SQL } from 'drizzle-orm'
import { db } from '../client'
import { columnPlaceholders, prepared } from '../prepared'
import { auditLog } from '../schema/work'
import type { FieldChanges } from '../types'

export type AuditRow = typeof auditLog.$inferSelect
export type NewAuditEntry = Omit<typeof auditLog.$inferInsert, 'key'>

const { key: _, ...columns } = getTableColumns(auditLog)
const names = Object.keys(columns) as (keyof typeof columns)[]
const insert = prepared((db) => db.insert(auditLog).values(columnPlaceholders(names)))
const empty = Object.fromEntries(names.map((name) => [name, null]))

export async function insertAuditEntry(entry: NewAuditEntry) {
  await insert({ ...empty, ...entry })
}

/** Newest first, from below `beforeKey`; at most `limit`. PostgreSQL keeps no order of the fields of a change: they come by their names. */
export async function listAuditEntries(
  partnerId: number,
  filter: { targetType?: string; targetKey?: number; actorId?: string; actions?: readonly string[]; beforeKey?: number },
  limit: number,
): Promise<AuditRow[]> {
  const conditions: (SQL | undefined)[] = [
    eq(auditLog.partnerId, partnerId),
    filter.targetType === undefined ? undefined : eq(auditLog.targetType, filter.targetType),
    filter.targetKey === undefined ? undefined : eq(auditLog.targetKey, filter.targetKey),
    filter.actorId === undefined ? undefined : eq(auditLog.actorId, filter.actorId),
    filter.actions === undefined ? undefined : inArray(auditLog.action, [...filter.actions]),
    filter.beforeKey === undefined ? undefined : lt(auditLog.key, filter.beforeKey),
  ]
  const entries = await db()
    .select()
    .from(auditLog)
    .where(and(...conditions))
    .orderBy(desc(auditLog.key))
    .limit(limit)
  return entries.map((entry) => ({ ...entry, changes: byName(entry.changes) }))
}

const byName = (changes: FieldChanges): FieldChanges =>
  Object.fromEntries(Object.entries(changes).sort(([one], [other]) => (one < other ? -1 : 1)))

const readAtOnce = 500

/**
 * Takes the values of these fields out of every entry about one target: that they changed, when and by whom stays. The only change
 * that the log allows. Inside a transaction.
 */
export async function forgetValues(partnerId: number, target: { type: string; key: number }, fields: readonly string[]) {
  const isTarget = and(
    eq(auditLog.partnerId, partnerId),
    eq(auditLog.targetType, target.type),
    eq(auditLog.targetKey, target.key),
  )
  for (let after = 0, more = true; more; ) {
    const entries = await db()
      .select({ key: auditLog.key, changes: auditLog.changes })
      .from(auditLog)
      .where(and(isTarget, gt(auditLog.key, after)))
      .orderBy(asc(auditLog.key))
      .limit(readAtOnce)
    for (const { key, changes } of entries) {
      const told = fields.filter((field) => Object.keys(changes[field] ?? {}).length > 0)
      if (told.length > 0) await setChanges(partnerId, key, { ...changes, ...emptied(told) })
    }
    after = entries.at(-1)?.key ?? after
    more = entries.length === readAtOnce
  }
}

const emptied = (fields: string[]): FieldChanges => Object.fromEntries(fields.map((field) => [field, {}]))

async function setChanges(partnerId: number, key: number, changes: FieldChanges) {
  await db()
    .update(auditLog)
    .set({ changes })
    .where(and(eq(auditLog.partnerId, partnerId), eq(auditLog.key, key)))
}
