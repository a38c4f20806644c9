import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { ActionError } from '@/lib/action/errors'
import { anyText, bool, int, list, object } from '@/lib/action/fields'
import { cpuTime } from '@/lib/cpu-testing'
import { type Account, ksOf, newAccount, startWire, storedUser, testAction } from '@/lib/testing'

freshDatabase()

const Thing = object(
  'TestThing',
  { id: anyText(100), isGood: bool(), count: int(), nothing: anyText(10).nullable(), seed: anyText(100) },
  { pageOnly: ['seed'] },
)
const thing = { id: 'thing', isGood: true, count: 7, nothing: null, seed: 'a secret seed' }

let echoed: string[] = []
let failing = 0
const actions = {
  /** Answers a thing with a field that only pages get, and one that is not declared at all. */
  thing: testAction({
    input: z.object({}),
    output: Thing,
    handle: async () => ({ ...thing, passwordHash: 'a secret hash' }),
  }),
  things: testAction({
    input: z.object({}),
    output: object('TestThingListResponse', { objects: list(Thing), totalCount: int() }),
    handle: async () => ({ objects: [thing, { ...thing, id: 'other' }], totalCount: 2 }),
  }),
  long: testAction({
    input: z.object({}),
    output: anyText(600_000),
    handle: async () => 'x'.repeat(600_000),
  }),
  echo: testAction({
    input: z.object({ text: anyText(2_000_000), inner: object('TestInner', { text: anyText(1_000) }).optional() }),
    output: anyText(2_000_000),
    handle: async (_ctx, { text, inner }) => {
      echoed.push(text)
      return inner?.text ?? text
    },
  }),
  fails: testAction({
    input: z.object({}),
    output: anyText(10),
    handle: async () => {
      failing++
      throw new Error('select secret from users')
    },
  }),
  masked: testAction({
    input: z.object({ needed: anyText(10) }),
    output: anyText(10),
    mask: () => null,
    handle: async () => {
      throw new ActionError('USER_NOT_FOUND')
    },
  }),
}

let wire: Awaited<ReturnType<typeof startWire>>
let account: Account
let ks: string

beforeAll(async () => {
  wire = await startWire(actions)
  account = await newAccount()
  ks = await ksOf(account)
})
afterAll(() => wire.stop())

type Answers = { code?: string; id?: string; args?: unknown; [name: string]: unknown }[]

