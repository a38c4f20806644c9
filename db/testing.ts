import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { closeDatabase, fileOf, open } from './client'
import type { Connection, Patience } from './connection'
import { migrate } from './migrate'
import { databaseUrl, dialectOf } from './url'

/** What a busy machine does late is no failure. */
const patience = { lock: 30_000, connection: 30_000, statement: 30_000, silence: 45_000, idle: 45_000 }

/**
 * A fresh migrated database for one test file: a new file, or a new database on the server that `DATABASE_URL` names. It is
 * gone when the file's tests are over.
 */
export function freshDatabase() {
  let drop: () => Promise<void>
  process.env.AUTH_SECRET ||= 'only for tests: 0123456789abcdef0123456789'

  beforeAll(async () => {
    drop = dialectOf(databaseUrl()) === 'postgres' ? await freshPostgres(databaseUrl()) : freshSqlite()
    await waitAtMost(patience)
    await migrate()
  })

  afterAll(async () => {
    await closeDatabase()
    await drop()
  })
}

function freshSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'usher-test-'))
  process.env.DATABASE_URL = `file:${join(folder, 'usher.db')}`
  return async () => rmSync(folder, { recursive: true, force: true })
}

async function freshPostgres(serverUrl: string) {
  const name = `usher_test_${randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  process.env.DATABASE_URL = url.href
  return async () => {
    process.env.DATABASE_URL = serverUrl
    await onServer(serverUrl, `drop database ${name} with (force)`)
  }
}

/** SQLite's file, for what a test does beside the product by a connection of its own. */
export const databaseFile = () => fileOf(databaseUrl())

/** Holds, as another process does, all of SQLite's writing, or what `statement` holds of PostgreSQL. Answers how to let go. */
export async function holdAsAnother(statement: string): Promise<() => Promise<void>> {
  if (dialectOf(databaseUrl()) === 'sqlite') {
    const writer = new Database(databaseFile())
    writer.exec('begin immediate')
    return async () => void writer.close()
  }
  const client = new Client({ connectionString: databaseUrl() })
  await client.connect()
  await client.query('begin')
  await client.query(statement)
  return () => client.end()
}

/** From now on this process waits for so long, and reaches the database at `url`. */
export async function waitAtMost(patience: Patience, url = databaseUrl()) {
  await closeDatabase()
  replaceConnection(open(url, patience))
}

/** From now on this process reads and writes by that connection, until `closeDatabase`. */
export function replaceConnection(connection: Connection) {
  const place = globalThis as { [key: symbol]: unknown }
  place[Symbol.for('usher.database')] = connection
}

async function onServer(url: string, statement: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
