import 'server-only'
import type { z } from 'zod'
import type { JobRow } from '@/db/queries/jobs'
import { seconds } from '@/lib/action/listing'
import { exportName, exportsKeptFor } from './export-file'
import type { CsvExport } from './schema'

/** An export as it is answered. */
export function toExport(job: JobRow): z.input<typeof CsvExport> {
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
