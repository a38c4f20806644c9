import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { and, asc, eq } from 'drizzle-orm'
import { afterAll, expect, it } from 'vitest'
import { db, transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findBulkUpload } from '@/db/queries/bulk-uploads'
import { insertUsers } from '@/db/queries/users'
import { users } from '@/db/schema/people'
import { auditLog, bulkResults } from '@/db/schema/work'
import { databaseFile, freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { runAction } from '@/lib/action/run-action'
import { makeUser } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import { asAdmin, contextOf, data, newAccount } from '@/lib/testing'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { addUser } from '@/lib/user/actions/add-user'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { freshDataFolder, mailsOf, storedJobs, uploaded } from './testing'

/**
 * A worker process is killed in the middle of its job, at moments that chance chose, and another one goes on. `KILL_SEED` and `KILL_POINTS`
 * choose other moments and more of them.
 */
freshDatabase()
freshDataFolder()

const seed = Number(process.env.KILL_SEED ?? 20_261)
const points = Number(process.env.KILL_POINTS ?? 5)
const random = chance(seed)

const workers = new Set<ReturnType<typeof spawn>>()
afterAll(() => {
  for (const worker of workers) worker.kill('SIGKILL')
})

function startWorkerProcess() {
  const worker = spawn(process.execPath, ['--import=./scripts/on-server.mjs', '--import=tsx', 'lib/jobs/killable-worker.ts'], {
    env: { ...process.env, LOG_LEVEL: 'error', DATA_DIR: env().dataDir },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  workers.add(worker)
  const ready = new Promise<void>((resolve) => worker.once('message', () => resolve()))
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  return { worker, ready, ended }
}

/** Kills a worker each time the job has come as far as chance wants it (0 to 1), then lets one finish; it must end well when it is told to. */
async function killAtWork(howFar: () => Promise<number>, isDone: () => Promise<boolean>, cleanUp = () => {}) {
  const moments = Array.from({ length: points }, random).sort()
  for (const moment of moments) {
    const { worker, ended } = startWorkerProcess()
    while ((await howFar()) < moment && !(await isDone())) await sleep(5)
    await sleep(random() * 30)
    worker.kill('SIGKILL')
    await ended
    cleanUp()
  }
  const { worker, ready, ended } = startWorkerProcess()
  await ready
  await expect.poll(isDone, { timeout: 150_000, interval: 100 }).toBe(true)
  worker.kill('SIGTERM')
  await ended
  expect(worker.exitCode).toBe(0)
}

it(`R01 R18 applies each row once although its worker is killed ${points} times (seed ${seed})`, async () => {
  const total = 600
  const account = await newAccount()
  const { partnerId } = account
  const lines = Array.from({ length: total }, (_, at) => (at % 10 === 9 ? `user${at - 1},again,` : `user${at},first,team`))
  const file = `*userId,firstName,group\n${lines.join('\n')}\n`
  const bulkUploadData = { emailRecipients: 'ops@x.example' }
  const { id } = data(await asAdmin(account, addFromBulkUpload, { fileData: uploaded(file), bulkUploadData }))

  const upload = () => acrossPartners(() => findBulkUpload(partnerId, id))
  await killAtWork(
    async () => ((await upload())?.rows ?? 0) / total,
    async () => (await upload())?.finishedAt !== null,
  )

  expect(await upload()).toMatchObject({ status: 12, rows: total, failedRows: total / 10, totalRows: total })
  const results = await acrossPartners(() =>
    db().select().from(bulkResults).where(eq(bulkResults.uploadKey, id)).orderBy(asc(bulkResults.line)),
  )
  expect(results.map((result) => result.line)).toEqual(lines.map((_, at) => at + 1))
  expect(results.map((result) => result.status)).toEqual(lines.map((_, at) => (at % 10 === 9 ? 1 : 2)))

  const added = await acrossPartners(() =>
    db().select().from(users).where(eq(users.partnerId, partnerId)).orderBy(asc(users.key)),
  )
  const expected = lines.flatMap((line, at) => (at % 10 === 9 ? [] : line.split(',').slice(0, 1)))
  expect(added.map((user) => user.id).filter((name) => name.startsWith('user'))).toEqual(expected)
  expect(added.every((user) => !user.id.startsWith('user') || user.firstName === 'first')).toBe(true)
  // One entry a change, as they are committed together; the group is one more.
  const ofRows = and(eq(auditLog.partnerId, partnerId), eq(auditLog.origin, 'usher'), eq(auditLog.action, 'user.add'))
  expect(await acrossPartners(() => db().$count(auditLog, ofRows))).toBe(expected.length + 1)
  expect(await mailsOf(partnerId, 'import-finished')).toMatchObject([{ params: { outcome: 'partial', rows: total } }])
  expect(await integrity()).toBe('ok')
}, 300_000)

it(`R02 writes the whole export although its worker is killed ${points} times (seed ${seed})`, async () => {
  const total = 10_000
  const account = await newAccount()
  const { partnerId } = account
  const exporter = { id: 'exporter', email: 'exporter@x.example', roleIds: '1' }
  data(await asAdmin(account, addUser, { user: exporter }))
  const { key: _key, version: _version, ...row } = await makeUser(partnerId, { id: 'user0', description: 'x'.repeat(200) })
  const rows = Array.from({ length: total - 1 }, (_, at) => ({ ...row, id: `user${at + 1}` }))
  await acrossPartners(() => transaction(() => insertUsers(partnerId, rows)))
  const ctx = await contextOf(account, { userId: exporter.id })
  const input = { filter: { idOrScreenNameStartsWith: 'user' }, mappedFields: [{ key: 'description' }] }
  data(await runAction(exportToCsv, ctx, input))

  const folder = join(env().dataDir, 'exports', String(partnerId))
  const name = `export_${partnerId}_${(await storedJobs(partnerId))[0]?.key}.csv`
  const isDone = async () => (await storedJobs(partnerId))[0]?.status === 'done'
  // What a killed worker leaves is taken away, so that it does not look like the work of the next one.
  const parts = () => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.part')) : [])
  const sizes = () => parts().map((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0)
  await killAtWork(
    async () => Math.max(0, ...sizes()) / (total * 215),
    isDone,
    () => {
      for (const file of parts()) rmSync(join(folder, file), { force: true })
    },
  )

  const text = readFileSync(join(folder, name), 'utf8')
  const ids = (parse(text, { bom: true }) as string[][]).slice(1).map(([id]) => id)
  expect(ids).toEqual(Array.from({ length: total }, (_, at) => `user${at}`))
  const mails = await mailsOf(partnerId, 'export-ready')
  expect(mails).toMatchObject([{ params: { fileName: name, rows: total } }])
  expect(await integrity()).toBe('ok')
}, 300_000)

/** By a connection of its own: one that has read the search index before judges it by what it remembers. */
async function integrity() {
  if (dialectOf(databaseUrl()) === 'postgres') return 'ok'
  const fresh = new Database(databaseFile(), { readonly: true })
  const result = fresh.pragma('integrity_check', { simple: true })
  fresh.close()
  return result
}

/** The same numbers from 0 to 1 for the same seed. */
function chance(of: number) {
  let state = of
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
