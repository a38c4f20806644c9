import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import kaltura, { type Client } from 'kaltura-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, file, fileAnswer } from '@/lib/action/fields'
import { FileAnswer } from '@/lib/action/file'
import { ksOf, newAccount, startWire, testAction } from '@/lib/testing'

freshDatabase()

/** The official client, unmodified, where actions of a test tell more than those of the product: files and several calls. */
const actions = {
  take: testAction({
    input: z.object({ fileData: file(), text: anyText(100).optional() }),
    output: anyText(1_000),
    handle: async (_ctx, { fileData, text = '' }) => `${text}${fileData.name}:${await readFile(fileData.path, 'utf8')}`,
  }),
  serve: testAction({
    input: z.object({}),
    output: fileAnswer(),
    async handle() {
      async function* open() {
        yield '\uFEFF*action,id\r\n'
      }
      return new FileAnswer({ contentType: 'text/csv', name: 'a.csv', open })
    },
  }),
  long: testAction({ input: z.object({}), output: anyText(100_000), handle: async () => 'ä'.repeat(50_000) }),
}

const folder = mkdtempSync(join(tmpdir(), 'usher-client-'))
let wire: Awaited<ReturnType<typeof startWire>>
let client: Client

beforeAll(async () => {
  wire = await startWire(actions)
  const config = new kaltura.Configuration()
  config.serviceUrl = wire.url
  config.setLogger({ log() {}, debug() {}, error() {} })
  client = new kaltura.Client(config)
  client.setKs(await ksOf(await newAccount()))
})
afterAll(async () => {
  await wire.stop()
  rmSync(folder, { recursive: true, force: true })
})

const call = (service: string, action: string, params: object = {}, files?: object) =>
  new kaltura.RequestBuilder(service, action, params, files)

it('sends a file from memory, and one from disk under its own name', async () => {
  const path = join(folder, 'people.csv')
  writeFileSync(path, '*action\r\n')
  expect(await call('test', 'take', { text: 'a ' }, { fileData: Buffer.from('content') }).execute(client)).toBe('a chunk:content')
  expect(await call('test', 'take', {}, { fileData: path }).execute(client)).toBe('people.csv:*action\r\n')
})

it('sends files with the calls of a multirequest, which refer to each other', async () => {
  const answers = await call('user', 'add', { user: { id: 'ann', objectType: 'KalturaUser' } })
    .add(call('test', 'take', { text: '{1:result:id} ' }, { fileData: Buffer.from('first') }))
    .add(call('user', 'get', { userId: 'nobody' }))
    .add(call('test', 'take', {}, { fileData: Buffer.from('second') }))
    .execute(client)
  expect(answers).toMatchObject([{ id: 'ann' }, 'ann chunk:first', { code: 'INVALID_USER_ID', args: [] }, 'chunk:second'])
})

it('reads a file as text, without the mark of its encoding', async () => {
  expect(await call('test', 'serve').execute(client)).toBe('*action,id\r\n')
})

it('reads what was compressed', async () => {
  expect(await call('test', 'long').execute(client)).toBe('ä'.repeat(50_000))
})
