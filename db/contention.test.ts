import { eq } from 'drizzle-orm'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, db, open, transaction } from './client'
import type { Connection } from './connection'
import { partners } from './schema/accounts'
import { forUpdate } from './sql'
import { freshDatabase } from './testing'
import { databaseUrl, dialectOf } from './url'

/** Changes that are in each other's way, in this process and in another one. */

freshDatabase()

const onPostgres = dialectOf(databaseUrl()) === 'postgres'
let other: Connection

beforeAll(async () => {
  const values = (name: string) => ({
    name,
    status: 1,
    adminSecrets: [],
    userSecret: 'u',
    settings: {},
    createdAt: 0,
    updatedAt: 0,
  })
  await db().insert(partners).values(['first', 'second', 'third'].map(values))
  if (onPostgres) await findDeadlocksAtOnce()
  await closeDatabase()
  other = open(databaseUrl())
})
afterAll(() => other.close())

/** So that the tests need not wait a second for each. */
async function findDeadlocksAtOnce() {
  const client = new Client({ connectionString: databaseUrl() })
  await client.connect()
  await client.query(`alter database ${client.database} set deadlock_timeout = '20ms'`)
  await client.end()
}

const here = { db, transaction }
const add = ({ db, transaction }: Pick<Connection, 'db' | 'transaction'>, name: string) =>
  transaction(async () => {
    const [row] = await forUpdate(db().select().from(partners).where(eq(partners.name, name)))
    await new Promise(setImmediate)
    await db()
      .update(partners)
      .set({ updatedAt: (row?.updatedAt ?? 0) + 1 })
      .where(eq(partners.name, name))
  })

const countOf = async (name: string) => (await db().select().from(partners).where(eq(partners.name, name)))[0]?.updatedAt

describe('R12 changes that are in each other’s way', () => {
  it('of one row all happen, though each reads before it writes and two processes make them', async () => {
    const changes = Array.from({ length: 60 }, (_, at) => add(at % 2 ? here : other, 'first'))
    await Promise.all(changes)
    expect(await countOf('first')).toBe(60)
  })

  it('of two rows in either order all happen', async () => {
    const both = (from: Connection | typeof here, names: string[]) =>
      from.transaction(async () => {
        for (const name of names) {
          await add(from, name)
          // Long enough for each to have its first row.
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })
    const pairs = [
      ['second', 'third'],
      ['third', 'second'],
    ]
    const changes = Array.from({ length: 6 }, (_, at) => both(at % 2 ? here : other, pairs[at % 2] ?? []))
    await Promise.all(changes)
    expect([await countOf('second'), await countOf('third')]).toEqual([6, 6])
  })
})
