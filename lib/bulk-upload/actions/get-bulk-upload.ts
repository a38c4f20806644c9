import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { getOwnUpload, uploaderPermissions } from '../get-own-upload'
import { BulkUpload, GetBulkUploadInput } from '../schema'
import { toBulkUpload } from '../to-bulk-upload'

/** How far an upload is (appendix A): `BULK_UPLOAD_NOT_FOUND`, also for one of somebody else. */
export const getBulkUpload = defineAction({
  name: 'bulkupload_bulk.get',
  summary: 'Tells how far an uploaded file is.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: GetBulkUploadInput,
  output: BulkUpload,
  errors: ['BULK_UPLOAD_NOT_FOUND'],

  handle: async (ctx, { id }) => toBulkUpload(ctx, await getOwnUpload(ctx, id)),
})
