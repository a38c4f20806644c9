import { spawnSync } from 'node:child_process'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { unserialize } from 'php-serialize'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { ActionError } from '@/lib/action/errors'
import { anyText, bool, int, list, object } from '@/lib/action/fields'
import { startWire, testAction } from '@/lib/testing'

freshDatabase()

const hostile = `<script>&"'\r\n\t]]> \u{1f600}é\u2028`
const Part = object('TestPart', { name: anyText(100), nothing: anyText(100).nullable() })
const Thing = object('TestThing', {
  objectType: anyText(100),
  id: anyText(1_000),
  yes: bool(),
  no: bool(),
  count: int(),
  nothing: anyText(100).nullable(),
  parts: list(Part),
  none: list(Part),
})
const thing = {
  objectType: 'TestThing',
  id: hostile,
  yes: true,
  no: false,
  count: -7,
  nothing: null,
  parts: [{ name: 'a', nothing: null }],
  none: [],
}

let ran = 0
const nothing = z.object({})
const actions = {
  thing: testAction({
    input: nothing,
    output: Thing,
    async handle() {
      ran++
      return thing
    },
  }),
  things: testAction({
    input: nothing,
    output: object('TestThingListResponse', { objectType: anyText(100), totalCount: int(), objects: list(Thing) }),
    handle: async () => ({ objectType: 'TestThingListResponse', totalCount: 1, objects: [thing] }),
  }),
  nothing: testAction({ input: nothing, output: z.null(), handle: async () => null }),
  yes: testAction({ input: nothing, output: bool(), handle: async () => true }),
  digits: testAction({ input: nothing, output: anyText(10), handle: async () => '123' }),
  refuses: testAction({
    input: nothing,
    output: z.null(),
    async handle() {
      throw new ActionError('DUPLICATE_USER_BY_ID', { UID: `a & "b" \u0001` })
    },
  }),
  fails: testAction({
    input: nothing,
    output: z.null(),
    async handle() {
      throw new Error('SQLITE_ERROR near "select": /srv/usher/db/sqlite.ts')
    },
  }),
  /** Answers what JSON cannot be written of. */
  huge: testAction({ input: nothing, output: int(), handle: async () => 7n as unknown as number }),
  control: testAction({
    input: nothing,
    output: z.string(),
    handle: async () => `${Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('')}\ud800\ufffe`,
  }),
}

let wire: Awaited<ReturnType<typeof startWire>>
beforeAll(async () => {
  wire = await startWire(actions)
})
afterAll(() => wire.stop())
beforeEach(() => {
  ran = 0
})

async function ask(action: string, params: Record<string, string>, init: RequestInit = {}) {
  const response = await fetch(`${wire.url}/api_v3/service/test/action/${action}?${new URLSearchParams(params)}`, init)
  expect(response.status).toBe(200)
  return { text: await response.text(), type: response.headers.get('content-type'), headers: response.headers }
}

const withoutNulls = { ...thing, nothing: undefined, parts: [{ name: 'a' }] }

describe('JSON (§1.7)', () => {
  const golden: [action: string, text: string][] = [
    ['nothing', 'null'],
    ['yes', 'true'],
    ['digits', '"123"'],
    ['thing', JSON.stringify(withoutNulls)],
    ['things', JSON.stringify({ objectType: 'TestThingListResponse', totalCount: 1, objects: [withoutNulls] })],
  ]
  it.each(golden)('%s', async (action, text) => {
    expect(await ask(action, { format: '1' })).toMatchObject({ text, type: 'application/json' })
  })
})

