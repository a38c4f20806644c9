import 'server-only'
import { type JobRow, listJobs } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { exportName, exportsKeptFor } from '../export-file'
import { ExportListResponse, ListExportsInput } from '../schema'

/** The exports of the account and how far each is. */
export const listExports = defineAction({
  name: 'exportcsv.list',
  summary: 'Lists the exports of the account, newest first.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION'],
  input: ListExportsInput,
  output: ExportListResponse,
  errors: [],

  async handle({ partner }, { beforeKey, pageSize }) {
    const jobs = await listJobs(partner.id, { kinds: ['exportCsv'], beforeKey: beforeKey ?? undefined }, pageSize + 1)
    return { objects: jobs.slice(0, pageSize).map(toExport), hasMore: jobs.length > pageSize }
  },
})

const seconds = (at: number) => Math.floor(at / 1000)

function toExport(job: JobRow) {
  const { rows = 0, size } = (job.progress ?? {}) as { rows?: number; size?: number }
  const isDone = job.status === 'done' && job.finishedAt !== null
  return {
    id: job.key,
    fileName: exportName(job),
    requestedBy: job.createdBy ?? '',
    status: job.status,
    rows,
    size,
    error: job.lastError,
    createdAt: seconds(job.createdAt),
    finishedAt: job.finishedAt === null ? null : seconds(job.finishedAt),
    expiresAt: isDone ? seconds((job.finishedAt ?? 0) + exportsKeptFor) : null,
  }
}
