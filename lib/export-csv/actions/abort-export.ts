import 'server-only'
import { transaction } from '@/db/client'
import { cancelJob, findJob } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { exportName } from '../export-file'
import { CsvExport, ExportIdInput } from '../schema'
import { toExport } from '../to-export'

/** Stops an export that waits or is being written: no file comes of it. One that has ended is left as it is. `INVALID_OBJECT_ID`. */
export const abortExport = defineAction({
  name: 'exportcsv.abort',
  summary: 'Stops an export; no file comes of it.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION'],
  input: ExportIdInput,
  output: CsvExport,
  errors: [],
  changes: ['exportcsv', 'job', 'audit'],

  handle: (ctx, { id }) =>
    transaction(async () => {
      const find = async () => {
        const job = await findJob(ctx.partner.id, 'exportCsv', id)
        if (!job) throw new ActionError('INVALID_OBJECT_ID', { ID: id })
        return job
      }
      const before = await find()
      if (!(await cancelJob(ctx.partner.id, id, ctx.now))) return toExport(before)
      const after = await find()
      await recordChange(ctx, {
        action: 'exportcsv.abort',
        target: { type: 'export', id: exportName(after), key: id },
        before: { status: before.status },
        after: { status: after.status },
      })
      return toExport(after)
    }),
})
