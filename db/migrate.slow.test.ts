import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, connection } from './client'
import type { Connection, MigrationRun } from './connection'
import { migrate } from './migrate'
import { StartError } from './start-error'
import { databaseFile, freshDatabase, replaceConnection } from './testing'
import { databaseUrl, dialectOf } from './url'

/** A migration that ends in the middle: as an older version left the database, with somebody's data in it. */

freshDatabase()

const dialect = dialectOf(databaseUrl())
const names = readdirSync(`db/migrations/${dialect}`).flatMap((name) => (name.endsWith('.sql') ? [name.slice(0, -4)] : []))
const [oldest = ''] = names

const folder = mkdtempSync(join(tmpdir(), 'usher-migrations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(async () => {
  await closeDatabase()
  if (dialect === 'sqlite') process.env.DATABASE_URL = `file:${mkdtempSync(join(folder, 'of-'))}/usher.db`
  await beside(async (run) => {
    if (dialect === 'postgres') await run('drop schema public cascade; create schema public')
    const first = readFileSync(`db/migrations/${dialect}/${oldest}.sql`, 'utf8')
    for (const statement of first.split('--> statement-breakpoint')) await run(statement)
    await run('create table migrations (name text primary key, applied_at bigint not null)')
    await run(`insert into migrations (name, applied_at) values ('${oldest}', 1)`)
    await run(
      `insert into partners (name, status, admin_secrets, user_secret, settings, created_at, updated_at) values ('Acme', 1, '[]', '', '{}', 1, 1)`,
    )
  })
})

type Rows = Record<string, unknown>[]

/** What is done beside the product, by a connection of the test's own. */
async function beside<T>(fn: (run: (statement: string) => Promise<Rows>) => Promise<T>, file = databaseFile()) {
  if (dialect === 'postgres') {
    const client = new Client({ connectionString: databaseUrl() })
    await client.connect()
    return fn(async (statement) => (await client.query(statement)).rows).finally(() => client.end())
  }
  const database = new Database(file)
  const run = async (statement: string): Promise<Rows> => {
    if (/^(select|pragma)/.test(statement)) return database.prepare(statement).all() as Rows
    database.exec(statement)
    return []
  }
  return fn(run).finally(() => database.close())
}

/** What there is: the migrations, the tables, and the people's data. */
async function stateOf(file?: string) {
  return beside(async (run) => {
    const tables =
      dialect === 'postgres'
        ? `select tablename as name from pg_tables where schemaname = 'public' order by name`
        : `select name from sqlite_schema where type <> 'index' order by name`
    const namesOf = (rows: Rows) => rows.map(({ name }) => String(name))
    return {
      migrations: namesOf(await run('select name from migrations order by name')),
      tables: namesOf(await run(tables)),
      partners: namesOf(await run('select name from partners')),
    }
  }, file)
}

/** Migrates, and calls `before` in front of each statement. */
async function migrateWatched(before: (number: number, run: MigrationRun) => Promise<void>) {
  await closeDatabase()
  const real = connection()
  let count = 0
  const watched: Connection = {
    ...real,
    migrate: (apply) =>
      real.migrate((run) =>
        apply({
          rows: run.rows,
          async execute(statement) {
            await before(count++, run)
            await run.execute(statement)
          },
        }),
      ),
  }
  replaceConnection(watched)
  try {
    await migrate()
    return count
  } finally {
    await closeDatabase()
  }
}

/** The state that each kill left, killed in front of each statement in turn; the last one is of a migration that came to its end. */
const killedAnywhere = dialect === 'postgres' ? killedServers : killedFiles

async function* killedServers() {
  for (let at = 0, isDone = false; !isDone; at++) {
    isDone = await migrateWatched(async (number, run) => {
      if (number === at) await run.execute('select pg_terminate_backend(pg_backend_pid())')
    }).then(
      () => true,
      () => false,
    )
    yield await stateOf()
  }
}

/** The files as they are in that moment are what a process leaves that is killed in it. */
async function* killedFiles() {
  const file = databaseFile()
  const copyOf = (number: number) => `${file}-killed-${number}.db`
  const count = await migrateWatched(async (number) => {
    for (const end of ['', '-wal']) if (existsSync(`${file}${end}`)) cpSync(`${file}${end}`, `${copyOf(number)}${end}`)
  })
  const done = databaseUrl()
  for (let number = 0; number < count; number++) {
    yield await stateOf(copyOf(number))
    // The next start goes on from there.
    if (number % 16 !== 0) continue
    process.env.DATABASE_URL = `file:${copyOf(number)}`
    await migrate()
    await closeDatabase()
    expect(await stateOf(copyOf(number))).toEqual(await stateOf(file))
  }
  process.env.DATABASE_URL = done
  yield await stateOf()
}

describe('R22 a migration', () => {
  it('that is killed at any statement has changed nothing, and the next start makes all of it', async () => {
    const before = await stateOf()
    const states = []
    for await (const state of killedAnywhere()) states.push(state)
    const last = states.pop()
    expect(states.length).toBeGreaterThan(names.length * 2)
    for (const state of states) expect(state).toEqual(before)
    expect(last).toMatchObject({ migrations: names, partners: ['Acme'] })
    expect(last?.tables.length).toBeGreaterThan(before.tables.length)
  })

  it('of a newer version keeps an older one from starting, and changes nothing', async () => {
    await migrate()
    await closeDatabase()
    await beside((run) => run(`insert into migrations (name, applied_at) values ('9999_of_tomorrow', 1)`))
    const before = await stateOf()
    const failure = await migrate().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(StartError)
    expect(String(failure)).toMatch(
      /newer version of Usher \(it has 9999_of_tomorrow\)\. Start that version, or restore a backup/,
    )
    await closeDatabase()
    expect(await stateOf()).toEqual(before)
  })
})
