import 'server-only'
import type { z } from 'zod'
import { type BulkUploadRow, findBulkUploads } from '@/db/queries/bulk-uploads'
import type { JobRow } from '@/db/queries/jobs'
import type { PartnerContext } from '@/lib/action/context'
import { seconds } from '@/lib/action/listing'
import { allows, type Permission } from '@/lib/action/permissions'
import { uploadsKeptFor } from '@/lib/bulk-upload/kept-for'
import { BulkUploadStatus } from '@/lib/bulk-upload/schema'
import { exportName, exportsKeptFor } from '@/lib/export-csv/export-file'
import type { jobTypes } from './enums'
import type { Job } from './schema'

type JobAnswer = z.input<typeof Job>

export const jobPermissions = ['ADMIN_BASE', 'ADMIN_USER_BULK'] as const satisfies Permission[]

const kindOf = { import: 'bulkUpload', export: 'exportCsv' } as const

/** The kinds of jobs that the caller may see: who may only upload sees no exports. */
export function visibleKinds({ actor }: PartnerContext, type?: (typeof jobTypes)[number]): string[] {
  const kinds: string[] = allows(actor.grants, ['ADMIN_BASE']) ? Object.values(kindOf) : [kindOf.import]
  return type ? kinds.filter((kind) => kind === kindOf[type]) : kinds
}

/** Jobs as they are answered, in the same order. */
export async function toJobs({ partner, now }: PartnerContext, jobs: JobRow[]): Promise<JobAnswer[]> {
  const keys = jobs.filter(({ kind }) => kind === kindOf.import).map(({ key }) => key)
  const uploads = new Map((await findBulkUploads(partner.id, keys)).map((upload) => [upload.key, upload]))
  return jobs.map((job) => {
    const upload = uploads.get(job.key)
    return { ...always(job), ...(upload ? ofImport(job, upload) : ofExport(job, now)) }
  })
}

const always = (job: JobRow) => ({
  id: job.key,
  requestedBy: job.createdBy ?? '',
  error: job.lastError,
  createdAt: seconds(job.createdAt),
  finishedAt: job.finishedAt === null ? null : seconds(job.finishedAt),
})

const states: Record<number, JobAnswer['state']> = {
  [BulkUploadStatus.PENDING]: 'waiting',
  [BulkUploadStatus.PROCESSING]: 'running',
  [BulkUploadStatus.FINISHED]: 'done',
  [BulkUploadStatus.FINISHED_PARTIALLY]: 'partial',
  [BulkUploadStatus.FAILED]: 'failed',
  [BulkUploadStatus.ABORTED]: 'cancelled',
}

function ofImport(job: JobRow, upload: BulkUploadRow) {
  return {
    type: 'import' as const,
    state: states[upload.status] ?? job.status,
    fileName: upload.fileName,
    requestedBy: upload.uploadedBy,
    rows: upload.rows,
    totalRows: upload.totalRows,
    failedRows: upload.failedRows,
    size: upload.size,
    error: upload.error ?? job.lastError,
    hasFile: upload.file !== null,
    expiresAt: upload.file === null || upload.finishedAt === null ? null : seconds(upload.finishedAt + uploadsKeptFor),
  }
}

function ofExport(job: JobRow, now: number) {
  const { rows = 0, size } = (job.progress ?? {}) as { rows?: number; size?: number }
  const expiresAt = job.status === 'done' && job.finishedAt !== null ? job.finishedAt + exportsKeptFor : null
  return {
    type: 'export' as const,
    state: job.status,
    fileName: exportName(job),
    rows,
    failedRows: 0,
    size,
    hasFile: expiresAt !== null && expiresAt > now,
    expiresAt: expiresAt === null ? null : seconds(expiresAt),
  }
}
