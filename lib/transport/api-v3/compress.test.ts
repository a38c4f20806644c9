import { request as httpRequest, type IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, int } from '@/lib/action/fields'
import { startWire, testAction } from '@/lib/testing'

freshDatabase()

const text = testAction({
  input: z.object({ length: int() }),
  output: anyText(1_000_000),
  handle: async (_ctx, { length }) => 'ä'.repeat(length),
})

let wire: Awaited<ReturnType<typeof startWire>>
beforeAll(async () => {
  wire = await startWire({ text })
})
afterAll(() => wire.stop())

/** Takes the answer as it comes, which `fetch` does not. */
function ask(length: number, encodings: string | undefined, method = 'GET') {
  const headers = encodings === undefined ? {} : { 'accept-encoding': encodings }
  return new Promise<{ headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
    const path = `${wire.url}/api_v3/service/test/action/text/format/1/length/${length}`
    const sent = httpRequest(path, { method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts) }))
    })
    sent.on('error', reject).end()
  })
}

const whole = (length: number) => JSON.stringify('ä'.repeat(length))

const readers = { br: brotliDecompressSync, gzip: gunzipSync }

describe('compression', () => {
  const accepted: [accepted: string | undefined, encoding: 'br' | 'gzip' | undefined][] = [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0.000,gzip;q=0', undefined],
    ['identity', undefined],
    ['*', undefined],
    ['', undefined],
    [undefined, undefined],
    ['deflate, zstd', undefined],
  ]
  it.each(accepted)('for a client that takes %j', async (encodings, encoding) => {
    const { headers, body } = await ask(50_000, encodings)
    expect([headers['content-encoding'], headers.vary]).toEqual([encoding, 'Accept-Encoding'])
    expect(Number(headers['content-length'])).toBe(body.length)
    const read = encoding ? readers[encoding](body) : body
    expect(read.toString()).toBe(whole(50_000))
    if (encoding) expect(body.length).toBeLessThan(1_000)
  })

  it('leaves short answers as they are', async () => {
    const { headers, body } = await ask(500, 'br, gzip')
    expect([headers['content-encoding'], body.toString()]).toEqual([undefined, whole(500)])
  })

  it('tells HEAD what GET would get', async () => {
    const [get, head] = [await ask(50_000, 'br'), await ask(50_000, 'br', 'HEAD')]
    expect(head.body.length).toBe(0)
    expect(head.headers).toMatchObject({ 'content-encoding': 'br', 'content-length': get.headers['content-length'] })
  })
})
