import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  type BulkResultRow,
  type BulkUploadRow,
  findBulkUpload,
  insertBulkResults,
  updateBulkUpload,
} from '@/db/queries/bulk-uploads'
import { newContext, type PartnerContext } from '@/lib/action/context'
import { callerNow, type LaterCaller } from '@/lib/auth/later-caller'
import { findPartner } from '@/lib/auth/partner'
import { applyRow } from '@/lib/bulk/apply-row'
import { UnreadableFile } from '@/lib/bulk/csv-reader'
import { type BulkRow, readRows } from '@/lib/bulk/read-rows'
import { storedPath } from '@/lib/bulk/stored-files'
import { mailOutcome } from '@/lib/bulk-upload/mail-outcome'
import { BulkUploadStatus } from '@/lib/bulk-upload/schema'
import type { JobKind, RunningJob } from './run-job'

/** Rows that are committed together: as many as are applied in so short a time that other work is not held up, milliseconds. */
const longestTogether = 20
const mostTogether = 100
/** So many however long they take, as a commit costs as much as some rows. */
const leastTogether = 20

/** How far an upload is: how many rows the file has, and the last line that was handled. */
type Progress = { totalRows: number; line: number }

/**
 * Applies the rows of an uploaded file (§10.3). The file is read to its end before the first row is applied, so that one that cannot be read
 * changes nothing. Rows, their results and the progress are committed together, so each row is applied once, whatever happens between.
 */
export const bulkUploadJob: JobKind = {
  kind: 'bulkUpload',

  async run(job) {
    const upload = await getUpload(job)
    const progress = (job.progress as Progress | null) ?? (await begin(job, upload))
    await applyRows(job, upload, progress)
    await job.finish(() => end(job, statusOf))
  },

  isFinal: (error) => error instanceof UnreadableFile,
  putAside: (job, reason) => end(job, () => BulkUploadStatus.FAILED, reason),
}

async function begin(job: RunningJob, upload: BulkUploadRow) {
  await job.step(() => updateBulkUpload(job.partnerId, job.key, { status: BulkUploadStatus.PROCESSING }).then(() => undefined))
  const progress: Progress = { totalRows: await countRows(job, upload), line: 0 }
  await job.step(async () => {
    await updateBulkUpload(job.partnerId, job.key, { totalRows: progress.totalRows })
    return progress
  })
  return progress
}

async function countRows({ signal }: RunningJob, upload: BulkUploadRow) {
  let rows = 0
  for await (const { line } of readRows(pathOf(upload))) {
    signal.throwIfAborted()
    rows = line
  }
  return rows
}

async function applyRows(job: RunningJob, upload: BulkUploadRow, { totalRows, line: handled }: Progress) {
  let waiting: BulkRow[] = []
  for await (const row of readRows(pathOf(upload))) {
    job.signal.throwIfAborted()
    if (row.line > handled) waiting.push(row)
    if (waiting.length >= mostTogether) waiting = await applySome(job, waiting, totalRows)
  }
  while (waiting.length > 0) waiting = await applySome(job, waiting, totalRows)
}

/** Applies rows until it has taken long enough; answers the rest of them. */
async function applySome(job: RunningJob, rows: BulkRow[], totalRows: number): Promise<BulkRow[]> {
  let results: BulkResultRow[] = []
  await job.step(async () => {
    // The database may begin the step anew.
    results = []
    const ctx = await contextNow(job)
    const deadline = performance.now() + longestTogether
    for (const row of rows) {
      results.push(await resultOf(ctx, job, row))
      if (results.length >= leastTogether && performance.now() > deadline) break
    }
    await insertBulkResults(results)
    const { rows: before, failedRows } = await getUpload(job)
    const failed = results.filter((result) => result.status === 1).length
    await updateBulkUpload(job.partnerId, job.key, { rows: before + results.length, failedRows: failedRows + failed })
    return { totalRows, line: results.at(-1)?.line ?? 0 } satisfies Progress
  })
  // SQLite answers without leaving this turn of the event loop: whoever else waits comes first now.
  await nextTurn()
  return rows.slice(results.length)
}

/** The uploader with the rights that he has by now (F06). */
async function contextNow(job: RunningJob): Promise<PartnerContext> {
  const { caller } = job.payload as { caller: LaterCaller }
  return { ...(await contextOf(job)), ...(await callerNow(job.partnerId, caller)) }
}

async function resultOf(ctx: PartnerContext, job: RunningJob, row: BulkRow): Promise<BulkResultRow> {
  const outcome = await applyRow(ctx, row)
  const status = outcome.error === null ? 2 : 1
  return { partnerId: job.partnerId, uploadKey: job.key, line: row.line, status, ...outcome }
}

/** Finished, in part, or failed where no row could be applied (§10.3). */
function statusOf({ rows, failedRows }: BulkUploadRow) {
  if (failedRows === 0) return BulkUploadStatus.FINISHED
  return failedRows === rows ? BulkUploadStatus.FAILED : BulkUploadStatus.FINISHED_PARTIALLY
}

/** Ends an upload, with its mails. */
async function end(job: RunningJob, status: (upload: BulkUploadRow) => number, error: string | null = null) {
  const ended = { status: status(await getUpload(job)), error, finishedAt: job.now() }
  await mailOutcome(await contextOf(job), await updateBulkUpload(job.partnerId, job.key, ended))
}

/** The work's own context, of nobody in particular. */
async function contextOf(job: RunningJob): Promise<PartnerContext> {
  const partner = await findPartner(job.partnerId)
  if (!partner) throw new Error(`Account ${job.partnerId} is gone`)
  return { ...newContext({ origin: 'usher', now: job.now(), random: job.random }), partner }
}

async function getUpload({ partnerId, key }: RunningJob): Promise<BulkUploadRow> {
  const upload = await findBulkUpload(partnerId, key)
  if (!upload) throw new Error(`There is no upload for the job ${key}`)
  return upload
}

function pathOf({ partnerId, file }: BulkUploadRow) {
  if (file === null) throw new Error('The file of the upload was swept')
  return storedPath('bulk', partnerId, file)
}
