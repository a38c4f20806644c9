import 'server-only'
import { transaction } from '@/db/client'
import { updateBulkUpload } from '@/db/queries/bulk-uploads'
import { cancelJob } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { recordChange } from '@/lib/audit/record-change'
import { getOwnUpload, uploaderPermissions } from '../get-own-upload'
import { mailOutcome } from '../mail-outcome'
import { BulkUpload, BulkUploadStatus, GetBulkUploadInput } from '../schema'
import { toBulkUpload } from '../to-bulk-upload'

/** Stops an upload (appendix A). Rows that were applied stay so; one that has ended is left as it is. `BULK_UPLOAD_NOT_FOUND`. */
export const abortBulkUpload = defineAction({
  name: 'bulkupload_bulk.abort',
  summary: 'Stops an upload; rows that were applied stay so.',
  kind: 'mutation',
  audience: 'partner',
  permission: uploaderPermissions,
  input: GetBulkUploadInput,
  output: BulkUpload,
  errors: ['BULK_UPLOAD_NOT_FOUND'],
  changes: ['bulkupload_bulk', 'job'],

  handle: (ctx, { id }) =>
    transaction(async () => {
      const before = await getOwnUpload(ctx, id)
      if (!(await cancelJob(ctx.partner.id, id, ctx.now))) return toBulkUpload(ctx, before)
      const after = await updateBulkUpload(ctx.partner.id, id, { status: BulkUploadStatus.ABORTED, finishedAt: ctx.now })
      await recordChange(ctx, {
        action: 'bulkupload_bulk.abort',
        target: { type: 'bulkUpload', id: String(id), key: id },
        before: { status: before.status },
        after: { status: after.status },
      })
      await mailOutcome(ctx, after)
      return toBulkUpload(ctx, after)
    }),
})
