import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import type { Client } from 'kaltura-client'
import { dataDir, openDatabase } from './data-folder'
import { type Account, cookiesOf, expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'
import { clientOf, ksVersion2, user } from './wire-client'

// A long import leaves many people in its account.
test.use({ only: 'of jobs' })

let client: Client

test.beforeAll(async ({ account, baseURL }) => {
  client = clientOf(baseURL ?? '', ksVersion2(account, { userId: account.adminUserId }))
})

/** Sends a file of users under this name, to be told about by mail if asked; answers the id of the job. */
async function upload(rows: string[], fileName: string, emailRecipients?: string) {
  const data = { objectType: 'KalturaBulkUploadCsvJobData', fileName, emailRecipients }
  const { id } = (await user.addFromBulkUpload(Buffer.from(rows.join('\n')), data).execute(client)) as { id: number }
  return id
}

const rowOf = (page: Page, name: string | RegExp) => page.getByRole('row').filter({ has: page.getByRole('link', { name }) })
const fact = (page: Page, label: string) => page.locator('dt', { hasText: label }).locator('+ dd')

/** As if every worker were busy; answers the id of the job. */
const anExportThatWaits = (account: Account) => insertExport(account, { status: 'waiting', finishedAt: null })

const largeSize = 64 * 1024 * 1024

/** As if the account had a great many people. */
async function aLargeExport(account: Account) {
  const name = `export_${account.partnerId}_${insertExport(account, { status: 'done', finishedAt: Date.now() })}.csv`
  const folder = join(dataDir(), 'exports', String(account.partnerId))
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, Buffer.alloc(largeSize, 'person,Ann,Other,ann@velvet.example\r\n'))
  return { name, path }
}

/** As if nobody had touched any browser of the account since then. */
function leaveSessions({ partnerId }: Account, at: number) {
  const database = openDatabase()
  database.prepare('update browser_sessions set last_seen_at = ? where partner_id = ?').run(at, partnerId)
  database.close()
}

/** When a browser of the account was last seen, epoch milliseconds. */
function lastSeenAt({ partnerId }: Account) {
  const database = openDatabase()
  const seenAt = database.prepare('select max(last_seen_at) from browser_sessions where partner_id = ?').pluck().get(partnerId)
  database.close()
  return seenAt as number
}

function insertExport(
  { partnerId, adminUserId }: Account,
  { status, finishedAt }: { status: string; finishedAt: number | null },
) {
  const database = openDatabase()
  const { lastInsertRowid } = database
    .prepare(
      `insert into jobs (partner_id, kind, payload, status, attempts, run_at, created_by, created_at, finished_at)
       values (?, 'exportCsv', '{}', ?, 0, ?, ?, ?, ?)`,
    )
    .run(partnerId, status, Date.now() + 3_600_000, adminUserId, Date.now(), finishedAt)
  database.close()
  return Number(lastInsertRowid)
}

async function downloaded(page: Page, label: string) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: label }).click()])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

test('before the first job the page says how each kind begins', async ({ page, signInAs }) => {
  await signInAs('owner')
  await page.goto('/jobs')
  await untilAlive(page)
  await expect(page.getByRole('heading', { level: 2, name: 'No jobs yet' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Go to users' })).toHaveAttribute('href', '/users')
  await expectAccessible(page)
  await page.getByRole('link', { name: 'How to import' }).click()
  await expect(page.getByRole('heading', { name: 'user.addFromBulkUpload' })).toBeVisible()
})

test('an import is found with its counts, its log and the rows that were refused', async ({ page, account, signInAs }) => {
  await upload(['*userId,firstName,gender', 'job-ann,Ann,2', 'job-bob,Bob,7'], 'choir.csv')
  await signInAs('owner')
  await page.getByRole('navigation').getByRole('link', { name: 'Jobs' }).click()
  const row = rowOf(page, 'choir.csv')
  await expect(row).toContainText('Done in part')
  await expect(row).toContainText('2 of 2 rows')
  await expect(row).toContainText(account.adminUserId)

  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'choir.csv' })).toBeVisible()
  await expect(page.getByText('1 row applied, 1 refused.')).toBeVisible()
  await expect(fact(page, 'Refused')).toHaveText('1 row')
  const refusal = page.getByRole('table', { name: 'Refused rows' }).getByRole('row').nth(1)
  await expect(refusal.getByRole('cell')).toHaveText(['2', 'job-bob', 'INVALID_FIELD_VALUE', /gender/], { useInnerText: true })

  const log = await downloaded(page, 'Download the log')
  expect(log.name).toMatch(/^bulk_log_\d+\.txt$/)
  expect(log.text).toMatch(/^job-ann,Ann,2,2,/)
  const refused = await downloaded(page, 'Download the refused rows')
  expect(refused).toMatchObject({ name: 'choir-refused.csv', text: expect.stringContaining('job-bob,Bob,7,') })
  expect(refused.text).not.toContain('job-ann')
  expect((await downloaded(page, 'Download the uploaded file')).text).toContain('*userId,firstName,gender')
})

