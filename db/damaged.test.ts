import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, connection, db } from './client'
import { migrate } from './migrate'
import { partners } from './schema/accounts'
import { StartError } from './start-error'
import { databaseFile, freshDatabase } from './testing'
import { databaseUrl, dialectOf } from './url'

/** A file that was changed by something else than SQLite. PostgreSQL has checksums of its own. */

freshDatabase()

const folder = mkdtempSync(join(tmpdir(), 'usher-damaged-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const many = 500
/** Whole, and as a stop in the middle leaves it: the last changes are in the file `-wal`. */
const [whole, unclean] = [join(folder, 'whole.db'), join(folder, 'unclean.db')]
let pageSize: number

beforeAll(async () => {
  const add = (at: number) => ({
    name: `partner ${at}`,
    status: 1,
    adminSecrets: [],
    userSecret: '',
    settings: {},
    createdAt: 1,
    updatedAt: 1,
  })
  await db()
    .insert(partners)
    .values(Array.from({ length: many }, (_, at) => add(at)))
  if (dialectOf(databaseUrl()) === 'postgres') return
  const file = databaseFile()
  for (const end of ['', '-wal']) cpSync(`${file}${end}`, `${unclean}${end}`)
  await closeDatabase()
  cpSync(file, whole)
  const opened = new Database(whole)
  pageSize = opened.pragma('page_size', { simple: true }) as number
  opened.close()
})

/** Any other failure is the test's. */
function refusal(error: unknown) {
  if (error instanceof StartError) return 'refused'
  throw error
}

let copies = 0

/** Starts with a copy that was treated so; answers how many accounts there are then. */
async function start(of: string, harm: (file: string) => void) {
  const file = join(folder, `copy-${++copies}.db`)
  for (const end of ['', '-wal']) if (existsSync(`${of}${end}`)) cpSync(`${of}${end}`, `${file}${end}`)
  harm(file)
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = `file:${file}`
  try {
    connection().refuseDamage()
    await migrate()
    const opened = new Database(file, { readonly: true })
    expect(opened.pragma('integrity_check', { simple: true })).toBe('ok')
    opened.close()
    return await db().$count(partners, eq(partners.status, 1))
  } finally {
    await closeDatabase()
    process.env.DATABASE_URL = before
  }
}

function overwrite(file: string, from: number, length: number) {
  const bytes = readFileSync(file)
  bytes.fill(0xa5, from, from + length)
  writeFileSync(file, bytes)
}

const pageOf = (file: string, name: string) => {
  const opened = new Database(file, { readonly: true })
  const page = opened.prepare('select rootpage from sqlite_schema where name = ?').pluck().get(name) as number
  opened.close()
  return (page - 1) * pageSize
}

if (dialectOf(databaseUrl()) === 'sqlite') {
  describe('R25 a damaged file', () => {
    const harms: [what: string, harm: (file: string) => void][] = [
      ['its first bytes', (file) => overwrite(file, 0, 16)],
      ['the list of its tables', (file) => overwrite(file, 100, 600)],
      ['a page of a table', (file) => overwrite(file, pageOf(file, 'partners'), 64)],
      ['a page of an index', (file) => overwrite(file, pageOf(file, 'users_id'), 64)],
      ['its end', (file) => truncateSync(file, pageSize * 10)],
      ['everything', (file) => writeFileSync(file, 'Dear diary, today nothing happened. '.repeat(500))],
    ]
    it.each(harms)('in %s is refused in one sentence that says what to do', async (_what, harm) => {
      const failure = await start(whole, harm).catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(StartError)
      expect(String(failure)).toMatch(
        /^StartError: The database at \S+\.db is damaged \(.+\): .+ put the newest backup .+ in its place\.$/,
      )
    })

    it('is as it was before the damage where that is in the changes that were not yet taken over', async () => {
      expect(await start(unclean, () => {})).toBe(many)
      // Each change there has a checksum: what follows a damaged one is as if it had never been.
      for (const at of [0.1, 0.5, 0.9]) {
        const length = readFileSync(`${unclean}-wal`).length
        const found = await start(unclean, (file) => overwrite(`${file}-wal`, Math.floor(length * at), 64)).catch(refusal)
        expect([0, many, 'refused']).toContain(found)
      }
    })
  })
}

it('R25 a whole one is served', async () => {
  expect(() => connection().refuseDamage()).not.toThrow()
  await expect(migrate()).resolves.toBeUndefined()
})
