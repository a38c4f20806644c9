import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import { db } from '../client'
import { bulkResults, bulkUploads } from '../schema/work'
import { type Range, within } from '../within'

export type BulkUploadRow = typeof bulkUploads.$inferSelect
export type BulkResultRow = typeof bulkResults.$inferSelect

const is = (partnerId: number, key: number) => and(eq(bulkUploads.partnerId, partnerId), eq(bulkUploads.key, key))

export async function insertBulkUpload(upload: typeof bulkUploads.$inferInsert): Promise<BulkUploadRow> {
  const [added] = await db().insert(bulkUploads).values(upload).returning()
  if (!added) throw new Error('The database did not return the added upload')
  return added
}

export async function findBulkUpload(partnerId: number, key: number): Promise<BulkUploadRow | null> {
  const [upload] = await db().select().from(bulkUploads).where(is(partnerId, key))
  return upload ?? null
}

export async function findBulkUploads(partnerId: number, keys: number[]): Promise<BulkUploadRow[]> {
  if (keys.length === 0) return []
  return db()
    .select()
    .from(bulkUploads)
    .where(and(eq(bulkUploads.partnerId, partnerId), inArray(bulkUploads.key, keys)))
}

export async function updateBulkUpload(
  partnerId: number,
  key: number,
  changes: Partial<Omit<BulkUploadRow, 'partnerId' | 'key'>>,
): Promise<BulkUploadRow> {
  const [after] = await db().update(bulkUploads).set(changes).where(is(partnerId, key)).returning()
  if (!after) throw new Error(`Upload ${key} vanished`)
  return after
}

/** The same change of every upload that has not ended. Sees all partners. */
export async function updateOpenUploads(changes: Pick<BulkUploadRow, 'status' | 'error' | 'finishedAt'>) {
  await db().update(bulkUploads).set(changes).where(isNull(bulkUploads.finishedAt))
}

/** All of it must hold; times are epoch milliseconds. */
export type BulkUploadQuery = { statuses: number[]; uploaderKey?: number; createdAt?: Range }

/** A page, newest first. */
export async function listBulkUploads(partnerId: number, query: BulkUploadQuery, page: { limit: number; offset: number }) {
  return db()
    .select()
    .from(bulkUploads)
    .where(conditionsOf(partnerId, query))
    .orderBy(desc(bulkUploads.createdAt), desc(bulkUploads.key))
    .limit(page.limit)
    .offset(page.offset)
}

/** How many match, at most `cap`. */
export async function countBulkUploads(partnerId: number, query: BulkUploadQuery, cap: number): Promise<number> {
  const matching = db()
    .select({ one: sql`1`.as('one') })
    .from(bulkUploads)
    .where(conditionsOf(partnerId, query))
    .limit(cap)
    .as('matching')
  const [row] = await db()
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(matching)
  return row?.count ?? 0
}

function conditionsOf(partnerId: number, { statuses, uploaderKey, createdAt }: BulkUploadQuery) {
  const conditions: (SQL | undefined)[] = [
    eq(bulkUploads.partnerId, partnerId),
    inArray(bulkUploads.status, statuses),
    uploaderKey === undefined ? undefined : eq(bulkUploads.uploaderKey, uploaderKey),
    within(bulkUploads.createdAt, createdAt),
  ]
  return and(...conditions)
}

/** Bytes of the files that an account has in store. */
export async function sumOfStoredFiles(partnerId: number): Promise<number> {
  const [row] = await db()
    .select({ bytes: sql<number>`coalesce(sum(${bulkUploads.size}), 0)`.mapWith(Number) })
    .from(bulkUploads)
    .where(and(eq(bulkUploads.partnerId, partnerId), isNotNull(bulkUploads.file)))
  return row?.bytes ?? 0
}

export async function insertBulkResults(results: BulkResultRow[]) {
  if (results.length > 0) await db().insert(bulkResults).values(results)
}

/** Results behind a line, in the order of the file; at most `limit`. */
export async function listBulkResults(
  partnerId: number,
  uploadKey: number,
  { afterLine, onlyFailed = false }: { afterLine: number; onlyFailed?: boolean },
  limit: number,
): Promise<BulkResultRow[]> {
  return db()
    .select()
    .from(bulkResults)
    .where(
      and(
        eq(bulkResults.partnerId, partnerId),
        eq(bulkResults.uploadKey, uploadKey),
        gt(bulkResults.line, afterLine),
        onlyFailed ? sql`${bulkResults.status} = 1` : undefined,
      ),
    )
    .orderBy(asc(bulkResults.line))
    .limit(limit)
}

/** Which of these files belong to an upload. Sees all partners. */
export async function listKnownFiles(files: string[]): Promise<Set<string>> {
  if (files.length === 0) return new Set()
  const rows = await db().select({ file: bulkUploads.file }).from(bulkUploads).where(inArray(bulkUploads.file, files))
  return new Set(rows.flatMap((row) => row.file ?? []))
}

/** Uploads that ended before then and have their file still. Sees all partners. */
export async function listOldUploads(finishedBefore: number, limit: number): Promise<BulkUploadRow[]> {
  return db()
    .select()
    .from(bulkUploads)
    .where(and(isNotNull(bulkUploads.file), lt(bulkUploads.finishedAt, finishedBefore)))
    .limit(limit)
}

/** Forgets the results of the rows up to this line. */
export async function deleteBulkResults(partnerId: number, uploadKey: number, upTo: number) {
  await db()
    .delete(bulkResults)
    .where(and(eq(bulkResults.partnerId, partnerId), eq(bulkResults.uploadKey, uploadKey), lte(bulkResults.line, upTo)))
}
