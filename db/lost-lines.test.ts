import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, db, transaction } from './client'
import { isUnavailable } from './failures'
import { findSetting } from './queries/settings'
import { settings } from './schema/accounts'
import { uniqueViolation } from './sql'
import { freshDatabase, waitAtMost } from './testing'
import { databaseUrl, dialectOf } from './url'

/** A server that ends, starts anew, does not answer, or takes no changes for a while. */

freshDatabase()

const add = (name: string) => transaction(async () => void (await db().insert(settings).values({ name, value: 'x' })))
const read = () => findSetting('health')
const countOf = async (name: string) => db().$count(settings, eq(settings.name, name))

/** What `fn` fails with, and after how many milliseconds. */
async function failureOf(fn: () => Promise<unknown>) {
  const started = performance.now()
  const error = await fn().then(
    () => null,
    (failure: unknown) => failure,
  )
  return { isUnavailable: isUnavailable(error), after: performance.now() - started }
}

/** The way to the server, which can be closed, be silent, and lose all who are on it. */
async function newWay(target: URL) {
  const sockets = new Set<Socket>()
  let mode: 'open' | 'closed' | 'silent' = 'open'
  const server = createServer((socket) => {
    if (mode === 'closed') return void socket.destroy()
    const other = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(from)
      from.on('data', (part) => mode !== 'silent' && to.write(part))
      from.on('close', () => to.destroy()).on('error', () => {})
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const lose = () => {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const url = new URL(target)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    lose,
    become(next: typeof mode) {
      mode = next
    },
    close: () => new Promise((resolve) => server.close(resolve)).finally(lose),
  }
}

if (dialectOf(databaseUrl()) === 'postgres') {
  let way: Awaited<ReturnType<typeof newWay>>
  beforeAll(async () => {
    way = await newWay(new URL(databaseUrl()))
  })
  afterEach(async () => {
    way.become('open')
    await closeDatabase()
  })
  afterAll(async () => {
    way.lose()
    await way.close()
  })

  describe('R32 R36 a server that starts anew', () => {
    it('is there again for everybody within seconds, and has each change once', async () => {
      await waitAtMost({}, way.url)
      let isOver = false
      const failures: unknown[] = []
      let recovered = Number.POSITIVE_INFINITY
      let back = Number.POSITIVE_INFINITY
      /** Until it is done: whoever was not answered asks again, and may find that it was. */
      const persist = async (fn: () => Promise<unknown>) => {
        for (;;) {
          try {
            await fn()
            if (performance.now() > back) recovered = Math.min(recovered, performance.now())
            return
          } catch (error) {
            if (uniqueViolation(error) !== null) return
            failures.push(error)
            await sleep(10)
          }
        }
      }
      const names: string[] = []
      const writing = Array.from({ length: 6 }, async (_, writer) => {
        for (let at = 0; !isOver; at++) {
          const name = `writer ${writer} ${at}`
          names.push(name)
          await persist(() => add(name))
        }
      })
      const reading = Array.from({ length: 6 }, async () => {
        while (!isOver) await persist(read)
      })
      for (let round = 0; round < 3; round++) {
        await sleep(100)
        way.become('closed')
        way.lose()
        await sleep(100)
        way.become('open')
        back = performance.now()
      }
      await sleep(300)
      isOver = true
      await Promise.all([...writing, ...reading])
      expect(failures.length).toBeGreaterThan(0)
      for (const error of failures) expect([String(error), isUnavailable(error)]).toEqual([String(error), true])
      expect(recovered - back).toBeLessThan(5_000)
      expect(names.length).toBeGreaterThan(20)
      for (const name of names) expect(await countOf(name)).toBe(1)
    })

    it('takes a change with it that was not over, even between two of its statements', async () => {
      await waitAtMost({}, way.url)
      const failure = await failureOf(() =>
        transaction(async () => {
          await db().insert(settings).values({ name: 'lost', value: 'x' })
          way.lose()
          await sleep(50)
          await db().insert(settings).values({ name: 'lost too', value: 'x' })
        }),
      )
      expect(failure).toMatchObject({ isUnavailable: true })
      expect([await countOf('lost'), await countOf('lost too')]).toEqual([0, 0])
    })
  })

  describe('R33 a server', () => {
    it('that does not answer is left, and asked by another line once it does', async () => {
      await waitAtMost({ silence: 300, connection: 300 }, way.url)
      await add('before silence')
      way.become('silent')
      const failures = await Promise.all([
        failureOf(read),
        failureOf(() => add('silent')),
        failureOf(read),
        failureOf(() => add('silent too')),
      ])
      for (const failure of failures) {
        expect(failure.isUnavailable).toBe(true)
        expect(failure.after).toBeLessThan(2_000)
      }
      way.become('open')
      await read()
      await add('after silence')
    })

    it('that takes too long for a statement, or waits too long for the next, ends it', async () => {
      await waitAtMost({ statement: 200, idle: 200 })
      const slow = () => db().select({ slept: sql`pg_sleep(10)` }).from(sql`(select 1) as one`)
      const halting = () =>
        transaction(async () => {
          await read()
          await sleep(500)
          await read()
        })
      for (const failure of await Promise.all([failureOf(async () => slow()), failureOf(halting)])) {
        expect(failure.isUnavailable).toBe(true)
        expect(failure.after).toBeLessThan(2_000)
      }
      await read()
    })

    it('whose lines are all in use lets nobody wait for long', async () => {
      await waitAtMost({ connection: 200 })
      const done = Promise.withResolvers<void>()
      let begun = 0
      const busy = Array.from({ length: 10 }, () =>
        transaction(async () => {
          begun++
          await done.promise
        }),
      )
      await expect.poll(() => begun).toBe(10)
      const failure = await failureOf(read)
      expect(failure.isUnavailable).toBe(true)
      expect(failure.after).toBeLessThan(2_000)
      done.resolve()
      await Promise.all(busy)
      await read()
    })

    it('that took no changes for a while is written to by a new line', async () => {
      const { pathname } = new URL(databaseUrl())
      const tell = async (how: string) => {
        const client = new Client({ connectionString: databaseUrl() })
        await client.connect()
        await client.query(`alter database ${pathname.slice(1)} ${how}`)
        await client.end()
      }
      await tell('set default_transaction_read_only = on')
      await waitAtMost({})
      await read()
      const failures = await Promise.all([
        failureOf(() => add('read-only')),
        failureOf(async () => db().insert(settings).values({ name: 'r', value: 'x' })),
      ])
      for (const failure of failures) expect(failure.isUnavailable).toBe(true)
      const writable = new Client({ connectionString: databaseUrl() })
      await writable.connect()
      await writable.query('set default_transaction_read_only = off')
      await writable.query(`alter database ${pathname.slice(1)} reset default_transaction_read_only`)
      await writable.end()
      await Promise.all(['a', 'b', 'c'].map((name) => add(`writable ${name}`)))
    })
  })
} else {
  it('R32 a database that is opened anew has each change that was answered', async () => {
    await add('before')
    await waitAtMost({})
    expect(await countOf('before')).toBe(1)
    expect(await failureOf(() => add('before'))).toMatchObject({ isUnavailable: false })
  })
}
