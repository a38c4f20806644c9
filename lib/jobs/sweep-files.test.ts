import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { storedPath } from '@/lib/bulk/stored-files'
import { bulkUploadService } from '@/lib/bulk-upload/service'
import { asAdmin, codeOf, data, newAccount } from '@/lib/testing'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { sweepFiles } from './sweep-files'
import { doJobs, freshDataFolder, uploaded } from './testing'

freshDatabase()
freshDataFolder()

const day = 24 * 3_600_000

function leave(kind: 'bulk' | 'exports', partnerId: number, name: string, daysAgo: number) {
  const path = storedPath(kind, partnerId, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, 'x')
  const at = (Date.now() - daysAgo * day) / 1000
  utimesSync(path, at, at)
  return path
}

it('F14 removes what crashes left and what is too old, and nothing else', async () => {
  const { partnerId } = await newAccount()
  const gone = [
    leave('exports', partnerId, `export_${partnerId}_1.csv`, 7.1),
    leave('exports', partnerId, `export_${partnerId}_2.csv.0a1b.part`, 1.1),
    leave('bulk', partnerId, 'left.csv', 1.1),
  ]
  const kept = [
    leave('exports', partnerId, `export_${partnerId}_3.csv`, 6.9),
    leave('exports', partnerId, `export_${partnerId}_4.csv.0a1b.part`, 0.9),
    leave('bulk', partnerId, 'arriving.csv', 0.9),
  ]
  await sweepFiles(Date.now())
  expect(gone.map((path) => existsSync(path))).toEqual([false, false, false])
  expect(kept.map((path) => existsSync(path))).toEqual([true, true, true])
})

it('F14 forgets the file and the rows of an upload thirty days after it ended, and keeps that there was one', async () => {
  const account = await newAccount()
  const { id } = data(await asAdmin(account, addFromBulkUpload, { fileData: uploaded('*userId\nann\n') }))
  await doJobs()
  const served = () => asAdmin(account, bulkUploadService.serve, { id })
  await sweepFiles(Date.now() + 29 * day)
  expect(codeOf(await served())).toBe('OK')
  await sweepFiles(Date.now() + 31 * day)
  expect(codeOf(await served())).toBe('BULK_UPLOAD_NOT_FOUND')
  expect(data(await asAdmin(account, bulkUploadService.get, { id }))).toMatchObject({ status: 5, numOfObjects: 1, isKept: false })
  expect(data(await asAdmin(account, bulkUploadService.listResults, { id })).objects).toEqual([])
})
