import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { test } from './fixtures'

/** The commands and programs of docs/api.md, as they stand there, against the running product. */

const root = fileURLToPath(new URL('..', import.meta.url))
const page = readFileSync(join(root, 'docs/api.md'), 'utf8')

/** All blocks of a language, one after the other, as a reader runs them. */
const blocks = (language: string) =>
  [...page.matchAll(/```(\w+)\n([\s\S]*?)```/g)].filter(([, name]) => name === language).map(([, , code = '']) => code)

type Run = { command: string; args: string[]; env: Record<string, string> }

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-docs-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run({ command, args, env }: Run) {
  const { stdout } = await promisify(execFile)(command, args, { cwd: folder, env: { ...process.env, ...env } })
  return stdout
}

test('every command of the page on the API does what the page says', async ({ account, people, baseURL }) => {
  const env = { USHER: baseURL ?? '', PARTNER: String(account.partnerId), SECRET: account.adminSecret }
  const { email, password } = people.owner
  const shown = await run({
    command: 'sh',
    args: ['-euc', blocks('sh').join('\necho\n')],
    env: { ...env, EMAIL: email, PASSWORD: password },
  })
  const answers = shown.split('\n').filter(Boolean)
  expect(answers[0]).toContain('"id":"grace"')
  expect(answers[0]).toContain('"totalCount":1')
  expect(shown).toContain('"objectType":"KalturaSessionInfo"')
  expect(shown).toContain(`"email":"${email}"`)
  const error = /^# (\{.*\})$/m.exec(blocks('sh').join('\n'))?.[1] ?? 'the error that the page shows'
  expect(shown).toContain(error)
  expect(shown).toMatch(/\[\{[^\n]*"id":"mary"[^\n]*\},\{[^\n]*"id":"mary"/)
  expect(shown).toContain('"objectType":"KalturaBulkUpload"')
  expect(shown).toContain('<result>1</result>')
  expect(shown).toContain('b:1;')
  expect(shown).toContain('/**/show(true);')
})

test('every program of the page on the API does what the page says', async ({ account, people, baseURL }) => {
  const quiet = `config.setLogger({ log() {}, debug() {}, error() {} })\n`
  writeFileSync(join(folder, 'page.mjs'), blocks('js').join(quiet))
  const shown = await run({
    command: process.execPath,
    args: ['page.mjs'],
    env: {
      // The runner asks for colours, which are no part of the answers.
      FORCE_COLOR: '0',
      USHER: baseURL ?? '',
      PARTNER: String(account.partnerId),
      SECRET: account.adminSecret,
      EMAIL: people.owner.email,
      PASSWORD: people.owner.password,
    },
  })
  const [listed, byToken, own, refused, several, upload] = shown.split('\n')
  expect(listed).toBe('1 Ada')
  expect(byToken).toBe('ada')
  expect(own).toBe(people.owner.email)
  expect(refused).toBe('INVALID_USER_ID There is no such user. []')
  expect(several).toBe('true')
  expect(upload).toMatch(/^\d+ \d$/)
})
