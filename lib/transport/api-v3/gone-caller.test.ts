import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { countPartners } from '@/db/queries/partners'
import { freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { bool, fileAnswer } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { findAction } from '@/lib/action/registry'
import { startWire, testAction } from '@/lib/testing'
import { respond } from './web'

/** A client that goes away stops the work that is done for him. */

freshDatabase()

const pageSize = 64 * 1024
const pagesOfFile = 1_000
const callsOfRequest = 40

let seen: { calls: number; answers: number; changes: number; pages: number; isClosed: boolean }
let leave = () => {}
beforeEach(() => {
  seen = { calls: 0, answers: 0, changes: 0, pages: 0, isClosed: false }
})

const aStatement = countPartners
const nothing = { input: z.object({}), output: bool() }

/** The client leaves when a tenth of the calls has been answered. As long as a list of many keeps SQLite, nobody else's turn comes. */
const look = testAction({
  ...nothing,
  async handle() {
    if (++seen.calls === callsOfRequest / 10) leave()
    const started = performance.now()
    while (performance.now() - started < 15);
    await aStatement()
    seen.answers++
    return true
  },
})
const change = testAction({
  ...nothing,
  kind: 'mutation',
  async handle() {
    await aStatement()
    seen.changes++
    return true
  },
})
const file = testAction({
  input: z.object({}),
  output: fileAnswer(),
  handle: async () => new FileAnswer({ contentType: 'text/csv', name: 'all.csv', open: pages }),
})
const sleep = testAction({
  ...nothing,
  async handle() {
    seen.calls++
    await db().select({ slept: sql`pg_sleep(60)` }).from(sql`(select 1) as one`)
    seen.answers++
    return true
  },
})

/** As the files are that are made while they are sent: a statement, then a part of the file. */
async function* pages() {
  try {
    for (; seen.pages < pagesOfFile; seen.pages++) {
      await acrossPartners(aStatement)
      yield 'x'.repeat(pageSize)
    }
  } finally {
    seen.isClosed = true
  }
}

const actions = { look, change, file, sleep }
let wire: Awaited<ReturnType<typeof startWire>>
beforeAll(async () => {
  wire = await startWire(actions)
})
afterAll(() => wire.stop())

function ask(service: string, action: string, params: object = {}): ClientRequest {
  const asked = request(`${wire.url}/api_v3/service/${service}/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  asked.on('error', () => {})
  asked.end(JSON.stringify({ format: 1, ...params }))
  return asked
}

it('R38 begins no further list of many, and finishes what changes something', async () => {
  const lists = Array.from({ length: callsOfRequest }, (_, at) => [at, { service: 'test', action: 'look' }])
  const asked = ask('multirequest', '', {
    ...Object.fromEntries(lists),
    [callsOfRequest]: { service: 'test', action: 'change' },
  })
  leave = () => asked.destroy()
  await expect.poll(() => seen.changes).toBe(1)
  expect(seen.answers).toBeLessThan(callsOfRequest / 2)
})

// SQLite is at nothing else while it is at a statement, so it cannot be told.
if (dialectOf(databaseUrl()) === 'postgres') {
  it('R38 ends a statement that the server is at', async () => {
    const asked = ask('test', 'sleep')
    await expect.poll(() => seen.calls).toBe(1)
    await expect.poll(sleeping).toBe(1)
    asked.destroy()
    await expect.poll(sleeping).toBe(0)
    expect(seen.answers).toBe(0)
  })
}

async function sleeping() {
  const [row] = await db()
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(sql`pg_stat_activity`)
    .where(sql`query like 'select pg_sleep%' and state = 'active'`)
  return row?.count
}

it('R38 reads no further in a file of which a tenth has arrived', async () => {
  const asked = ask('test', 'file')
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let arrived = 0
  for await (const part of response) {
    arrived += part.length
    if (arrived > (pagesOfFile * pageSize) / 10) break
  }
  await expect.poll(() => seen.isClosed).toBe(true)
  expect(seen.pages).toBeLessThan(pagesOfFile / 2)
})

it('R38 reads no further in a file that the framework was to send', async () => {
  const find: typeof findAction = (service, action) => actions[action as keyof typeof actions] ?? findAction(service, action)
  const { body } = await respond(new Request('http://localhost/api_v3/service/test/action/file'), find)
  const reader = body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await expect.poll(() => seen.isClosed).toBe(true)
  expect(seen.pages).toBeLessThan(pagesOfFile / 10)
})
