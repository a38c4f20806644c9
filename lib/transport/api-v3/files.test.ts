import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, file, object } from '@/lib/action/fields'
import { env } from '@/lib/env'
import { ksOf, newAccount, startWire, testAction } from '@/lib/testing'
import { newUploads, removeLeftUploads } from './files'

const megabyte = 1024 * 1024
process.env.UPLOAD_LIMIT_MB = '12'
freshDatabase()

type Seen = { path: string; name: string; size: number; content: string; mode: number; folderMode: number }
let seen: Seen[] = []

const input = z.object({ fileData: file(), text: anyText(1_000).optional() })
const take = testAction({
  input,
  output: anyText(1_000),
  async handle(_ctx, { fileData: { path, name, size }, text = '' }) {
    const { mode } = await stat(path)
    const folder = await stat(dirname(path))
    const content = size < megabyte ? await readFile(path, 'utf8') : ''
    seen.push({ path, name, size, content, mode: mode & 0o777, folderMode: folder.mode & 0o777 })
    return `${text}${content.length || size}`
  },
})
const move = testAction({
  input,
  output: anyText(1_000),
  async handle(_ctx, { fileData }) {
    await rename(fileData.path, join(env().dataDir, 'kept'))
    return 'kept'
  },
})
const takeMaybe = testAction({
  input: z.object({ fileData: file().optional(), inner: object('TestInner', { fileData: file().optional() }).optional() }),
  output: anyText(1_000),
  handle: async (_ctx, { fileData }) => fileData?.name ?? 'none',
})

let wire: Awaited<ReturnType<typeof startWire>>
let ks: string
beforeAll(async () => {
  ks = await ksOf(await newAccount())
  wire = await startWire({ take, move, takeMaybe })
})
afterAll(async () => {
  await wire.stop()
  await rm(uploads(), { recursive: true, force: true })
})
beforeEach(() => {
  seen = []
})

const uploads = () => join(env().dataDir, 'uploads')

const waiting = async () => (await readdir(join(uploads(), `${hostname()}.${process.pid}`)).catch(() => [])).length

async function ask(action: string, init: RequestInit) {
  const response = await fetch(`${wire.url}/api_v3/service/${action}`, { method: 'POST', ...init })
  expect(response.status).toBe(200)
  return response.json()
}

const test = (action: string) => `test/action/${action}/format/1`

/** A form that begins as the official clients begin it. */
function signedForm() {
  const form = new FormData()
  form.append('ks', ks)
  return form
}

const boundary = '---------------------------0.8714932'
const multipart = { 'content-type': `multipart/form-data; boundary=${boundary}` }

/** Byte for byte what the Node client sends: CRLF before the first boundary, none after the last (§1.3). */
function asNodeClient(params: object, ...files: [parameter: string, name: string, content: string][]) {
  const parts = [
    `Content-Disposition: form-data; name="json"\r\n\r\n${JSON.stringify(params)}`,
    ...files.map(
      ([parameter, name, content]) =>
        `Content-Disposition: form-data; name="${parameter}"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}`,
    ),
  ]
  return { headers: multipart, body: `${parts.map((part) => `\r\n--${boundary}\r\n${part}`).join('')}\r\n--${boundary}--` }
}

describe('files that come with a call (§1.2, §1.3)', () => {
  it('F04 X05 are on disk below the data folder, for their owner only, under a name of ours, and gone after the call', async () => {
    expect(await ask(test('take'), asNodeClient({ text: 'json:' }, ['fileData', 'people.csv', '*action\r\n1,ann']))).toBe(
      'json:14',
    )
    expect(seen).toMatchObject([{ name: 'people.csv', size: 14, content: '*action\r\n1,ann', mode: 0o600, folderMode: 0o700 }])
    expect(seen[0]?.path.startsWith(uploads())).toBe(true)
    expect(basename(seen[0]?.path ?? '')).toMatch(/^[0-9a-f-]{36}$/)
    expect((await stat(uploads())).mode & 0o777).toBe(0o700)
    expect(await waiting()).toBe(0)
  })

  it('may be sent beside ordinary fields, before or after them', async () => {
    for (const order of [0, 1]) {
      const form = new FormData()
      if (order) form.append('text', 'a')
      form.append('fileData', new Blob(['content']), 'b.csv')
      if (!order) form.append('text', 'a')
      expect(await ask(test('take'), { body: form })).toBe('a7')
    }
  })

  it('stay where an action has moved them', async () => {
    expect(await ask(test('move'), asNodeClient({}, ['fileData', 'a', 'content']))).toBe('kept')
    expect(await readFile(join(env().dataDir, 'kept'), 'utf8')).toBe('content')
    expect(await waiting()).toBe(0)
  })

  it('belong to their call of a multirequest', async () => {
    const calls = {
      0: { service: 'test', action: 'take' },
      1: { service: 'test', action: 'take' },
      2: { service: 'test', action: 'takeMaybe' },
    }
    const sent = asNodeClient({ ...calls, format: 1 }, ['0:fileData', 'a', 'first'], ['1:fileData', 'b', 'second'])
    expect(await ask('multirequest', sent)).toEqual(['5', '6', 'none'])
    expect(seen.map(({ name, content }) => [name, content])).toEqual([
      ['a', 'first'],
      ['b', 'second'],
    ])
    expect(await waiting()).toBe(0)
  })

  it('I07 of two with one name the first counts', async () => {
    await ask(test('take'), asNodeClient({}, ['fileData', 'a', 'first'], ['fileData', 'b', 'second']))
    expect(seen.map(({ name, content }) => [name, content])).toEqual([['a', 'first']])
    expect(await waiting()).toBe(0)
  })

  it('F04 never lend a name to a path', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      'C:\\\\windows\\\\win.ini',
      'a%0d%0ab',
      `${'x'.repeat(4_096)}`,
      '\u202ecsv.exe',
      '..',
    ]
    for (const name of names) await ask(test('take'), asNodeClient({}, ['fileData', name, 'x']))
    expect(seen).toHaveLength(names.length)
    expect(await ask(test('take'), asNodeClient({}, ['fileData', 'a\u0000b', 'x']))).toMatchObject({ code: 'UPLOAD_ERROR' })
    for (const { path, name } of seen) {
      expect(dirname(path)).toBe(join(uploads(), `${hostname()}.${process.pid}`))
      expect(name.length).toBeLessThan(256)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
      expect(name).not.toMatch(/[/\u0000-\u001f]/)
    }
  })
})

