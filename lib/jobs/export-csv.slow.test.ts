import { expect, it } from 'vitest'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { insertUsers } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeUser } from '@/lib/auth/testing'
import { heldMemory } from '@/lib/memory-testing'
import { contextOf, data, newAccount } from '@/lib/testing'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { exportCsvJob } from './export-csv'
import { freshDataFolder, storedJobs } from './testing'
import { newWorker } from './worker'

freshDatabase()
freshDataFolder()

const megabyte = 2 ** 20
const together = 1_000

/** Memory that was added at the most while so many people were written, beyond the account's owner and whoever asks. */
async function memoryOfExport(people: number) {
  const account = await newAccount()
  const first = { id: 'first', email: 'first@x.example', firstName: 'x'.repeat(250) }
  const { key: _key, version: _version, ...row } = await makeUser(account.partnerId, first)
  for (let from = 0; from < people; from += together) {
    const some = Array.from({ length: together }, (_, at) => ({ ...row, id: `person-${from + at}` }))
    await acrossPartners(() => transaction(() => insertUsers(account.partnerId, some)))
  }
  data(await runAction(exportToCsv, await contextOf(account, { userId: 'first' }), {}))

  const before = { held: heldMemory(), resident: process.memoryUsage().rss }
  const most = { looks: 0, held: 0, resident: 0 }
  const watched: typeof exportCsvJob = {
    ...exportCsvJob,
    run: (job) =>
      exportCsvJob.run({
        ...job,
        // Looked at before each page is written.
        get signal() {
          most.looks++
          most.resident = Math.max(most.resident, process.memoryUsage().rss - before.resident)
          most.held = Math.max(most.held, heldMemory() - before.held)
          return job.signal
        },
      }),
  }
  await newWorker({ kinds: [watched] }).runDue()
  const [job] = await storedJobs(account.partnerId)
  expect(job).toMatchObject({ status: 'done', progress: { rows: people + 2 } })
  return most
}

it('R30 an export holds no more memory for eight times as many people', async () => {
  const [few, many] = [await memoryOfExport(together), await memoryOfExport(8 * together)]
  expect(many.looks).toBeGreaterThan(2 * few.looks)
  // The seven thousand more would be over seven megabytes; what is collected late is less than three.
  expect(many.held).toBeLessThan(few.held + 3 * megabyte)
  expect(many.resident).toBeLessThan(150 * megabyte)
}, 60_000)
