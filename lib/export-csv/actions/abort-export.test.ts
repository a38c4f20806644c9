import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { exportCsvJob } from '@/lib/jobs/export-csv'
import { doJobs, freshDataFolder, mailsOf, storedJobs, uploaded } from '@/lib/jobs/testing'
import { newWorker } from '@/lib/jobs/worker'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { addUser } from '@/lib/user/actions/add-user'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { exportPath } from '../export-file'
import { abortExport } from './abort-export'

freshDatabase()
freshDataFolder()

async function anExport() {
  const account = await newAccount()
  data(await asAdmin(account, addUser, { user: { id: 'exporter', email: 'exporter@x.example', roleIds: '1' } }))
  const ctx = await contextOf(account, { userId: 'exporter' })
  data(await runAction(exportToCsv, ctx, {}))
  return { account, ctx, id: await idOf(account) }
}

const jobOf = async ({ partnerId }: Account) => {
  const [job] = await storedJobs(partnerId)
  if (!job) throw new Error('No job')
  return job
}
const idOf = async (account: Account) => (await jobOf(account)).key
const abort = (ctx: PartnerContext, id: number) => runAction(abortExport, ctx, { id })

it('stops one that waits: nobody begins it, and it is written down', async () => {
  const { account, ctx, id } = await anExport()
  expect(data(await abort(ctx, id))).toMatchObject({ id, status: 'cancelled', expiresAt: null })
  await doJobs()
  expect(await jobOf(account)).toMatchObject({ status: 'cancelled' })
  expect(await mailsOf(account.partnerId, 'export-ready')).toEqual([])
  const [entry] = await acrossPartners(() => listAuditEntries(account.partnerId, { targetType: 'export', targetKey: id }, 1))
  expect(entry).toMatchObject({ action: 'exportcsv.abort', changes: { status: { before: 'waiting', after: 'cancelled' } } })
})

it('stops one that is being written: no file is left, and no mail is sent', async () => {
  const { account, ctx, id } = await anExport()
  const stopped: typeof exportCsvJob = {
    ...exportCsvJob,
    run: (job) =>
      exportCsvJob.run({
        ...job,
        // All is written but the end.
        async finish(change) {
          data(await abort(ctx, id))
          return job.finish(change)
        },
      }),
  }
  await newWorker({ kinds: [stopped] }).runDue()
  const job = await jobOf(account)
  expect(job).toMatchObject({ status: 'cancelled' })
  expect(await mailsOf(account.partnerId, 'export-ready')).toEqual([])
  const folder = dirname(exportPath(job))
  expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
})

it('leaves one that has ended as it is', async () => {
  const { ctx, id } = await anExport()
  await doJobs()
  expect(data(await abort(ctx, id))).toMatchObject({ status: 'done', rows: 2 })
})

it("Z01 is not for another account's export, nor for an import", async () => {
  const { id } = await anExport()
  const other = await anExport()
  expect(codeOf(await abort(other.ctx, id))).toBe('INVALID_OBJECT_ID')
  const upload = data(await runAction(addFromBulkUpload, other.ctx, { fileData: await uploaded('*userId\nann\n') }))
  expect(codeOf(await abort(other.ctx, upload.id))).toBe('INVALID_OBJECT_ID')
})
