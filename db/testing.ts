import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { closeDatabase } from './client'
import { migrate } from './migrate'
import { databaseUrl, dialectOf } from './url'

/**
 * A fresh migrated database for one test file: a new file, or a new database on the server that `DATABASE_URL` names. It is
 * gone when the file's tests are over.
 */
export function freshDatabase() {
  let drop: () => Promise<void>
  process.env.AUTH_SECRET ||= 'only for tests: 0123456789abcdef0123456789'

  beforeAll(async () => {
    drop = dialectOf(databaseUrl()) === 'postgres' ? await freshPostgres(databaseUrl()) : freshSqlite()
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

async function onServer(url: string, statement: string) {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
