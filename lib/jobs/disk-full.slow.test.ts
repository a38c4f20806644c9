import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { db, transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { insertUsers } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { runAction } from '@/lib/action/run-action'
import { makeUser } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import { type Account, askUser, contextOf, data, ksOf, newAccount, startWire, storedUser } from '@/lib/testing'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { doJobs, freshDataFolder, storedJobs } from './testing'

/** No more room for what is written. */

freshDatabase()
freshDataFolder()

let account: Account
let wire: Awaited<ReturnType<typeof startWire>>
let ks: string
beforeAll(async () => {
  account = await newAccount()
  ks = await ksOf(account)
  wire = await startWire()
})
afterAll(() => wire.stop())

const ask = (action: string, params: object) => askUser(wire.url, action, { ks, ...params })
const add = (id: string, description = '') => ask('add', { user: { id, description } })

if (dialectOf(databaseUrl()) === 'sqlite') {
  /** Lets the file have so many pages more than it has. */
  const leaveRoom = (pages: number) =>
    transaction(async () => {
      const [row] = await db().values<[number]>(sql`pragma page_count`)
      await db().values(sql.raw(`pragma max_page_count = ${(row?.[0] ?? 0) + pages}`))
    })

  it('R09 a change for which there is no room fails alone and whole, reading goes on, and so does all when there is room again', async () => {
    await add('before')
    await leaveRoom(8)
    // Those that fit are written, though they wait together with those that do not.
    const ids = Array.from({ length: 40 }, (_, at) => `full-${at}`)
    const answers = await Promise.all(ids.map((id, at) => add(id, 'x'.repeat(at % 4 === 0 ? 8_000 : 10))))
    const isStored = await Promise.all(ids.map(async (id) => (await storedUser(account, id)) !== null))
    expect(answers.map(({ id }) => id !== undefined)).toEqual(isStored)
    expect(new Set(isStored)).toEqual(new Set([true, false]))
    for (const answer of answers.filter(({ code }) => code))
      expect(answer).toMatchObject({ code: 'INTERNAL_DATABASE_ERROR', comeAgainAfter: '10' })

    expect(await ask('get', { userId: 'before' })).toMatchObject({ id: 'before' })
    expect(await ask('list', { filter: { idIn: 'before' } })).toMatchObject({ totalCount: 1 })
    expect((await ask('get', { userId: 'before', ks: 'x' })).code).toBe('INVALID_KS')

    await leaveRoom(1_000_000)
    for (const [at, id] of ids.entries()) if (!isStored[at]) expect(await add(id)).toMatchObject({ id })
    const [check] = await db().values<[string]>(sql`pragma integrity_check`)
    expect(check).toEqual(['ok'])
  })
}

it('R09 an export for which there is no room leaves nothing, and is written when there is', async () => {
  const asker = { id: 'first', email: 'first@x.example' }
  const { key: _key, version: _version, ...row } = await makeUser(account.partnerId, asker)
  const some = Array.from({ length: 1_500 }, (_, at) => ({ ...row, id: `person-${at}`, description: 'x'.repeat(8_000) }))
  await acrossPartners(() => transaction(() => insertUsers(account.partnerId, some)))
  const input = { filter: { idOrScreenNameStartsWith: 'person' }, mappedFields: [{ key: 'description' }] }
  data(await runAction(exportToCsv, await contextOf(account, { userId: 'first' }), input))

  // Some megabytes, whatever the shell counts in: less than the file of 12.
  const worker = ['--import=./scripts/on-server.mjs', '--import=tsx', 'lib/jobs/killable-worker.ts'].join(' ')
  const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f 8192; exec "${process.execPath}" ${worker}`], {
    env: { ...process.env, DATA_DIR: env().dataDir },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  try {
    await expect.poll(async () => (await storedJobs(account.partnerId))[0]?.lastError, { timeout: 50_000 }).toMatch(/EFBIG/)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
  const folder = join(env().dataDir, 'exports', String(account.partnerId))
  expect(readdirSync(folder)).toEqual([])
  expect(await storedJobs(account.partnerId)).toMatchObject([{ status: 'waiting' }])

  await doJobs(Date.now() + 3_600_000)
  expect(await storedJobs(account.partnerId)).toMatchObject([{ status: 'done', progress: { rows: 1_500 } }])
  expect(readdirSync(folder)).toHaveLength(1)
}, 60_000)
