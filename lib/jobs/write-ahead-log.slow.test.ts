import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { connection, transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findUserForUpdate, insertUsers, updateUser } from '@/db/queries/users'
import { databaseFile, freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { runAction } from '@/lib/action/run-action'
import { makePartner, makeUser } from '@/lib/auth/testing'
import { contextOf, data, newAccount } from '@/lib/testing'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { exportCsvJob } from './export-csv'
import { freshDataFolder, storedJobs } from './testing'
import { warnOfBacklog } from './warn-of-backlog'
import { newWorker } from './worker'

/** What SQLite has written and not yet taken over into its file: that waits for whoever still reads from before. */

freshDatabase()
freshDataFolder()

const megabyte = 2 ** 20
const logSize = () => statSync(`${databaseFile()}-wal`).size

/** Writes about so many megabytes, in one change for each. */
async function write(partnerId: number, megabytes: number) {
  for (let at = 0; at < megabytes; at++) {
    await acrossPartners(() =>
      transaction(async () => {
        const user = await findUserForUpdate(partnerId, 'large')
        const text = String.fromCharCode(97 + (at % 26)).repeat(megabyte)
        if (user) await updateUser(user, { partnerData: text, updatedAt: user.updatedAt + 1 })
      }),
    )
  }
}

async function newLarge() {
  const partnerId = await makePartner()
  await makeUser(partnerId, { id: 'large' })
  return partnerId
}

if (dialectOf(databaseUrl()) === 'sqlite') {
  it('R11 does not grow while people are exported and others write', async () => {
    const account = await newAccount()
    const { key: _key, version: _version, ...row } = await makeUser(account.partnerId, { id: 'first', email: 'first@x.example' })
    const some = Array.from({ length: 2_500 }, (_, at) => ({ ...row, id: `person-${at}` }))
    await acrossPartners(() => transaction(() => insertUsers(account.partnerId, some)))
    data(await runAction(exportToCsv, await contextOf(account, { userId: 'first' }), {}))

    const other = new Database(databaseFile())
    other.pragma('synchronous = off')
    other.exec('create table notes (text text)')
    let [looks, most] = [0, 0]
    const watched: typeof exportCsvJob = {
      ...exportCsvJob,
      run: (job) =>
        exportCsvJob.run({
          ...job,
          // Looked at before each page is written.
          get signal() {
            looks++
            for (let at = 0; at < 8; at++) other.prepare('insert into notes values (?)').run('x'.repeat(megabyte))
            most = Math.max(most, logSize())
            return job.signal
          },
        }),
    }
    await newWorker({ kinds: [watched] }).runDue()
    other.close()
    expect(await storedJobs(account.partnerId)).toMatchObject([{ status: 'done' }])
    expect(looks).toBeGreaterThanOrEqual(5)
    // Of 40 megabytes and more.
    expect(most).toBeLessThan(16 * megabyte)
  })

  it('R11 grows for somebody who reads for long, which is told of, and is small again afterwards', async () => {
    const large = await newLarge()
    const reader = new Database(databaseFile(), { readonly: true })
    reader.exec('begin')
    reader.prepare('select count(*) from partners').get()
    await write(large, 72)
    expect(logSize()).toBeGreaterThan(70 * megabyte)
    expect(connection().backlog()).toBe(logSize())
    expect(warnOfBacklog(70 * megabyte)).toBe(true)
    expect(warnOfBacklog()).toBe(false)
    reader.close()
    await write(large, 6)
    expect(logSize()).toBeLessThanOrEqual(64 * megabyte)
    expect(warnOfBacklog(70 * megabyte)).toBe(false)
  })
} else {
  it('R11 is PostgreSQL’s own affair', () => {
    expect(connection().backlog()).toBe(0)
    expect(warnOfBacklog(0)).toBe(false)
  })
}