describe('what is no file', () => {
  const json = { 'content-type': 'application/json' }
  const described = JSON.stringify({ fileData: { path: '/etc/passwd', name: 'a', size: 1 } })

  it('is refused where a file is wanted', async () => {
    expect(await ask(test('take'), { headers: json, body: '{}' })).toMatchObject({
      code: 'MISSING_MANDATORY_PARAMETER',
      args: { PARAM_NAME: 'fileData' },
    })
    for (const body of ['{"fileData":"text"}', described, '{"fileData":["a"]}'])
      expect(await ask(test('take'), { headers: json, body })).toMatchObject({ code: 'UPLOAD_ERROR', args: [] })
    expect(await ask(test('take'), asNodeClient({ fileData: 'text' }))).toMatchObject({ code: 'UPLOAD_ERROR' })
    expect(await ask(test('takeMaybe'), { headers: json, body: described })).toMatchObject({ code: 'UPLOAD_ERROR' })
    expect(await ask(test('takeMaybe'), { headers: json, body: `{"inner":${described}}` })).toMatchObject({
      code: 'UPLOAD_ERROR',
    })
    expect(seen).toEqual([])
  })

  it('does no harm where none is wanted', async () => {
    expect(await ask(test('takeMaybe'), asNodeClient({}, ['other', 'a', 'x']))).toBe('none')
    expect(await waiting()).toBe(0)
  })
})

describe('limits of files', () => {
  it('R29 takes them to the last byte, up to the limit and no further', async () => {
    for (const size of [9 * megabyte, 11 * megabyte + 1, 12 * megabyte]) {
      const form = signedForm()
      form.append('fileData', new Blob([Buffer.alloc(size, 120)]), 'a')
      expect(await ask(test('take'), { body: form })).toBe(String(size))
    }
    const form = signedForm()
    form.append('fileData', new Blob([Buffer.alloc(12 * megabyte + 1, 120)]), 'a')
    expect(await ask(test('take'), { body: form })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'fileData', MAX_LEN: String(12 * megabyte) },
    })
    expect(await waiting()).toBe(0)
  }, 60_000)

  it('I08 counts all files of a request together, and their number', async () => {
    const form = signedForm()
    for (const name of ['a', 'b', 'c']) form.append(name, new Blob([Buffer.alloc(5 * megabyte, 120)]), name)
    expect(await ask(test('takeMaybe'), { body: form })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'files' },
    })
    const many = Array.from({ length: 65 }, (_, at): [string, string, string] => [`f${at}`, 'a', ''])
    expect(await ask(test('takeMaybe'), asNodeClient({}, ...many))).toMatchObject({ args: { PROP_NAME: 'files', MAX_LEN: '64' } })
    expect(await waiting()).toBe(0)
  })

  it('I08 holds the fields beside a file to the limit of every body', async () => {
    const form = signedForm()
    form.append('fileData', new Blob([Buffer.alloc(2 * megabyte, 120)]), 'a')
    form.append('text', 'x'.repeat(600_000))
    form.append('more', 'x'.repeat(600_000))
    expect(await ask(test('take'), { body: form })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'body' },
    })
    expect(await waiting()).toBe(0)
  })
})

