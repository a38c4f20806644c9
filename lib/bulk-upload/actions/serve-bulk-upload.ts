import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { fileAnswer } from '@/lib/action/fields'
import { storedFileAnswer, storedPath } from '@/lib/bulk/stored-files'
import { getKeptUpload, uploaderPermissions } from '../get-own-upload'
import { GetBulkUploadInput } from '../schema'

/** The uploaded file as it came (appendix A). `BULK_UPLOAD_NOT_FOUND`, also once it was swept. */
export const serveBulkUpload = defineAction({
  name: 'bulkupload_bulk.serve',
  summary: 'Gives the uploaded file as it came.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: GetBulkUploadInput,
  output: fileAnswer(),
  errors: ['BULK_UPLOAD_NOT_FOUND'],

  async handle(ctx, { id }) {
    const { file, fileName } = await getKeptUpload(ctx, id)
    return storedFileAnswer(storedPath('bulk', ctx.partner.id, file), { name: fileName })
  },
})
