import 'server-only'
import { listBulkResults as listRows } from '@/db/queries/bulk-uploads'
import { defineAction } from '@/lib/action/define-action'
import { getOwnUpload, uploaderPermissions } from '../get-own-upload'
import { BulkResultListResponse, ListBulkResultsInput } from '../schema'

/** What became of the rows of an upload, read on behind a line. `BULK_UPLOAD_NOT_FOUND`. */
export const listBulkResults = defineAction({
  name: 'bulkupload_bulk.listResults',
  summary: 'Lists what became of the rows of an upload.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: ListBulkResultsInput,
  output: BulkResultListResponse,
  errors: ['BULK_UPLOAD_NOT_FOUND'],

  async handle(ctx, { id, afterLine, onlyFailed, pageSize }) {
    const { key } = await getOwnUpload(ctx, id)
    // One row more than shown tells whether there are others.
    const rows = await listRows(ctx.partner.id, key, { afterLine, onlyFailed }, pageSize + 1)
    const objects = rows.slice(0, pageSize).map((row) => ({ ...row, isFailed: row.status === 1 }))
    return { objects, hasMore: rows.length > pageSize }
  },
})
