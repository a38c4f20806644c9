import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { encodeKsV1, encodeKsV2 } from '@/lib/auth/ks'
import { countFailureOfSource } from '@/lib/auth/source-limit'
import { heldMemory } from '@/lib/memory-testing'
import { type Account, goodPassword, ksOf, newAccount, startWire, storedUser } from '@/lib/testing'

freshDatabase()

let wire: Awaited<ReturnType<typeof startWire>>
let account: Account
let ks: string

beforeAll(async () => {
  wire = await startWire()
  account = await newAccount()
  ks = await ksOf(account)
  await json('user', 'add', { user: { id: 'ann', firstName: 'Ann' } })
})
afterAll(() => wire.stop())

async function json(
  service: string,
  action: string,
  params: object = {},
  headers: Record<string, string> = { 'content-type': 'application/json' },
) {
  const body = JSON.stringify({ ks, format: 1, ...params })
  const response = await fetch(`${wire.url}/api_v3/service/${service}/action/${action}`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  return (await response.json()) as { code?: string; args?: unknown; [name: string]: unknown }
}

const send = (path: string, init: RequestInit = {}) => fetch(`${wire.url}/api_v3/${path}`, init)

describe('forms of a request (§1.1, §1.2)', () => {
  const forms: [name: string, path: () => string, init?: () => RequestInit][] = [
    ['path pairs', () => `service/user/action/get/userId/ann/ks/${encodeURIComponent(ks)}/format/1`],
    ['index.php and a query', () => `index.php?service=user&action=get&userId=ann&format=1&ks=${encodeURIComponent(ks)}`],
    ['a bare query, names in any case', () => `?service=USER&action=GET&userId=ann&format=1&ks=${encodeURIComponent(ks)}`],
    [
      'JSON with a charset',
      () => 'service/user/action/get',
      () => jsonPost('application/json; charset=utf-8', { userId: 'ann', ks, format: 1 }),
    ],
    [
      'a form',
      () => 'service/user/action/get',
      () => ({ method: 'POST', body: new URLSearchParams({ userId: 'ann', ks, format: '1' }) }),
    ],
    [
      'multipart fields',
      () => 'service/user/action/get',
      () => ({ method: 'POST', body: formData({ userId: 'ann', ks, format: '1' }) }),
    ],
    [
      'multipart with a json part',
      () => 'service/user/action/get',
      () => ({ method: 'POST', body: formData({ json: JSON.stringify({ userId: 'ann', ks, format: 1 }) }) }),
    ],
    [
      'the path before the body',
      () => 'service/user/action/get/userId/ann',
      () => jsonPost('application/json', { userId: 'other', ks, format: 1 }),
    ],
    [
      'I07 the first of two in a query',
      () => `service/user/action/get?userId=ann&userId=other&format=1&ks=${encodeURIComponent(ks)}`,
    ],
  ]
  it.each(forms)('%s', async (_name, path, init) => {
    expect(await (await send(path(), init?.())).json()).toMatchObject({ id: 'ann', objectType: 'KalturaUser' })
  })

  it('nests by colon and by brackets', async () => {
    const body = new URLSearchParams({ 'filter:idIn': 'ann', 'filter[statusEqual]': '1', 'pager:pageSize': '1', ks, format: '1' })
    expect(await (await send('service/user/action/list', { method: 'POST', body })).json()).toMatchObject({ totalCount: 1 })
  })

  it('reads what the Node client sends with a file: a leading CRLF, a dotted boundary, none at the end', async () => {
    const boundary = '---------------------------0.7264'
    const part = `Content-Disposition: form-data; name="json"\r\n\r\n${JSON.stringify({ userId: 'ann', ks, format: 1 })}`
    const body = `\r\n--${boundary}\r\n${part}\r\n--${boundary}--`
    const response = await send('service/user/action/get', {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    })
    expect(await response.json()).toMatchObject({ id: 'ann' })
  })
})

const jsonPost = (type: string, params: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': type },
  body: JSON.stringify(params),
})

