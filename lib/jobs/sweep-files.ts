import 'server-only'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { acrossPartners } from '@/db/partner-guard'
import {
  type BulkUploadRow,
  deleteBulkResults,
  listKnownFiles,
  listOldUploads,
  updateBulkUpload,
} from '@/db/queries/bulk-uploads'
import { folderOf } from '@/lib/bulk/stored-files'
import { uploadsKeptFor } from '@/lib/bulk-upload/kept-for'
import { exportsKeptFor } from '@/lib/export-csv/export-file'

/** A file this old that nothing names was left by a process that ended in between. */
const leftAfter = 24 * 3_600_000
/** Rows that are forgotten together. */
const partAtOnce = 2_000

/** Removes files whose time is over, and those that crashes left behind (F14). Safe to run in several processes at once. */
export async function sweepFiles(now: number) {
  await acrossPartners(async () => {
    for (const upload of await listOldUploads(now - uploadsKeptFor, 100)) await forget(upload)
    for (const { path, name, age } of await filesIn('bulk', now)) {
      if (age > leftAfter && !(await listKnownFiles([name])).has(name)) await rm(path, { force: true })
    }
  })
  for (const { path, name, age } of await filesIn('exports', now)) {
    if (age > (name.endsWith('.csv') ? exportsKeptFor : leftAfter)) await rm(path, { force: true })
  }
}

/** The rows of a large file are many: they go a part at a time, so that other work is not held up. */
async function forget({ partnerId, key, rows }: BulkUploadRow) {
  for (let line = 0; line < rows; line += partAtOnce) {
    await deleteBulkResults(partnerId, key, line + partAtOnce)
    await nextTurn()
  }
  // Nothing names the file any more: it goes with those that were left.
  await updateBulkUpload(partnerId, key, { file: null })
}

async function filesIn(kind: 'bulk' | 'exports', now: number) {
  const found: { path: string; name: string; age: number }[] = []
  for (const account of await namesIn(folderOf(kind))) {
    const folder = join(folderOf(kind), account)
    for (const name of await namesIn(folder)) {
      const path = join(folder, name)
      // Another process may be sweeping too.
      const there = await stat(path).catch(() => null)
      if (there?.isFile()) found.push({ path, name, age: now - there.mtimeMs })
    }
  }
  return found
}

const namesIn = (folder: string) => readdir(folder).catch(() => [])