describe('XML (§1.7, §1.8)', () => {
  const parser = new XMLParser({
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'item',
    htmlEntities: true,
  })

  async function read(action: string, params: Record<string, string> = {}) {
    const { text, type } = await ask(action, params)
    expect(type).toBe('text/xml; charset=utf-8')
    expect(XMLValidator.validate(text)).toBe(true)
    const { executionTime, result } = parser.parse(text).xml
    expect(executionTime).toMatch(/^\d+\.\d{6}$/)
    return result
  }

  const asXml = {
    objectType: 'TestThing',
    id: hostile,
    yes: '1',
    no: '0',
    count: '-7',
    nothing: '',
    parts: { item: [{ name: 'a', nothing: '' }] },
    none: '',
  }

  it('is the format when none is asked for, and reads back as it was', async () => {
    expect(await read('thing')).toEqual(asXml)
    expect(await read('thing', { format: '2' })).toEqual(asXml)
    expect(await read('things')).toEqual({ objectType: 'TestThingListResponse', totalCount: '1', objects: { item: [asXml] } })
    expect([await read('nothing'), await read('yes'), await read('digits')]).toEqual(['', '1', '123'])
  })

  it.each(['1', 'true'])('leaves nulls out for ignoreNull=%s', async (ignoreNull) => {
    expect(await read('thing', { ignoreNull })).toEqual({ ...asXml, nothing: undefined, parts: { item: [{ name: 'a' }] } })
  })

  it('has errors with their arguments', async () => {
    const { message, ...error } = (await read('refuses')).error
    expect(error).toEqual({
      code: 'DUPLICATE_USER_BY_ID',
      objectType: 'KalturaAPIException',
      args: { item: [{ objectType: 'KalturaApiExceptionArg', name: 'UID', value: 'a & "b" ' }] },
    })
    expect(message).toContain('a & "b"')
  })

  it('I17 carries no character that XML has not', async () => {
    const result = await read('control')
    expect(result.replaceAll('&#13;', '\r')).toBe('\t\n\r\ufffd')
  })
})

