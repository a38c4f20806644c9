import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { dataDir, openDatabase } from './data-folder'
import { test, untilAlive } from './fixtures'

/** What reaches a browser is only what is made for it. */

// What the browser says of a page that is not there.
test.use({ expectedError: /status of 404/ })

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The sentences in a source file, which no two files share by chance. */
const sentencesIn = (source: string) =>
  [...source.matchAll(/'([^'\\\n]{20,})'/g)].map((match) => match[1] ?? '').filter((text) => /[a-z] [a-z]/i.test(text))

/** A program that is marked as the server's; the texts of anything else may be in the browser. */
const isServers = (source: string) => /^import 'server-only'/m.test(source)

test('O07 no file for browsers holds what only the server is made of, nor leads to its source', () => {
  const files = globSync('.next/static/**/*', { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const scripts = files.filter((file) => file.endsWith('.js')).map((file) => readFileSync(file, 'utf8'))
  expect(scripts.length).toBeGreaterThan(10)
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  const bundle = scripts.join('\n')
  expect(bundle).not.toContain('sourceMappingURL')
  for (const name of ['AUTH_SECRET', 'DATABASE_URL', 'better-sqlite3', 'argon2', 'drizzle:', 'login_data', 'USHER_E2E_'])
    expect(bundle.includes(name), name).toBe(false)

  const sources = globSync('{app,components,db,lib}/**/*.{ts,tsx}', { cwd: root }).filter((path) => !/test/.test(path))
  const texts = sources.map(read)
  const elsewhere = texts.filter((source) => !isServers(source)).join('\n')
  const own = texts
    .filter(isServers)
    .flatMap(sentencesIn)
    .filter((sentence) => !elsewhere.includes(sentence))
  expect(own.length).toBeGreaterThan(100)
  expect(own.filter((sentence) => bundle.includes(sentence))).toEqual([])
})

type Answer = { url: string; text: string }

/** Every text that the browser was answered, with where it came from. */
function answersTo(page: Page) {
  const answers: Promise<Answer>[] = []
  page.on('response', (response) => {
    const text = response.text().catch(() => '')
    answers.push(text.then((text) => ({ url: response.url(), text })))
  })
  return () => Promise.all(answers)
}

/** What the installation and the account keep to themselves. */
function secretsOf({ adminSecret, userSecret }: { adminSecret: string; userSecret: string }) {
  const db = openDatabase({ readonly: true })
  const hashes = db.prepare('SELECT password_hash FROM login_data WHERE password_hash IS NOT NULL').pluck().all() as string[]
  db.close()
  const planted = [adminSecret, userSecret, readFileSync(join(dataDir(), 'auth-secret'), 'utf8').trim(), dataDir()]
  return [...planted, ...hashes, process.env.SMTP_URL ?? '', 'USHER_E2E_']
}

test('O07 no page, payload or answer to a page holds a secret of the installation or of an account', async ({
  page,
  account,
  signInAs,
}) => {
  expect(existsSync(join(dataDir(), 'usher.db'))).toBe(true)
  const answers = answersTo(page)
  const payloads: Answer[] = []
  for (const path of ['/forgot', '/set-up', '/set-password/nothing', '/nothing-here']) await page.goto(path)
  await signInAs('owner')
  const pages = await page.getByRole('navigation').getByRole('link').all()
  const paths = await Promise.all(pages.map(async (link) => (await link.getAttribute('href')) ?? '/'))
  expect(paths.length).toBeGreaterThan(3)
  // Loaded whole, then by the payload alone, as a link does it.
  for (const path of [...paths, '/account']) {
    await page.goto(path)
    await untilAlive(page)
    payloads.push({ url: path, text: await (await page.request.get(path, { headers: { RSC: '1' } })).text() })
  }
  const found = [...(await answers()), ...payloads]
  expect(found.filter(({ text }) => text.includes(account.name)).length).toBeGreaterThan(paths.length)
  for (const secret of secretsOf(account)) {
    expect(secret.length).toBeGreaterThan(8)
    expect(found.filter(({ text }) => text.includes(secret)).map(({ url }) => url)).toEqual([])
  }
})
