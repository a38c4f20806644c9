import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { fileAnswer } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { csvLine } from '@/lib/bulk/csv-writer'
import { getKeptUpload, uploaderPermissions } from '../get-own-upload'
import { readResults } from '../read-results'
import { GetBulkUploadInput } from '../schema'

/** The log of an upload (§10.3): every row that was handled with what became of it. `BULK_UPLOAD_NOT_FOUND`, also once it was swept. */
export const serveLog = defineAction({
  name: 'bulkupload_bulk.serveLog',
  summary: 'Gives the log of an upload: its rows and what became of each.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: GetBulkUploadInput,
  output: fileAnswer(),
  errors: ['BULK_UPLOAD_NOT_FOUND'],

  async handle(ctx, { id }) {
    const upload = await getKeptUpload(ctx, id)
    const open = () => (upload.rows > 0 ? logLines(upload) : notReady(upload.error))
    return new FileAnswer({ contentType: 'text/plain; charset=UTF-8', name: `bulk_log_${id}.txt`, open })
  },
})

async function* notReady(error: string | null) {
  yield `${error ?? 'No row was handled yet.'}\n`
}

/** The values of the row, then status (1 failed, 2 done), internal id and status of the user, and why it failed. */
async function* logLines(upload: Parameters<typeof readResults>[0]) {
  for await (const { row, result } of readResults(upload)) {
    const { status, userKey, userStatus, error } = result
    yield csvLine([...row.cells, status, userKey, userStatus, ...(error ? [error.replace(/\s+/g, ' ')] : [])])
  }
}
