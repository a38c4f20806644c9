import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { fileAnswer } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { byteOrderMark, csvLine } from '@/lib/bulk/csv-writer'
import { getKeptUpload, uploaderPermissions } from '../get-own-upload'
import { readResults } from '../read-results'
import { GetBulkUploadInput } from '../schema'

/** The rows that failed, with a last column that says why: ready to be mended and uploaded again. `BULK_UPLOAD_NOT_FOUND`. */
export const serveRefused = defineAction({
  name: 'bulkupload_bulk.serveRefused',
  summary: 'Gives the rows of an upload that failed, with the reasons, to be mended and uploaded again.',
  kind: 'query',
  audience: 'partner',
  permission: uploaderPermissions,
  input: GetBulkUploadInput,
  output: fileAnswer(),
  errors: ['BULK_UPLOAD_NOT_FOUND'],

  async handle(ctx, { id }) {
    const upload = await getKeptUpload(ctx, id)
    const name = `${upload.fileName.replace(/\.[^.]*$/, '')}-refused.csv`
    return new FileAnswer({ contentType: 'text/csv', name, open: () => refusedRows(upload) })
  },
})

/** A column of an extension: an upload passes over it. */
const reasonColumn = 'usher::error'

async function* refusedRows(upload: Parameters<typeof readResults>[0]) {
  yield byteOrderMark
  let header = ''
  for await (const { row, result } of readResults(upload)) {
    if (result.status !== 1) continue
    const names = row.header.filter((name) => name !== reasonColumn)
    const named = `*${csvLine([...names, reasonColumn])}`
    // A file may name its columns anew further down.
    if (named !== header) yield named
    header = named
    const cells = row.header.flatMap((name, at) => (name === reasonColumn ? [] : [row.cells[at]]))
    yield csvLine([...cells, result.error])
  }
}