async function ask(params: object, init: RequestInit = {}): Promise<Answers> {
  const body = JSON.stringify({ format: 1, ...params })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${wire.url}/api_v3/service/multirequest`, { method: 'POST', headers, body, ...init })
  expect(response.status).toBe(200)
  return (await response.json()) as Answers
}

const call = (action: string, params: object = {}) => ({ service: 'test', action, ...params })
const echo = (text: string, params: object = {}) => call('echo', { text, ...params })
const user = (action: string, params: object = {}) => ({ service: 'user', action, ...params })

describe('calls of one request (§1.10)', () => {
  it('runs what the Node client sends, and answers a list in the order of the calls', async () => {
    const answers = await ask({
      0: { user: { id: 'multi', objectType: 'KalturaUser' }, format: 1, service: 'user', action: 'add' },
      1: { userId: '{1:result:id}', format: 1, service: 'user', action: 'get' },
      apiVersion: '21.20.0',
      clientTag: 'node:25-07-20',
      kalsig: 'd41d8cd98f00b204e9800998ecf8427e',
      ks,
    })
    expect(answers).toHaveLength(2)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[1]).toMatchObject({ id: 'multi', objectType: 'KalturaUser' })
  })

  it('numbers calls from 0 or from 1, and ends at the first gap or at what is no call', async () => {
    expect(await ask({ 0: echo('a'), 1: echo('b') })).toEqual(['a', 'b'])
    expect(await ask({ 2: echo('b'), 1: echo('a') })).toEqual(['a', 'b'])
    expect(await ask({ 0: echo('a'), 2: echo('c') })).toEqual(['a'])
    expect(await ask({ 0: echo('a'), 1: { service: 'test', text: 'b' }, 2: echo('c') })).toEqual(['a'])
    expect(await ask({ 0: echo('a'), 1: 'text', 2: echo('c') })).toEqual(['a'])
    expect(await ask({})).toEqual([])
  })

  it('reads calls from form fields and from a query', async () => {
    const fields = {
      '1:service': 'test',
      '1:action': 'echo',
      '1:text': 'a',
      '2:service': 'test',
      '2:action': 'echo',
      '2:text': '{1:result}b',
    }
    const body = new URLSearchParams({ ...fields, format: '1' })
    expect(await ask({}, { headers: {}, body })).toEqual(['a', 'ab'])
    const response = await fetch(`${wire.url}/api_v3/index.php?service=multirequest&format=1&${new URLSearchParams(fields)}`)
    expect(await response.json()).toEqual(['a', 'ab'])
  })

  it('gives each call its own error and stops at none', async () => {
    const answers = await ask({
      0: user('get', { userId: 'nobody', ks }),
      1: call('fails'),
      2: { service: 'nope', action: 'nope' },
      3: user('nope'),
      4: echo('a'),
      5: call('echo'),
      6: user('list'),
    })
    expect(answers.map((answer) => answer.code ?? answer)).toEqual([
      'INVALID_USER_ID',
      'INTERNAL_SERVERL_ERROR',
      'SERVICE_DOES_NOT_EXISTS',
      'ACTION_DOES_NOT_EXISTS',
      'a',
      'MISSING_MANDATORY_PARAMETER',
      'MISSING_KS',
    ])
    expect(failing).toBe(1)
    expect(JSON.stringify(answers)).not.toContain('select secret')
  })

  it('hides what each call hides', async () => {
    const answers = await ask({
      0: call('masked', { needed: 'x' }),
      1: call('masked'),
      2: call('masked', { needed: 'x', ks: 'bad' }),
    })
    expect(answers).toEqual([null, null, null])
  })

  it('hands on the session and the account of the request, and nothing else', async () => {
    const plain = await ksOf(account, { type: 0, userId: 'multi' })
    const answers = await ask({
      ks,
      partnerId: account.partnerId,
      userId: 'multi',
      language: 'nonsense',
      responseProfile: { type: 1, fields: 'id' },
      0: user('get'),
      1: user('list', { ks: plain }),
      2: user('get', { userId: 'multi' }),
      3: user('get', { userId: 'multi', partnerId: account.partnerId + 50_000 }),
      4: user('get', { userId: 'multi', responseProfile: { type: 1, fields: 'id' } }),
      5: user('get', { userId: 'multi', language: 'nonsense' }),
    })
    expect(answers.map(({ code, status }) => code ?? status)).toEqual([
      'INVALID_USER_ID',
      'SERVICE_FORBIDDEN',
      1,
      'SERVICE_FORBIDDEN_CONTENT_BLOCKED',
      undefined,
      'INVALID_LANGUAGE_CODE',
    ])
    expect(answers[4]).toEqual({ id: 'multi', objectType: 'KalturaUser' })
  })

  it('I08 refuses more than 50 calls before it runs one', async () => {
    echoed = []
    const calls = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [at, echo(`${at}`)]))
    expect(await ask(calls(51))).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'multirequest', MAX_LEN: '50' },
    })
    expect(echoed).toEqual([])
    expect(await ask(calls(50))).toHaveLength(50)
  })

  it('writes the whole answer in the format of the request', async () => {
    const body = new URLSearchParams({
      '1:service': 'test',
      '1:action': 'thing',
      '1:format': '1',
      '2:service': 'nope',
      '2:action': 'x',
    })
    const response = await fetch(`${wire.url}/api_v3/service/multirequest`, { method: 'POST', body })
    const { result } = new XMLParser({ parseTagValue: false }).parse(await response.text()).xml
    expect(result.item).toMatchObject([{ id: 'thing', isGood: '1' }, { error: { code: 'SERVICE_DOES_NOT_EXISTS' } }])
  })
})

describe('sessions of several calls', () => {
  it('I09 sees at once what an earlier call has changed of the session', async () => {
    const own = await ksOf(account, { userId: 'ends' })
    const answers = await ask({
      ks: own,
      0: user('list'),
      1: { service: 'session', action: 'end' },
      2: user('list'),
    })
    expect(answers.map((answer) => answer?.args ?? 'OK')).toEqual([
      'OK',
      'OK',
      { KSID: 'LOGOUT', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' },
    ])
  })

  it('I09 sees at once that the caller was blocked', async () => {
    await ask({ ks, 0: user('add', { user: { id: 'blocked' } }) })
    const own = await ksOf(account, { userId: 'blocked', type: 0 })
    const answers = await ask({
      ks: own,
      0: user('get'),
      1: user('update', { userId: 'blocked', user: { status: 0 }, ks }),
      2: user('get'),
    })
    expect(answers.map(({ code, status }) => code ?? status)).toEqual([1, 0, 'USER_BLOCKED'])
  })

  it('I09 counts each use of a token that has a limit', async () => {
    const limited = await ksOf(account, { privileges: 'actionslimit:2' })
    const answers = await ask({ ks: limited, 0: user('list'), 1: user('list'), 2: user('list') })
    expect(answers.map(({ args }) => (args as { KSID: string } | undefined)?.KSID)).toEqual([
      undefined,
      undefined,
      'EXCEEDED_ACTIONS_LIMIT',
    ])
  })

  it('takes a session from an earlier call', async () => {
    const { partnerId, adminSecret } = account
    const answers = await ask({
      0: { service: 'session', action: 'start', secret: adminSecret, type: 2, partnerId },
      1: user('get', { userId: 'multi', ks: '{1:result}' }),
    })
    expect(answers[1]).toMatchObject({ id: 'multi' })
  })
})

describe('references to earlier answers (§1.10)', () => {
  const resolved: [reference: string, text: string][] = [
    ['{1:result:id}', 'thing'],
    ['{1:result:count}', '7'],
    ['{1:result:isGood}', '1'],
    ['{1:result:nothing}', ''],
    ['a {1:result:id} b', 'a thing b'],
    ['{1:result:id}{1:result:id}', 'thing{1:result:id}'],
    ['{2:result:objects:0:id}', 'thing'],
    ['{2:result:objects:1:id}', 'other'],
    ['{2:result:objects:_all:id}', 'thing,other,'],
    ['{2:result:objects:9:id}', ''],
    ['{2:result:objects}', ''],
    ['{2:result:totalCount}', '2'],
    ['{3:result}', 'plain'],
    ['{3:result:length}', ''],
    ['{1:result}', ''],
    ['{4:result:code}', ''],
    ['{4:result:message}', ''],
    ['{9:result:id}', ''],
    ['{5:result}', ''],
    ['{0:result:id}', ''],
    ['{1:result:seed}', ''],
    ['{1:result:passwordHash}', ''],
    ['{1:result:constructor:name}', ''],
    ['{1:result:__proto__}', ''],
    ['{2:result:objects:length}', ''],
    ['{1:other:id}', '{1:other:id}'],
    ['{x:result:id}', '{x:result:id}'],
  ]
  it.each(resolved)('I09 %s', async (text, expected) => {
    const calls = { 0: call('thing'), 1: call('things'), 2: echo('plain'), 3: call('fails'), 4: echo(text), 5: echo('later') }
    expect((await ask(calls))[4]).toBe(expected)
    const numberedFromOne = Object.fromEntries(Object.entries(calls).map(([index, each]) => [Number(index) + 1, each]))
    expect((await ask(numberedFromOne))[4]).toBe(expected)
  })

  it('I09 sees no more of an answer than was answered', async () => {
    const answers = await ask({
      0: call('thing', { responseProfile: { type: 2, fields: 'count' } }),
      1: echo('{1:result:count}|{1:result:id}'),
      2: echo('{1:result:id}'),
    })
    expect(answers.slice(1)).toEqual(['|{1:result:id}', 'thing'])
  })

  it('reaches into objects and lists', async () => {
    const answers = await ask({
      ks,
      0: call('thing'),
      1: echo('x', { inner: { text: '{1:result:id}' } }),
      2: user('list', { filter: { idIn: '{1:result:id}' } }),
    })
    expect(answers[1]).toBe('thing')
    expect(answers[2]).toMatchObject({ totalCount: 0 })
  })

  it('I09 does not read an answer as a reference', async () => {
    expect(await ask({ 0: call('thing'), 1: echo('{{2:result}:result:id}'), 2: echo('{1:result:id}') })).toMatchObject({
      1: '{:result:id}',
    })
    await ask({ ks, 0: user('add', { user: { id: 'tricky', tags: '{1:result:id}' } }) })
    expect((await storedUser(account, 'tricky'))?.tags).toBe('')
  })

  it('I08 puts together no more than a body may have', async () => {
    const answers = await ask({ 0: call('long'), 1: echo('{1:result}'), 2: echo('{1:result}'), 3: echo('a') })
    expect(answers[1]).toHaveLength(600_000)
    expect(answers[2]).toMatchObject({ code: 'PROPERTY_VALIDATION_MAX_LENGTH', args: { PROP_NAME: 'text' } })
    expect(answers[3]).toBe('a')
  })

  it('I10 looks for references in time that grows with the text only', async () => {
    const texts = ['{1:result:', '{1:result', '{', '{1:result:a:a'].map((piece) => piece.repeat(64_000 / piece.length))
    const calls = Object.fromEntries(texts.map((text, at) => [at, echo(text)]))
    const spent = await cpuTime(async () => expect(await ask(calls)).toEqual(texts))
    expect(spent).toBeLessThan(500)
  })
})
