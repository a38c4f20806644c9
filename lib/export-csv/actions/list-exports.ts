import 'server-only'
import { listJobs } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { ExportListResponse, ListExportsInput } from '../schema'
import { toExport } from '../to-export'

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