describe('F14 files of whoever has no session', () => {
  const content = 'x'.repeat(2 * megabyte)
  const large = ['fileData', 'a', content] as [string, string, string]

  it.each([
    ['none', {}, 'MISSING_KS'],
    ['one that was made up', { ks: 'bm9uc2Vuc2U' }, 'INVALID_KS'],
    ['none in any call', { 0: { service: 'test', action: 'take' } }, 'MISSING_KS'],
  ])('are refused over the limit of a body, before they are there: with %s', async (_what, params, code) => {
    const form = asNodeClient(params, large)
    expect(await ask(test('take'), form)).toMatchObject({ code })
    expect(seen).toEqual([])
    expect(await waiting()).toBe(0)
  })

  it('are refused with a session that is over', async () => {
    const over = await ksOf(await newAccount(), { at: { now: Date.now() - 400 * 24 * 3_600_000 } })
    expect(await ask(test('take'), asNodeClient({ ks: over }, large))).toMatchObject({ code: 'INVALID_KS' })
  })

  it('are refused where the session comes only after them', async () => {
    const form = new FormData()
    form.append('fileData', new Blob([content]), 'a')
    form.append('ks', ks)
    expect(await ask(test('take'), { body: form })).toMatchObject({ code: 'MISSING_KS' })
  })

  it('are taken up to it, as every body is', async () => {
    expect(await ask(test('take'), asNodeClient({}, ['fileData', 'a', content.slice(0, 900_000)]))).toBe('900000')
  })

  it('are taken with a session in the address, in front of them, or in a call', async () => {
    expect(await ask(`${test('take')}/ks/${ks}`, asNodeClient({}, large))).toBe(String(content.length))
    expect(await ask(test('take'), asNodeClient({ ks }, large))).toBe(String(content.length))
    const calls = { 0: { service: 'test', action: 'take', ks }, format: 1 }
    expect(await ask('multirequest', asNodeClient(calls, ['0:fileData', 'a', content]))).toEqual([String(content.length)])
  })
})

describe('files that are left', () => {
  it('F14 R29 go when the sender goes half-way, and no action sees a part of one', async () => {
    const { body } = asNodeClient({}, ['fileData', 'a', 'x'.repeat(2 * megabyte)])
    const half = body.slice(0, megabyte)
    for (let times = 0; times < 20; times++) {
      const socket = connect(Number(new URL(wire.url).port), '127.0.0.1').on('error', () => {})
      const head = `POST /api_v3/service/${test('take')} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\nContent-Type: ${multipart['content-type']}\r\n\r\n`
      await new Promise((sent) => socket.write(head + half, sent))
      socket.destroy()
    }
    await expect.poll(waiting).toBe(0)
    expect(seen).toEqual([])
  })

  it('F14 go when one breaks off while its file is being opened', async () => {
    const breaksOff = async () => {
      const { keep, discard } = newUploads()
      const gone = new Readable({ read() {} }).destroy(new Error('gone'))
      await expect(keep('fileData', 'a', gone)).rejects.toMatchObject({ code: 'UPLOAD_ERROR' })
      await discard()
    }
    for (let times = 0; times < 50; times++) await Promise.all(Array.from({ length: 20 }, breaksOff))
    await sleep(100)
    expect(await waiting()).toBe(0)
  })

  it('go when the body ends early by itself', async () => {
    const { body } = asNodeClient({}, ['fileData', 'a', 'content'])
    expect(await ask(test('take'), { headers: multipart, body: body.slice(0, -20) })).toMatchObject({ code: 'UPLOAD_ERROR' })
    expect(seen).toEqual([])
    expect(await waiting()).toBe(0)
  })

  it('go when the call is refused', async () => {
    expect(await ask('user/action/list/format/1', asNodeClient({}, ['fileData', 'a', 'content']))).toMatchObject({
      code: 'MISSING_KS',
    })
    expect(await ask(`${test('take').replace('/1', '/77')}`, asNodeClient({}, ['fileData', 'a', 'x'])).catch(() => 'empty')).toBe(
      'empty',
    )
    expect(seen).toEqual([])
    expect(await waiting()).toBe(0)
  })

  it('F14 go at the next start when a process has crashed, but not those of another that runs', async () => {
    const leave = async (folder: string, age = 0) => {
      await mkdir(join(uploads(), folder), { recursive: true })
      await writeFile(join(uploads(), folder, 'part'), 'x')
      const then = new Date(Date.now() - age)
      await utimes(join(uploads(), folder), then, then)
    }
    const hours = 3_600_000
    await leave(`${hostname()}.${process.pid}`)
    await leave(`${hostname()}.${process.ppid}`)
    await leave(`${hostname()}.999999999`)
    await leave('another-host.1', hours)
    await leave('an-old-host.1', 25 * hours)
    await removeLeftUploads()
    expect((await readdir(uploads())).sort()).toEqual([`${hostname()}.${process.ppid}`, 'another-host.1'].sort())
  })
})

it('a slow sender holds up nobody else', async () => {
  const { body } = asNodeClient({}, ['fileData', 'a', 'x'.repeat(200_000)])
  const slow = httpRequest(`${wire.url}/api_v3/service/${test('take')}`, { method: 'POST', headers: multipart })
  slow.write(body.slice(0, 100_000))
  await expect.poll(waiting).toBe(1)
  expect(await ask(test('takeMaybe'), asNodeClient({}))).toBe('none')
  const answered = new Promise((resolve) => slow.on('response', (response) => response.resume().on('end', resolve)))
  slow.end(body.slice(100_000))
  await answered
  expect(await waiting()).toBe(0)
})