function formData(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe('answers (§1.7, §1.8)', () => {
  it('JSON leaves out nulls and what only pages get', async () => {
    const user = await json('user', 'get', { userId: 'ann' })
    for (const name of ['version', 'loginId', 'blockReason', 'company', 'deletedAt']) expect(user).not.toHaveProperty(name)
    expect(user).toMatchObject({ isAdmin: false, capabilities: [], country: '' })
    expect(await json('user', 'list', { filter: { idEqual: 'nobody' } })).toEqual({
      totalCount: 0,
      objects: [],
      objectType: 'KalturaUserListResponse',
    })
    expect(await json('session', 'end', { ks: await ksOf(account) })).toBeNull()
  })

  it('an error has its code, its arguments and no other status than 200', async () => {
    expect(await json('user', 'get', { userId: 'nobody' })).toEqual({
      code: 'INVALID_USER_ID',
      message: expect.stringMatching(/./),
      objectType: 'KalturaAPIException',
      args: [],
    })
    expect(await json('user', 'add', { user: { id: 'ann' } })).toMatchObject({
      code: 'DUPLICATE_USER_BY_ID',
      args: { UID: 'ann' },
    })
  })

  it('I17 XML is the default, and a real parser reads it back', async () => {
    await json('user', 'add', { user: { id: 'xml', firstName: 'a & "b" \t>', tags: 'x' } })
    const parser = new XMLParser({ parseTagValue: false, trimValues: false })
    const text = await (await send(`service/user/action/get/userId/xml?ks=${encodeURIComponent(ks)}`)).text()
    expect(parser.parse(text).xml.result).toMatchObject({
      objectType: 'KalturaUser',
      id: 'xml',
      firstName: 'a & "b" \t>',
      isAdmin: '0',
      company: '',
    })
    const error = parser.parse(await (await send('service/user/action/get?userId=ann')).text()).xml.result.error
    expect(error).toMatchObject({ code: 'MISSING_KS', objectType: 'KalturaAPIException' })
  })

  it('I16 names that are no service, action or format are said so', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'nope']) {
      expect((await json(name, 'get')).code).toBe('SERVICE_DOES_NOT_EXISTS')
      expect((await json('user', name)).code).toBe('ACTION_DOES_NOT_EXISTS')
    }
    expect(await (await send('?format=1')).json()).toMatchObject({ code: 'SERVICE_NOT_SPECIFIED' })
    expect(await (await send('?service=user&format=1')).json()).toMatchObject({ code: 'ACTION_NOT_SPECIFIED' })
    const unknown = await send('service/user/action/get?format=77')
    expect([unknown.status, await unknown.text(), unknown.headers.get('x-kaltura')]).toEqual([
      200,
      '',
      'error-UNKNOWN_RESPONSE_FORMAT',
    ])
  })

  it('OPTIONS answers the preflight', async () => {
    const response = await send('service/user/action/list', { method: 'OPTIONS' })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toBe('')
  })
})