describe('PHP (§1.6)', () => {
  /** As PHP itself reads it, and where there is no PHP as another reader does. */
  function readers(text: string): unknown[] {
    const script = 'echo json_encode(unserialize(stream_get_contents(STDIN), ["allowed_classes" => false]), JSON_THROW_ON_ERROR);'
    const php = spawnSync('php', ['-r', script], { input: text, encoding: 'utf8' })
    return php.error ? [unserialize(text)] : [unserialize(text), JSON.parse(php.stdout)]
  }

  const golden: [action: string, value: unknown][] = [
    ['nothing', null],
    ['yes', true],
    ['digits', '123'],
    ['thing', JSON.parse(JSON.stringify(withoutNulls))],
    ['things', { objectType: 'TestThingListResponse', totalCount: 1, objects: [JSON.parse(JSON.stringify(withoutNulls))] }],
    [
      'refuses',
      {
        code: 'DUPLICATE_USER_BY_ID',
        message: expect.stringContaining('a & "b"'),
        objectType: 'KalturaAPIException',
        args: { UID: 'a & "b" \u0001' },
      },
    ],
    ['fails', { code: 'INTERNAL_SERVERL_ERROR', message: expect.any(String), objectType: 'KalturaAPIException', args: [] }],
  ]
  it.each(golden)('%s', async (action, value) => {
    const { text, type } = await ask(action, { format: '3' })
    expect(type).toBe('application/vnd.php.serialized')
    // Arrays and single values only: nothing that makes an object of its reader's side.
    expect(text).toMatch(/^[aNbsi][:;]/)
    expect(text).not.toMatch(/[;{][OC]:\d/)
    for (const read of readers(text)) expect(read).toEqual(value)
  })

  it('reads a multirequest as a list', async () => {
    const body = new URLSearchParams({
      format: '3',
      '1:service': 'test',
      '1:action': 'yes',
      '2:service': 'test',
      '2:action': 'digits',
    })
    const text = await (await fetch(`${wire.url}/api_v3/service/multirequest`, { method: 'POST', body })).text()
    expect(text).toBe('a:2:{i:0;b:1;i:1;s:3:"123";}')
    for (const read of readers(text)) expect(read).toEqual([true, '123'])
  })
})

describe('JSONP (§1.6)', () => {
  it('O04 is a script that calls the function, and no other type', async () => {
    const { text, type, headers } = await ask('thing', { format: '9', callback: 'jQuery_$12' })
    expect([type, headers.get('x-content-type-options')]).toEqual(['application/javascript; charset=utf-8', 'nosniff'])
    expect(text).not.toContain('\u2028')
    const called: unknown[] = []
    new Function('jQuery_$12', text)((value: unknown) => called.push(value))
    expect(called).toEqual([JSON.parse(JSON.stringify(withoutNulls))])
  })

  const bad = ['', 'a b', 'a.b', 'alert(1)', '1a', 'a;b', '<script>', 'é', 'a'.repeat(129), 'a\n']
  it.each(bad)('O04 the callback %j is refused in JSON, and nothing is done', async (callback) => {
    const { text, type } = await ask('thing', { format: '9', callback })
    expect(type).toBe('application/json')
    expect(JSON.parse(text)).toMatchObject({ code: 'INVALID_FIELD_VALUE', args: { FIELD_NAME: 'callback' } })
    expect(ran).toBe(0)
  })

  it('needs a callback', async () => {
    expect(JSON.parse((await ask('thing', { format: '9' })).text)).toMatchObject({
      code: 'MISSING_MANDATORY_PARAMETER',
      args: { PARAM_NAME: 'callback' },
    })
    expect((await ask('refuses', { format: '9', callback: 'a'.repeat(128) })).text).toMatch(
      /^\/\*\*\/a{128}\(\{"code":"DUPLICATE_USER_BY_ID"/,
    )
  })
})

describe('formats that are none', () => {
  it.each(['0', '4', '77', 'json', '1x', 'constructor'])(
    'I16 %s: an empty answer that names the error, and nothing is done',
    async (format) => {
      const { text, headers } = await ask('thing', { format })
      expect([text, headers.get('x-kaltura'), ran]).toEqual(['', 'error-UNKNOWN_RESPONSE_FORMAT', 0])
    },
  )

  it('O04 no parameter names the type of the answer', async () => {
    const { type, headers } = await ask('thing', { format: '1', 'content-type': 'text/html' })
    expect([type, headers.get('x-content-type-options')]).toEqual(['application/json', 'nosniff'])
  })
})

describe('O03 failures of ours', () => {
  it.each(['1', '2', '3'])('tell nothing of the inside in format %s', async (format) => {
    for (const action of format === '1' ? ['fails', 'huge'] : ['fails']) {
      const { text, headers } = await ask(action, { format })
      expect(text).toContain('INTERNAL_SERVERL_ERROR')
      expect(text + JSON.stringify([...headers])).not.toMatch(/sql|select|\.ts|node_modules|\bat \/|zod|stack/i)
      expect(headers.get('x-kaltura-session')).toMatch(/^[\w-]{16}$/)
    }
  })
})

describe('what is common to all calls (§1.6)', () => {
  it.each(['en', 'DE', 'he', 'multi', ''])('knows the language "%s"', async (language) => {
    expect((await ask('yes', { format: '1', language })).text).toBe('true')
  })

  it.each(['eng', 'qq', 'e', 'en-US', '__', '<b>'])('does not know the language "%s"', async (language) => {
    expect(JSON.parse((await ask('yes', { format: '1', language })).text)).toMatchObject({ code: 'INVALID_LANGUAGE_CODE' })
  })

  it('W08 lets every site ask, without credentials', async () => {
    for (const origin of ['https://evil.example', 'null', 'https://usher.example:444']) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await ask('yes', { format: '1' }, { method, headers: { origin } })
        expect(headers.get('access-control-allow-origin')).toBe('*')
        expect(headers.get('access-control-allow-credentials')).toBeNull()
        expect(headers.get('access-control-expose-headers')).toContain(
          'Server, Content-Length, Content-Range, Date, X-Kaltura, X-Kaltura-Session, X-Me',
        )
      }
    }
  })

  it('answers a preflight as the contract has it, and does nothing', async () => {
    const { text, headers } = await ask('thing', {}, { method: 'OPTIONS' })
    expect([text, ran]).toEqual(['', 0])
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-headers': 'Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control',
      'access-control-allow-methods': 'POST, GET, HEAD, OPTIONS',
      'access-control-max-age': '86400',
    })
  })

  it('W09 is kept by no cache, and its address goes nowhere', async () => {
    const { headers } = await ask('thing', { format: '1' })
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer'])
  })
})
