import 'server-only'
import type { JobRow } from '@/db/queries/jobs'
import { storedPath } from '@/lib/bulk/stored-files'

/** How the files of exports are called (§11) and how long they live. */

/** Milliseconds. */
export const exportsKeptFor = 7 * 24 * 3_600_000

type ExportJob = Pick<JobRow, 'partnerId' | 'key'>

export const exportName = ({ partnerId, key }: ExportJob) => `export_${partnerId}_${key}.csv`

export const exportPath = (job: ExportJob) => storedPath('exports', job.partnerId, exportName(job))

/** The job that a file of this account is named after, or null for any other name. */
export function jobKeyOf(partnerId: number, name: string): number | null {
  const [, partner, key] = /^export_(\d{1,15})_(\d{1,15})\.csv$/.exec(name) ?? []
  return Number(partner) === partnerId && name === exportName({ partnerId, key: Number(key) }) ? Number(key) : null
}