test('the mail about an import leads to its page', async ({ page, signInAs }) => {
  const recipient = `${randomUUID()}@velvet.example`
  const id = await upload(['*userId', 'job-cat'], 'mailed.csv', recipient)
  const mail = await readMail(recipient)
  expect(mail.link).toMatch(new RegExp(`/jobs/${id}$`))
  await signInAs('owner')
  await page.goto(mail.link)
  await expect(page.getByText('Every row was applied: 1 in all.')).toBeVisible()
})

test('an export is found and its file downloaded', async ({ page, signInAs }) => {
  await user.exportToCsv().execute(client)
  await signInAs('owner')
  await page.goto('/jobs?type=export')
  const row = rowOf(page, /^export_/).first()
  await expect(row).toContainText('Done')
  await row.getByRole('link').click()
  await expect(page.getByText(/users? in the file/)).toBeVisible()
  const file = await downloaded(page, 'Download the file')
  expect(file.name).toMatch(/^export_\d+_\d+\.csv$/)
  expect(file.text).toContain('User ID,First Name')
})

test('a long import is watched, and stopped', async ({ page, signInAs }) => {
  await signInAs('owner')
  const people = Array.from({ length: 60_000 }, (_, at) => `many-${at}`)
  const id = await upload(['*userId', ...people], 'many.csv')
  await page.goto(`/jobs/${id}`)
  await untilAlive(page)
  const progress = page.getByRole('progressbar', { name: 'Progress of many.csv' })
  await expect(progress).toBeVisible()
  await expect(progress).not.toHaveAttribute('aria-valuenow', '0')
  await page.getByRole('button', { name: 'Stop the import' }).click()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the import' }).click()
  await expect(page.getByText('The import was stopped', { exact: true })).toBeVisible()
  await expect(page.getByText(/What was applied until then stays/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop the import' })).toHaveCount(0)
})

test('an export that waits for its turn is stopped', async ({ page, account, signInAs }) => {
  await signInAs('owner')
  await page.goto(`/jobs/${anExportThatWaits(account)}`)
  await untilAlive(page)
  await expect(page.getByText('The file will be written in a moment.')).toBeVisible()
  await page.getByRole('button', { name: 'Stop the export' }).click()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the export' }).click()
  await expect(page.getByText('The export was stopped', { exact: true })).toBeVisible()
  await expect(page.getByText('It was stopped, and there is no file.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop the export' })).toHaveCount(0)
})

test('S11 an export that is looked at again by itself keeps nobody signed in, a person who asks does', async ({
  page,
  account,
  signInAs,
}) => {
  await signInAs('owner')
  await page.goto(`/jobs/${anExportThatWaits(account)}`)
  await untilAlive(page)
  const look = () => page.waitForResponse((response) => response.url().includes('/api/job/get') && response.ok())
  // What the page asks for when it is opened counts, such as the pages that its links lead to.
  await look()
  const tenMinutesAgo = Date.now() - 600_000
  leaveSessions(account, tenMinutesAgo)
  await look()
  await look()
  expect(lastSeenAt(account)).toBe(tenMinutesAgo)
  await page.reload()
  await expect.poll(() => lastSeenAt(account)).toBeGreaterThan(tenMinutesAgo)
})

test('R38 a download that is broken off after a tenth is not read on', async ({ page, account, baseURL, signInAs }) => {
  const { name, path } = await aLargeExport(account)
  await signInAs('owner')
  const cookie = await cookiesOf(page)
  const asked = get(`${baseURL}/api/exportcsv/serveCsv?input=${JSON.stringify({ id: name })}`, { headers: { cookie } })
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let arrived = 0
  for await (const part of response) {
    if (arrived === 0) expect(await readers(path)).toBe(1)
    arrived += part.length
    if (arrived > largeSize / 10) break
  }
  await expect.poll(() => readers(path), { timeout: 1_000 }).toBe(0)
})

/** How many have the file open: told by the system's own files where there are such, elsewhere by its tool. */
const readers = (path: string) => (process.platform === 'linux' ? readersByProc(path) : readersByTool(path))

async function readersByTool(path: string) {
  // It ends with 1 when nobody has.
  const { stdout } = await promisify(execFile)('lsof', ['-t', '--', path]).catch(() => ({ stdout: '' }))
  return stdout.split('\n').filter(Boolean).length
}

async function readersByProc(path: string) {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const open = await Promise.all(
    processes.map(async (process) => {
      const files = await readdir(`/proc/${process}/fd`).catch(() => [])
      return Promise.all(files.map((file) => readlink(`/proc/${process}/fd/${file}`).catch(() => '')))
    }),
  )
  return open.flat().filter((file) => file === path).length
}

test('a job that is not there is not found', async ({ page, signInAs }) => {
  await signInAs('owner')
  const answers = await Promise.all(['/jobs/987654', '/jobs/x'].map((path) => page.request.get(path)))
  for (const answer of answers) expect(await answer.text()).toContain('There is nothing here')
})

forEveryLook(() => {
  test('both pages are accessible and fit the screen', async ({ page, signInAs }) => {
    const id = await upload(['*userId,gender', 'job-dan,9', `${randomUUID()},1`], 'looks.csv')
    await signInAs('owner')
    await page.goto('/jobs')
    await untilAlive(page)
    await expect(rowOf(page, 'looks.csv').first()).toContainText('Done in part')
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.goto(`/jobs/${id}`)
    await expect(page.getByRole('link', { name: 'Download the log' })).toBeVisible()
    await untilAlive(page)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })
})
