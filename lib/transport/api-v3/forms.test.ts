import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { anyText, int, list, object } from '@/lib/action/fields'
import { cpuTime } from '@/lib/cpu-testing'
import { startWire, testAction } from '@/lib/testing'

freshDatabase()

/** Says what it was asked, so that every way to ask can be held against the same answer. */
const Inner = object('TestInner', {
  text: anyText(1_000).nullish(),
  deeper: object('TestDeeper', { text: anyText(100).nullish() }).nullish(),
})
const Echo = { text: anyText(1_000).nullish(), number: int().nullish(), inner: Inner.nullish(), items: list(Inner).optional() }
const echo = testAction({
  input: z.object(Echo),
  output: object('TestEcho', Echo),
  handle: async (_ctx, input) => input,
})

let wire: Awaited<ReturnType<typeof startWire>>
beforeAll(async () => {
  wire = await startWire({ echo })
})
afterAll(() => wire.stop())

const echoPath = 'service/test/action/echo/format/1'

async function ask(path: string, init: RequestInit = {}) {
  const response = await fetch(`${wire.url}/api_v3/${path}`, init)
  expect(response.status).toBe(200)
  return response.json()
}

const post = (type: string, body: string | Uint8Array<ArrayBuffer>): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body,
})
const json = (body: string) => post('application/json', body)
const form = (body: string) => post('application/x-www-form-urlencoded', body)