describe('sessions on the wire (§2)', () => {
  const fields = () => ({
    partnerId: account.partnerId,
    expiry: Math.floor(Date.now() / 1000) + 600,
    type: 2,
    userId: '',
    privileges: '',
  })
  const random = Buffer.alloc(16, 7)

  it('takes a KS made elsewhere with the secret; version 1 only where it is switched on', async () => {
    const v2 = encodeKsV2(fields(), account.adminSecret, random)
    expect(await json('user', 'get', { ks: v2, userId: 'ann' })).toMatchObject({ id: 'ann' })
    const v1 = encodeKsV1(fields(), account.adminSecret, '1')
    expect(await json('user', 'get', { ks: v1, userId: 'ann' })).toMatchObject({ code: 'INVALID_KS' })
    const old = await newAccount({ acceptKsVersion1: true })
    const accepted = encodeKsV1({ ...fields(), partnerId: old.partnerId }, old.adminSecret, '1')
    expect(await json('user', 'list', { ks: accepted })).toMatchObject({ totalCount: 1 })
  })

  it('S12 S13 says why a session is over, and shows no more than its beginning', async () => {
    const expired = encodeKsV2({ ...fields(), expiry: Math.floor(Date.now() / 1000) }, account.adminSecret, random)
    expect(await json('user', 'get', { ks: expired })).toMatchObject({
      code: 'INVALID_KS',
      args: { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' },
    })
    const forged = encodeKsV2(fields(), 'another secret', random)
    expect(await json('user', 'get', { ks: forged })).toMatchObject({ code: 'INVALID_KS', args: { KSID: forged.slice(0, 8) } })
    const limited = await ksOf(account, { privileges: 'actionslimit:1' })
    expect(await json('user', 'get', { ks: limited, userId: 'ann' })).toMatchObject({ id: 'ann' })
    expect(await json('user', 'get', { ks: limited, userId: 'ann' })).toMatchObject({ args: { KSID: 'EXCEEDED_ACTIONS_LIMIT' } })
    const elsewhere = await ksOf(account, { privileges: 'iprestrict:10.9.8.7' })
    expect(await json('user', 'get', { ks: elsewhere })).toMatchObject({ args: { KSID: 'EXCEEDED_RESTRICTED_IP' } })
    for (const bad of [['a'], { a: 1 }, 7, 'x'.repeat(500_000), '\0'])
      expect((await json('user', 'get', { ks: bad })).code).toBe('INVALID_KS')
  })

  it('S08 a session that was ended, alone or by its session id, is over', async () => {
    const [one, two] = [
      await ksOf(account, { privileges: 'sessionid:s1' }),
      await ksOf(account, { privileges: 'sessionid:s1', userId: 'x' }),
    ]
    await json('session', 'end', { ks: one })
    for (const over of [one, two]) expect(await json('user', 'get', { ks: over })).toMatchObject({ args: { KSID: 'LOGOUT' } })
  })

  it('Z02 reaches no other account by partnerId, wherever it stands', async () => {
    const other = await newAccount()
    expect((await json('user', 'list', { partnerId: other.partnerId })).code).toBe('SERVICE_FORBIDDEN')
    expect(await json('user', 'list', { filter: { partnerIdEqual: other.partnerId } })).toMatchObject({ totalCount: 0 })
    expect((await json('user', 'add', { user: { id: 'z02', partnerId: other.partnerId } })).code).toBe(
      'PROPERTY_VALIDATION_NOT_UPDATABLE',
    )
    expect((await json('user', 'list', { partnerId: 999_999 })).code).toBe('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  })

  it('Z02 takes no account and nobody from a header', async () => {
    const other = await newAccount()
    const headers = Object.fromEntries(
      ['x-kaltura-partner-id', 'x-partner-id', 'partnerid', 'p', 'x-usher-partner', 'x-user-id'].map((name) => [
        name,
        String(other.partnerId),
      ]),
    )
    const answer = await json('user', 'list', {}, { 'content-type': 'application/json', ...headers })
    expect((answer.objects as { partnerId: number }[]).map((user) => user.partnerId)).not.toContain(other.partnerId)
  })

  it('Z03 I07 acts on the one whom it looked at, whatever else is named', async () => {
    for (const id of ['z03', 'z03-other']) await json('user', 'add', { user: { id, city: 'Bern' } })
    const path = `service/user/action/update/userId/z03?userId=z03-other&format=1&ks=${encodeURIComponent(ks)}`
    const body = { userId: 'z03-other', id: 'z03-other', user: { city: 'Basel', partnerId: account.partnerId } }
    expect(await (await send(path, jsonPost('application/json', body))).json()).toMatchObject({ id: 'z03', city: 'Basel' })
    expect(await storedUser(account, 'z03')).toMatchObject({ city: 'Basel' })
    expect(await storedUser(account, 'z03-other')).toMatchObject({ city: 'Bern' })
  })

  it('Z14 keeps people of the same id in two accounts apart, and lets nobody keep an answer', async () => {
    const other = await newAccount()
    const theirs = await ksOf(other)
    await json('user', 'add', { user: { id: 'same', city: 'Ours' } })
    await json('user', 'add', { ks: theirs, user: { id: 'same', city: 'Theirs' } })
    for (let round = 0; round < 3; round++) {
      expect(await json('user', 'get', { userId: 'same' })).toMatchObject({ city: 'Ours' })
      expect(await json('user', 'get', { ks: theirs, userId: 'SAME' })).toMatchObject({ city: 'Theirs' })
      const filter = { idEqual: 'same' }
      expect(await json('user', 'list', { filter })).toMatchObject({ objects: [{ city: 'Ours' }] })
      expect(await json('user', 'list', { ks: theirs, filter })).toMatchObject({ objects: [{ city: 'Theirs' }] })
    }
    const answer = await send(`service/user/action/get/userId/same?ks=${encodeURIComponent(ks)}`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('Z16 tells nothing of what is hidden by a filter on it', async () => {
    const hidden = ['password', 'passwordHash', 'seed', 'otpSeed', 'hashKey', 'loginDataId', 'searchText', 'key', 'version']
    const all = await json('user', 'list', { filter: { orderBy: '+id' } })
    for (const name of hidden) {
      const filter = { [`${name}Equal`]: '1', [`${name}Like`]: 'a', [`${name}In`]: '1,2', [name]: 1 }
      expect(await json('user', 'list', { filter: { ...filter, orderBy: '+id' } }), name).toEqual(all)
    }
  })

  it('an expired session does not stand in the way of signing in', async () => {
    const expired = encodeKsV2({ ...fields(), expiry: 5 }, account.adminSecret, random)
    const signIn = { loginId: account.adminEmail, password: goodPassword, ks: expired }
    expect(await json('user', 'loginByLoginId', signIn)).toMatch(/^djJ8/)
    expect(await json('user', 'loginByLoginId', { ...signIn, password: 'wrong' })).toMatchObject({
      code: 'USER_WRONG_PASSWORD',
      args: [],
    })
    expect(await json('user', 'loginByLoginId', { ...signIn, loginId: 'nobody@x.example' })).toMatchObject({
      code: 'USER_WRONG_PASSWORD',
    })
    expect(await json('user', 'loginByLoginId', { ...signIn, partnerId: 999_999 })).toMatchObject({ code: 'USER_WRONG_PASSWORD' })
    expect(await json('session', 'start', { secret: 'wrong', partnerId: account.partnerId, ks: '' })).toMatchObject({
      code: 'START_SESSION_ERROR',
    })
  })
})

describe('bad input', () => {
  it('A12 A13 a source over its limit is told when to come again, and is the same whatever address it claims', async () => {
    const now = Date.now()
    const takeBack = Array.from({ length: 180 }, () => countFailureOfSource('127.0.0.1', now))
    const claims = ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'True-Client-IP', 'X-Usher-Address', 'CF-Connecting-IP']
    const body = new URLSearchParams({ partnerId: String(account.partnerId), userId: 'ann', password: 'wrong', format: '1' })
    for (const [number, name] of claims.entries()) {
      const headers = { [name]: name === 'Forwarded' ? `for=198.51.100.${number}` : `198.51.100.${number}` }
      const response = await send('service/user/action/login', { method: 'POST', headers, body })
      expect(await response.json(), name).toMatchObject({ code: 'ACTION_BLOCKED' })
      expect(response.headers.get('retry-after')).toBe('10')
    }
    for (const undo of takeBack) undo()
    const again = await send('service/user/action/login', { method: 'POST', body })
    expect(await again.json()).not.toMatchObject({ code: 'ACTION_BLOCKED' })
    expect(again.headers.get('retry-after')).toBeNull()
  })

  it('I15 a body that was compressed is no body, however much it would be', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=b']) {
      const headers = { 'content-type': type, 'content-encoding': 'gzip' }
      const before = heldMemory()
      const response = await send('service/user/action/get?format=1', { method: 'POST', headers, body: bomb })
      expect(await response.json()).toMatchObject({
        code: 'PROPERTY_VALIDATION_WRONG_FORMAT',
        args: { PROP_NAME: 'Content-Encoding' },
      })
      expect(heldMemory() - before).toBeLessThan(10 * 2 ** 20)
    }
  })

  it('I05 no name reaches a prototype', async () => {
    const path = `service/user/action/add?ks=${encodeURIComponent(ks)}&format=1`
    const bodies = [
      new URLSearchParams({ 'user:__proto__:isAdmin': '1' }),
      new URLSearchParams({ 'user[constructor][prototype][isAdmin]': '1' }),
      new Blob(['{"user":{"__proto__":{"isAdmin":true}}}'], { type: 'application/json' }),
    ]
    for (const body of bodies)
      expect(await (await send(path, { method: 'POST', body })).json()).toMatchObject({ code: 'INVALID_FIELD_VALUE' })
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('I08 refuses depth, keys and bytes over the limits, the last before they are read', async () => {
    const deep = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`
    expect(await json('user', 'add', { user: JSON.parse(deep) })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { MAX_LEN: '32' },
    })
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, number) => [`k${number}`, 1]))
    expect(await json('user', 'add', { user: many })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'parameters' },
    })
    expect(await json('user', 'add', { user: { id: 'x'.repeat(10_000_000) } })).toMatchObject({
      code: 'PROPERTY_VALIDATION_MAX_LENGTH',
      args: { PROP_NAME: 'body' },
    })
    expect(await json('user', 'get', { userId: 'ann' })).toMatchObject({ id: 'ann' })
  })

  it('refuses a body without a length as soon as it is over the limit', async () => {
    const { answered, sent } = await streamBody(`${wire.url}/api_v3/service/user/action/add?format=1`, 64)
    expect(JSON.parse(answered)).toMatchObject({ code: 'PROPERTY_VALIDATION_MAX_LENGTH' })
    expect(sent).toBeLessThan(64)
  })

  it('I15 refuses bodies that are not what they say', async () => {
    const path = 'service/user/action/get?format=1'
    const cases: [type: string, body: string][] = [
      ['text/plain', '{}'],
      ['application/json', 'a=b'],
      ['application/json', '[1]'],
      ['multipart/form-data', 'x'],
      ['multipart/form-data; boundary=b', '--b\r\nbroken'],
      ['application/xml', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'],
    ]
    for (const [type, body] of cases) {
      const answer = (await (await send(path, { method: 'POST', headers: { 'content-type': type }, body })).json()) as {
        code: string
      }
      expect(['PROPERTY_VALIDATION_WRONG_FORMAT', 'UPLOAD_ERROR'], `${type} ${body}`).toContain(answer.code)
    }
  })

  it('coerces by the declared types (§1.5)', async () => {
    await json('user', 'add', {
      user: { id: 'c1', isAdmin: 'false', type: '1', gender: 'true', zip: 8000, dateOfBirth: '86400x', unknown: 1 },
    })
    expect(await storedUser(account, 'c1')).toMatchObject({
      isAdmin: false,
      type: 1,
      gender: 1,
      zip: '8000',
      dateOfBirth: 86_400,
    })
    expect(await json('user', 'update', { userId: 'c1', user: { zip__null: '' } })).not.toHaveProperty('zip')
    expect(await json('user', 'add', { user: { id: 'c2', gender: 9 } })).toMatchObject({
      code: 'INVALID_ENUM_VALUE',
      args: { ENUM_VAL: '9', PARAM_NAME: 'gender', ENUM_TYPE: 'KalturaGender' },
    })
    expect(await json('user', 'add', { user: 'text' })).toMatchObject({
      code: 'PROPERTY_VALIDATION_WRONG_FORMAT',
      args: { PROP_NAME: 'user', FORMAT: 'array' },
    })
    expect(await json('user', 'add', { user: { id: ['c3'] } })).toMatchObject({
      code: 'PROPERTY_VALIDATION_WRONG_FORMAT',
      args: { PROP_NAME: 'KalturaUser::id', FORMAT: 'string' },
    })
    expect(await json('user', 'add', { user: { id: 'c3', dateOfBirth: 2 ** 53 + 2 } })).toMatchObject({
      code: 'INVALID_FIELD_VALUE',
    })
    expect(await json('user', 'add', {})).toMatchObject({ code: 'MISSING_MANDATORY_PARAMETER', args: { PARAM_NAME: 'user' } })
    expect(await json('user', 'list', { filter: { createdAtGreaterThanOrEqual: -3600, idEqual: 'c1' } })).toMatchObject({
      totalCount: 1,
    })
    expect(await json('user', 'list', { filter: { createdAtLessThanOrEqual: -3600, idEqual: 'c1' } })).toMatchObject({
      totalCount: 0,
    })
    expect(await json('user', 'list', { filter: { loginEnabledEqual: 1, isAdminEqual: -1 } })).toMatchObject({ totalCount: 1 })
  })
})

/** Sends up to `most` pieces of 64 kB without saying how many; answers how many were taken before the answer came. */
function streamBody(url: string, most: number) {
  return new Promise<{ answered: string; sent: number }>((resolve, reject) => {
    let sent = 0
    let isAnswered = false
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      isAnswered = true
      let answered = ''
      response.on('data', (part: Buffer) => {
        answered += part
      })
      response.on('end', () => resolve({ answered, sent }))
      request.end()
    })
    request.on('error', reject)
    const piece = Buffer.alloc(65_536, 120)
    const next = () => {
      if (isAnswered || sent >= most) return
      sent++
      request.write(piece, () => setTimeout(next, 5))
    }
    next()
  })
}
