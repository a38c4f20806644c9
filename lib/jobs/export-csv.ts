import 'server-only'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { findJob } from '@/db/queries/jobs'
import { type Keyset, listUsers } from '@/db/queries/list-users'
import type { UserQuery } from '@/db/queries/user-conditions'
import { newContext, type PartnerContext } from '@/lib/action/context'
import { forbidden } from '@/lib/action/forbidden'
import { allows } from '@/lib/action/permissions'
import { callerNow } from '@/lib/auth/later-caller'
import { byteOrderMark, csvLine } from '@/lib/bulk/csv-writer'
import { prepareFolder } from '@/lib/bulk/stored-files'
import { downloadLink } from '@/lib/export-csv/download-link'
import { columnsOf } from '@/lib/export-csv/export-columns'
import { exportName, exportPath } from '@/lib/export-csv/export-file'
import type { ExportOrder } from '@/lib/export-csv/export-order'
import { queueMail } from '@/lib/mail/outbox'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { toQuery } from '@/lib/user/to-query'
import { toUsers } from '@/lib/user/to-user'
import type { JobKind, RunningJob } from './run-job'

const page = 500
/** Rows between two notes of how far it is. */
const notedEvery = 5_000

/**
 * Writes an export (§11): whoever was there when it was asked for and is there when his page is read stands in it once. It is written under
 * another name and takes its own when it is whole, so that nobody is given a part (R02); the mail is queued with the end of the job.
 */
export const exportCsvJob: JobKind = {
  kind: 'exportCsv',

  async run(job) {
    const order = job.payload as ExportOrder
    const ctx = await contextNow(job, order)
    await prepareFolder('exports', job.partnerId)
    const written = await writeFile(ctx, job, order)
    await job
      .finish(async () => {
        await mailLink(ctx, job, order, written.rows)
        return written
      })
      .catch((error) => forgetStopped(job, error))
  },
}

/** Stopped when the file had its name already: nobody is to have it. Another worker may have it in hand where it was not stopped. */
async function forgetStopped(job: RunningJob, error: unknown): Promise<never> {
  const stored = await findJob(job.partnerId, 'exportCsv', job.key)
  if (stored?.status === 'cancelled') await rm(exportPath(job), { force: true })
  throw error
}

/** The caller with the rights that he has by now: who may not export any more gets no file. */
async function contextNow(job: RunningJob, { caller }: ExportOrder): Promise<PartnerContext> {
  const { partner, actor } = await callerNow(job.partnerId, caller)
  if (!allows(actor.grants, exportToCsv.permission)) throw forbidden(exportToCsv.name)
  return { ...newContext({ origin: 'usher', now: job.now(), random: job.random, actor }), partner }
}

/** Writes the whole file; answers how many users are in it, and its bytes. */
async function writeFile(ctx: PartnerContext, job: RunningJob, order: ExportOrder) {
  // Of this try alone: a worker that is thought gone may still be writing its own.
  const partial = `${exportPath(job)}.${job.random(8).toString('hex')}.part`
  const file = await open(partial, 'wx', 0o600)
  try {
    const rows = await writeLines(ctx, job, order, file)
    // On the disk, not only on its way there, before it gets its name.
    await file.sync()
    const { size } = await file.stat()
    await rename(partial, exportPath(job))
    return { rows, size }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function writeLines(ctx: PartnerContext, job: RunningJob, order: ExportOrder, file: FileHandle) {
  const columns = columnsOf(order.columns)
  await file.appendFile(byteOrderMark)
  if (order.hasTitle) await file.appendFile(csvLine([titleOf(ctx, job)]))
  await file.appendFile(csvLine(columns.map((column) => column.title)))

  let [rows, noted] = [0, 0]
  for await (const users of pagesOf(ctx, await queryOf(ctx, job, order))) {
    job.signal.throwIfAborted()
    await file.appendFile(users.map((user) => csvLine(columns.map((column) => column.cellOf(user)))).join(''))
    rows += users.length
    if (rows - noted >= notedEvery) {
      noted = rows
      await job.step(async () => ({ rows }))
    }
    await nextTurn()
  }
  return rows
}

/** What the file is, of whom, for whom and when, in one cell (§11). */
function titleOf({ partner }: PartnerContext, job: RunningJob) {
  const asked = new Date(job.createdAt).toISOString().slice(0, 19).replace('T', ' ')
  return ['Users', `Account: ${partner.name} (${partner.id})`, `Requested by: ${job.createdBy}`, `Date: ${asked} UTC`].join('\n')
}

/** Users who come later are not in it, so that it ends however fast they come. */
async function queryOf({ partner }: PartnerContext, job: RunningJob, { filter }: ExportOrder): Promise<UserQuery> {
  const query = await toQuery(partner.id, filter)
  const to = Math.min(query.createdAt?.to ?? job.createdAt, job.createdAt)
  return { ...query, createdAt: { ...query.createdAt, to } }
}

/** By time of creation and then by key, so that a moment with many users loses none and repeats none (R15). */
async function* pagesOf({ partner }: PartnerContext, query: UserQuery) {
  let after: Keyset | undefined
  for (;;) {
    const users = await listUsers(partner.id, query, {
      orders: [{ column: 'createdAt', isDescending: false }],
      limit: page,
      after,
    })
    const last = users.at(-1)
    if (!last) return
    yield await toUsers(partner, users)
    after = { value: last.createdAt, key: last.key, isBackwards: false }
  }
}

async function mailLink(ctx: PartnerContext, job: RunningJob, { recipient }: ExportOrder, rows: number) {
  const fileName = exportName(job)
  const user = ctx.actor.kind === 'user' ? ctx.actor.user : null
  const params = {
    userName: user?.id ?? '',
    partnerName: ctx.partner.name,
    fileName,
    rows,
    ...(await downloadLink({ ...ctx, now: job.now() }, fileName)),
  }
  await queueMail(ctx, { event: 'export-ready', recipient, language: user?.language, params })
}
