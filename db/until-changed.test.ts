import { stat } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { connection, db, open, transaction } from './client'
import { partners } from './schema/accounts'
import { databaseFile, freshDatabase } from './testing'
import { untilChanged } from './until-changed'
import { databaseUrl, dialectOf } from './url'

freshDatabase()

const onSqlite = () => dialectOf(databaseUrl()) === 'sqlite'
const aPartner = { name: 'a', status: 1, adminSecrets: ['s'], userSecret: 'u', settings: {}, createdAt: 1, updatedAt: 1 }

/** Answers how often it had to read by then. */
function counted() {
  const remember = untilChanged<number>(2)
  let reads = 0
  return (key = 'a') => remember(key, async () => ++reads)
}

it('R18 reads once until anything is committed, here or by another process', async () => {
  const read = counted()
  await read()
  expect(await read()).toBe(onSqlite() ? 1 : 2)
  const before = await read()
  await db().insert(partners).values(aPartner)
  expect(await read()).toBe(before + 1)

  const other = open(databaseUrl())
  await other.db().insert(partners).values(aPartner)
  await other.close()
  expect(await read()).toBe(before + 2)
})

// PostgreSQL has no such number.
if (onSqlite()) {
  it('S06 asks again for whoever comes later in one turn: another process ended a session meanwhile', async () => {
    const read = counted()
    const other = new Database(databaseFile())
    // A turn goes on after its timers and its `setImmediate` with those who have come during them.
    await nextTurn()
    const arrived = new Promise((resolve) => stat('.', resolve))
    await read()
    other.prepare('update partners set name = name || ?').run('b')
    other.close()
    await arrived
    await read()
    expect(await read()).toBe(2)
  })
}

it('remembers nothing inside a transaction, of which others know nothing yet', async () => {
  const read = counted()
  await transaction(async () => {
    expect(connection().version()).toBeNull()
    expect([await read(), await read()]).toEqual([1, 2])
  })
  expect(await read()).toBe(3)
})

it('remembers no failure, and no more keys than it may', async () => {
  const remember = untilChanged<string>(2)
  await expect(remember('a', () => Promise.reject(new Error('not now')))).rejects.toThrow('not now')
  expect(await remember('a', async () => 'now')).toBe('now')

  const read = counted()
  for (const key of ['a', 'b', 'c']) await read(key)
  expect(await read('a')).toBe(4)
})

it('is read once for all who ask meanwhile, and by each himself when that fails', async () => {
  const remember = untilChanged<number>(2)
  let reads = 0
  let fails = false
  const read = async () => {
    const number = ++reads
    await new Promise(setImmediate)
    if (fails && number === 1) throw new Error('gone')
    return number
  }
  const three = () => Promise.allSettled([remember('a', read), remember('a', read), remember('a', read)])
  await three()
  expect(reads).toBe(onSqlite() ? 1 : 3)

  reads = 0
  fails = true
  await db().insert(partners).values(aPartner)
  const [first, ...others] = await three()
  expect(first?.status).toBe('rejected')
  for (const other of others) expect(other.status).toBe('fulfilled')
})
