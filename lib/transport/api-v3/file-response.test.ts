import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, fileAnswer, int } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { startWire, testAction } from '@/lib/testing'
import { fileHeaders } from './file-response'

freshDatabase()

let opened = 0
let closed = 0
let pieces = 0
let ran: string[] = []

/** A file of so many pieces of 64 kB, that counts how many were taken. */
async function* piecesOf(count: number) {
  opened++
  try {
    for (let piece = 0; piece < count; piece++) {
      pieces++
      yield Buffer.alloc(65_536, 120)
      await turn()
    }
  } finally {
    closed++
  }
}

async function* breaking(after: number): AsyncGenerator<string> {
  for (let piece = 0; piece < after; piece++) yield 'piece'
  throw new Error('no such file: /var/lib/usher/secret')
}

const served = z.object({ name: anyText(1_000).default('people.csv'), maxAge: int().default(0) })
const actions = {
  csv: testAction({
    input: served,
    output: fileAnswer(),
    async handle(_ctx, { name, maxAge }) {
      async function* open() {
        opened++
        yield '\uFEFF*action,id\r\n'
        yield Buffer.from('1,änn\r\n')
      }
      return new FileAnswer({ contentType: 'text/csv', name, open, maxAge })
    },
  }),
  large: testAction({
    input: z.object({ count: int() }),
    output: fileAnswer(),
    handle: async (_ctx, { count }) =>
      new FileAnswer({ contentType: 'text/csv', name: 'large.csv', open: () => piecesOf(count) }),
  }),
  breaks: testAction({
    input: z.object({ after: int() }),
    output: fileAnswer(),
    handle: async (_ctx, { after }) => new FileAnswer({ contentType: 'text/csv', name: 'a.csv', open: () => breaking(after) }),
  }),
  note: testAction({
    input: z.object({ text: anyText(100) }),
    output: anyText(100),
    async handle(_ctx, { text }) {
      ran.push(text)
      return text
    },
  }),
}

let wire: Awaited<ReturnType<typeof startWire>>
beforeAll(async () => {
  wire = await startWire(actions)
})
afterAll(() => wire.stop())
beforeEach(() => {
  opened = closed = pieces = 0
  ran = []
})

const url = (action: string, params = '') => `${wire.url}/api_v3/service/test/action/${action}/format/1${params}`

describe('answers that are files (§1.11)', () => {
  it('are sent as they are, to be kept and not to be shown', async () => {
    const response = await fetch(url('csv'))
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('\uFEFF*action,id\r\n1,änn\r\n')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': `attachment; filename="people.csv"; filename*=UTF-8''people.csv`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    })
  })

  it('W09 may be kept by the caller’s own cache for as long as they say, and by no other', async () => {
    const cacheOf = async (maxAge: number) =>
      (await fetch(url('csv', `/maxAge/${maxAge}`), { method: 'HEAD' })).headers.get('cache-control')
    expect(await cacheOf(600)).toBe('private, max-age=600')
    expect(await cacheOf(1_000_000_000)).toBe('private, max-age=8640000')
    expect(await cacheOf(-5)).toBe('no-store')
  })

  it('tell their headers to HEAD without being opened', async () => {
    const response = await fetch(url('csv'), { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, 'text/csv', ''])
    expect(opened).toBe(0)
  })

  it('are the whole answer of a multirequest, which ends there', async () => {
    const calls = ['note', 'csv', 'note'].map((action, at) => ({ service: 'test', action, text: `call ${at}` }))
    const body = JSON.stringify({ ...calls, format: 1 })
    const response = await fetch(`${wire.url}/api_v3/service/multirequest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/csv', '*action,id\r\n1,änn\r\n'])
    expect(ran).toEqual(['call 0'])
  })

  const names: [name: string, plain: string, encoded: string][] = [
    ['Änderung "1".csv', '_nderung _1_.csv', '%C3%84nderung%20%221%22.csv'],
    ['a\r\nSet-Cookie: x=1', 'a__Set-Cookie_ x_1', 'a%0D%0ASet-Cookie%3A%20x%3D1'],
    ["it's (1)*.csv", 'it_s _1__.csv', 'it%27s%20%281%29%2A.csv'],
    ['../../etc/passwd', '.._.._etc_passwd', '..%2F..%2Fetc%2Fpasswd'],
    ['a\ud800b', 'a_b', 'a%EF%BF%BDb'],
    ['\u202egnp.csv', '_gnp.csv', '%E2%80%AEgnp.csv'],
  ]
  it.each(names)('O06 %j goes into a header encoded', (name, plain, encoded) => {
    async function* open() {}
    const headers = fileHeaders(new FileAnswer({ contentType: 'text/csv', name, open }))
    expect(headers['Content-Disposition']).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
  })
})

describe('files that fail', () => {
  it('O03 R35 are an error in the asked format when they cannot be opened', async () => {
    const response = await fetch(url('breaks', '/after/0'))
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ code: 'INTERNAL_SERVERL_ERROR', args: [] })
  })

  it('R35 break the connection when they break off, so that nobody takes them for whole, and no other', async () => {
    const [broken, whole] = await Promise.all([fetch(url('breaks', '/after/3')), fetch(url('large', '/count/200'))])
    await expect(broken.text()).rejects.toThrow()
    expect((await whole.arrayBuffer()).byteLength).toBe(200 * 65_536)
    expect((await fetch(url('csv'))).ok).toBe(true)
  })
})

describe('R28 readers of a file', () => {
  it('who take nothing hold it back, and close it when they go', async () => {
    const socket = connect(Number(new URL(wire.url).port), '127.0.0.1')
    socket.pause()
    socket.write('GET /api_v3/service/test/action/large/count/100000/format/1 HTTP/1.1\r\nHost: x\r\n\r\n')
    await expect.poll(() => pieces).toBeGreaterThan(0)
    const settled = await settledAt(() => pieces)
    expect(settled).toBeLessThan(1_000)
    expect(closed).toBe(0)
    socket.destroy()
    await expect.poll(() => closed).toBe(1)
  })

  it('who read it get every byte', async () => {
    const response = await fetch(url('large', '/count/200'))
    expect((await response.arrayBuffer()).byteLength).toBe(200 * 65_536)
    expect([pieces, closed]).toEqual([200, 1])
  })
})

/** The value once it has not changed for many turns of the event loop. */
async function settledAt(read: () => number) {
  let last = read()
  for (let same = 0; same < 500; same++) {
    await turn()
    if (read() === last) continue
    last = read()
    same = 0
  }
  return last
}
