import 'server-only'
import { findJob, type JobRow } from '@/db/queries/jobs'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { exportsKeptFor } from './export-file'

/** An export of the account whose file is there: `INVALID_OBJECT_ID` (`asked`) otherwise. */
export async function getFinishedExport(
  { partner, now }: PartnerContext,
  key: number | null,
  asked: string | number,
): Promise<JobRow> {
  const job = key === null ? null : await findJob(partner.id, 'exportCsv', key)
  const isThere = job?.status === 'done' && (job.finishedAt ?? 0) + exportsKeptFor > now
  if (!isThere) throw new ActionError('INVALID_OBJECT_ID', { ID: asked })
  return job
}