/** As browsers and curl send it, names and values as they are. */
function multipart(...fields: [name: string, value: string][]) {
  const parts = fields.map(([name, value]) => `--b.1\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  return post('multipart/form-data; boundary=b.1', `${parts.join('')}--b.1--\r\n`)
}

describe('I07 of two values with one name the first counts', () => {
  const first = { text: 'first' }
  const golden: [where: string, path: string, init: RequestInit | undefined, answer: object][] = [
    ['a path', `${echoPath}/text/first/text/second`, undefined, first],
    ['a query', `${echoPath}?text=first&text=second`, undefined, first],
    ['a form', echoPath, form('text=first&text=second'), first],
    ['multipart', echoPath, multipart(['text', 'first'], ['text', 'second']), first],
    ['JSON', echoPath, json('{"text":"first","text":"second"}'), first],
    ['JSON in multipart', echoPath, multipart(['json', '{"text":"first","text":"second"}']), first],
    ['multipart and its JSON', echoPath, multipart(['text', 'first'], ['json', '{"text":"second"}']), first],
    ['JSON with one name escaped', echoPath, json('{"text":"first","te\\u0078t":"second"}'), first],
    [
      'JSON with quotes, colons and backslashes in texts',
      echoPath,
      json('{"text":"a\\\\\\":{,","text":"second"}'),
      { text: 'a\\":{,' },
    ],
    ['path and query', `${echoPath}/text/first?text=second`, undefined, first],
    ['query and form', `${echoPath}?text=first`, form('text=second'), first],
    ['query and JSON', `${echoPath}?text=first`, json('{"text":"second"}'), first],
    ['an object in a query', `${echoPath}?inner:text=first&inner[text]=second`, undefined, { inner: first }],
    ['an object in JSON', echoPath, json('{"inner":{"text":"first","text":"second"}}'), { inner: first }],
    ['two objects in JSON', echoPath, json('{"inner":{"text":"first"},"inner":{"text":"second"}}'), { inner: first }],
    ['a list in JSON', echoPath, json('{"items":[{"text":"first","text":"second"}]}'), { items: [first] }],
    ['a text and an object', echoPath, json('{"inner:text":"first","inner":{"text":"second"}}'), { inner: first }],
    [
      'an object in query and body, which are merged',
      `${echoPath}?inner:text=first`,
      json('{"inner":{"text":"second","deeper":{"text":"third"}}}'),
      { inner: { text: 'first', deeper: { text: 'third' } } },
    ],
  ]
  it.each(golden)('in %s', async (_where, path, init, answer) => {
    expect(await ask(path, init)).toEqual(answer)
  })
})

describe('forms that nest (§1.2)', () => {
  const nested = { inner: { text: 'a', deeper: { text: 'b' } } }
  const two = { items: [{ text: 'a' }, { text: 'b' }] }
  const forms: [who: string, init: RequestInit, answer: object][] = [
    ['colons', form('inner:text=a&inner:deeper:text=b'), nested],
    ['brackets, as PHP and Python send them', form('inner%5Btext%5D=a&inner%5Bdeeper%5D%5Btext%5D=b'), nested],
    ['both', form('inner:deeper[text]=b&inner[text]=a'), nested],
    ['brackets in multipart, as curl sends them', multipart(['inner[text]', 'a'], ['inner[deeper][text]', 'b']), nested],
    ['colons in names of JSON', json('{"inner:text":"a","inner:deeper:text":"b"}'), nested],
    ['items by number, in the order of the numbers', form('items:10:text=b&items:2:text=a'), two],
    ['items by number in brackets', form('items[0][text]=a&items[1][text]=b'), two],
    ['items without a number', form('items[][text]=a&items[][text]=b'), two],
    ['an empty list', form('items:-='), { items: [] }],
    ['an empty list in JSON', json('{"items":{"-":""}}'), { items: [] }],
    ['an empty object', form('inner:-='), { inner: {} }],
    ['an empty object as PHP writes it', json('{"inner":[]}'), { inner: {} }],
    ['spaces and signs', form('text=a+%26+b%3Ac'), { text: 'a & b:c' }],
    ['bytes that are no text, left out', form('text=a%FFb'), { text: 'ab' }],
    ['a sign for broken text that was meant', form('text=a%EF%BF%BDb'), { text: 'a\uFFFDb' }],
  ]
  it.each(forms)('%s', async (_who, init, answer) => {
    expect(await ask(echoPath, init)).toEqual(answer)
  })

  it('leaves out what is no UTF-8 in JSON', async () => {
    const body = Buffer.concat([Buffer.from('{"text":"a'), Buffer.from([0xff, 0xc3]), Buffer.from('b"}')])
    expect(await ask(echoPath, post('application/json', body))).toEqual({ text: 'ab' })
  })
})

describe('addresses (§1.1)', () => {
  const addresses: [form: string, path: string][] = [
    ['pairs', 'service/test/action/echo/text/a/format/1'],
    ['pairs after index.php', 'index.php/service/test/action/echo/text/a/format/1'],
    ['a query to index.php', 'index.php?service=test&action=echo&text=a&format=1'],
    ['a bare query', '?service=test&action=echo&text=a&format=1'],
    ['pairs and a query', 'service/test?action=echo&text=a&format=1'],
    ['a slash at the end', 'service/test/action/echo/text/a/format/1/'],
    ['nested names', 'service/test/action/echo/text/a/format/1/inner%3Atext/'],
  ]
  it.each(addresses)('%s', async (_form, path) => {
    expect(await ask(path)).toMatchObject({ text: 'a' })
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset=UTF-8'])(
    'JSON as %s',
    async (type) => {
      expect(await ask(echoPath, post(type, ' \r\n{"text":"a"}\n'))).toEqual({ text: 'a' })
    },
  )

  it('reads JSON in a POST to the bare address', async () => {
    expect(await ask('', json('{"service":"test","action":"echo","format":1,"text":"a"}'))).toEqual({ text: 'a' })
  })
})

describe('I14 numbers', () => {
  const numbers: [given: string, answer: object][] = [
    ['-1', { number: -1 }],
    ['1e3', { number: 1_000 }],
    ['0x10', { number: 0 }],
    ['12abc', { number: 12 }],
    [' 7.9 ', { number: 7 }],
    ['', { number: 0 }],
    ['9007199254740991', { number: 9_007_199_254_740_991 }],
    ['9007199254740993', { code: 'INVALID_FIELD_VALUE' }],
    ['1e400', { code: 'INVALID_FIELD_VALUE' }],
  ]
  it.each(numbers)('"%s"', async (given, answer) => {
    expect(await ask(echoPath, form(`number=${encodeURIComponent(given)}`))).toMatchObject(answer)
  })
})

it('I10 reads the worst of texts in time that grows with their length only', async () => {
  const length = 64 * 1024
  const worst: RequestInit[] = [
    form(`number=${'%20'.repeat(length / 3)}`),
    form(`number=${'1'.repeat(length)}x`),
    form(`${'a['.repeat(length / 2)}=x`),
    form(`${'a:'.repeat(length / 2)}=x`),
    json(`{"text":"${'\\\\'.repeat(length / 2)}","text":"b"}`),
    json(`{"text":"${'\\"'.repeat(length / 2)}","text":"b"}`),
    json('['.repeat(length)),
    json('{"a":'.repeat(length / 5)),
  ]
  for (const init of worst) {
    expect(await cpuTime(() => ask(echoPath, init)), String(init.body).slice(0, 40)).toBeLessThan(500)
  }
})
