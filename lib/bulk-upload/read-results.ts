import 'server-only'
import { withPartner } from '@/db/partner-guard'
import { type BulkResultRow, listBulkResults } from '@/db/queries/bulk-uploads'
import { type BulkRow, readRows } from '@/lib/bulk/read-rows'
import { storedPath } from '@/lib/bulk/stored-files'

type Kept = { partnerId: number; key: number; file: string }

/** Results that are read at once. */
const page = 500

/** The rows of an upload that were handled, each with what became of it, in the order of the file. Reads both as a stream. */
export async function* readResults(upload: Kept): AsyncGenerator<{ row: BulkRow; result: BulkResultRow }> {
  const results = resultsOf(upload)
  let next = await results.next()
  if (next.done) return
  for await (const row of readRows(storedPath('bulk', upload.partnerId, upload.file))) {
    if (row.line !== next.value.line) continue
    yield { row, result: next.value }
    next = await results.next()
    if (next.done) return
  }
}

async function* resultsOf({ partnerId, key }: Kept): AsyncGenerator<BulkResultRow, undefined> {
  for (let afterLine = 0; ; ) {
    // The answer is sent after the call is over, and with it the call's own right to read the partner's rows.
    const from = afterLine
    const results = await withPartner(partnerId, () => listBulkResults(partnerId, key, { afterLine: from }, page))
    yield* results
    const last = results.at(-1)
    if (!last) return
    afterLine = last.line
  }
}
