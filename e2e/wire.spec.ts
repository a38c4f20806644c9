import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import kaltura, { type Client } from 'kaltura-client'
import { usher } from './usher'
import { type Account, clientOf, errorOf, expectError, ksVersion1, ksVersion2, raw, session, user } from './wire-client'

/** The official client, unmodified, against the running product: what an integrator's own program does. */
test.describe.configure({ mode: 'serial' })

const { User, UserFilter, FilterPager } = kaltura.objects
const { UserStatus, SessionType } = kaltura.enums

const password = 'A-quiet-river-7'
const adminEmail = `wire-${randomUUID()}@owner.example`
let account: Account
let address: string
let client: Client

test.beforeAll(async ({ baseURL }) => {
  address = baseURL ?? ''
  account = await usher<Account>('partner.create', { name: 'Wire', adminEmail, adminPassword: password })
  client = clientOf(address, ksVersion2(account))
})

type Person = { id: string; firstName: string; lastName: string; email: string; tags: string; [name: string]: unknown }
type Listed = { totalCount: number; objects: (Person & { status: number; createdAt: number })[]; objectType: string }

const people = readPeople()

async function list(filter: object = {}, pager: object = {}) {
  return (await user.listAction(new UserFilter(filter), new FilterPager(pager)).execute(client)) as Listed
}

test('session.start answers a KS that the next calls are made with', async () => {
  const { partnerId, adminSecret, userSecret } = account
  const nobody = clientOf(address)
  const ks = await session.start(adminSecret, 'wire', SessionType.ADMIN, partnerId).execute(nobody)
  expect(ks).toMatch(/^djJ8/)
  nobody.setKs(String(ks))
  expect(await session.get().execute(nobody)).toMatchObject({
    objectType: 'KalturaSessionInfo',
    partnerId,
    userId: 'wire',
    sessionType: 2,
  })
  expect(await session.start(userSecret, 'wire', SessionType.USER, partnerId).execute(clientOf(address))).toMatch(/^djJ8/)
  await expectError(
    session.start(userSecret, 'wire', SessionType.ADMIN, partnerId).execute(clientOf(address)),
    'START_SESSION_ERROR',
    { PID: String(partnerId) },
  )
})

test('a session made by the integrator is taken: version 2 always, version 1 once it is switched on', async () => {
  expect(await user.listAction().execute(clientOf(address, ksVersion2(account)))).toMatchObject({
    objectType: 'KalturaUserListResponse',
  })
  const old = clientOf(address, ksVersion1(account))
  const refused = await errorOf(user.listAction().execute(old))
  expect(refused).toMatchObject({ code: 'INVALID_KS', args: { ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' } })
  await usher('partner.update', { partnerId: account.partnerId, acceptKsVersion1: true })
  expect(await user.listAction().execute(old)).toMatchObject({ objectType: 'KalturaUserListResponse' })
})

test('adds a thousand people', async () => {
  test.setTimeout(180_000)
  const before = await list()
  const waiting = [...people]
  const worker = async () => {
    for (let person = waiting.shift(); person; person = waiting.shift()) {
      const added = await user.add(new User(person)).execute(client)
      expect(added).toMatchObject({ ...person, objectType: 'KalturaUser', status: UserStatus.ACTIVE })
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  expect((await list()).totalCount).toBe(before.totalCount + 1_000)
})

test('pages through them in a given order and meets everybody once', async () => {
  const ids: string[] = []
  for (const pageIndex of [1, 2, 3, 4]) {
    const page = await list({ orderBy: '+id', tagsMultiLikeOr: '' }, { pageSize: 300, pageIndex })
    expect(page.totalCount).toBe(1_001)
    ids.push(...page.objects.map(({ id }) => id))
  }
  expect(new Set(ids).size).toBe(1_001)
  expect(ids).toEqual(expect.arrayContaining(people.map(({ id }) => id)))
  expect((await list({}, { pageSize: 501 })).objects).toHaveLength(500)
  expect((await list({}, { pageSize: 5, pageIndex: 400 })).objects).toEqual([])
})

test('finds them by every kind of filter', async () => {
  const [first, second] = people
  if (!first || !second) throw new Error('No people')
  expect((await list({ idIn: `${first.id},${second.id},nobody` })).totalCount).toBe(2)
  expect((await list({ idEqual: first.id.toUpperCase() })).objects[0]?.id).toBe(first.id)
  expect((await list({ emailStartsWith: first.email })).objects[0]?.email).toBe(first.email)

  const sameFirst = people.filter(({ firstName }) => firstName === first.firstName).length
  expect((await list({ firstNameStartsWith: first.firstName, emailLike: '@cn.example' })).totalCount).toBe(sameFirst)
  const named = people.filter(({ firstName }) => folded(firstName).startsWith('lea')).length
  expect((await list({ firstNameStartsWith: 'lea' })).totalCount).toBe(named)
  const tagged = people.filter(({ tags }) => tags.split(',').includes('vip')).length
  expect((await list({ tagsMultiLikeOr: 'vip' })).totalCount).toBe(tagged)

  expect((await list({ createdAtGreaterThanOrEqual: -3_600, isAdminEqual: 0 })).totalCount).toBe(1_000)
  expect((await list({ createdAtLessThanOrEqual: -3_600 })).totalCount).toBe(0)
  expect((await list({ loginEnabledEqual: 1 })).objects.map(({ email }) => email)).toEqual([adminEmail])
  expect((await list({ statusIn: '0,2' })).totalCount).toBe(0)
  expect(await list({ idEqual: 'nobody' })).toEqual({ totalCount: 0, objects: [], objectType: 'KalturaUserListResponse' })
})

test('changes what is sent and leaves the rest; an empty text clears', async () => {
  const [person] = people
  if (!person) throw new Error('No people')
  const changed = await user.update(person.id, new User({ company: 'Acme', tags: '' })).execute(client)
  expect(changed).toMatchObject({ id: person.id, company: 'Acme', firstName: person.firstName, tags: '' })
  expect(await user.get(person.id).execute(client)).toEqual(changed)
})

test('deletes: gone for get and list, found under its status', async () => {
  const person = people.at(-1)
  if (!person) throw new Error('No people')
  expect(await user.deleteAction(person.id).execute(client)).toMatchObject({ id: person.id, status: UserStatus.DELETED })
  await expectError(user.get(person.id).execute(client), 'INVALID_USER_ID', [])
  expect((await list({ idEqual: person.id })).totalCount).toBe(0)
  expect((await list({ statusEqual: UserStatus.DELETED })).objects.map(({ id }) => id)).toEqual([person.id])
})

test('a person signs in; blocking ends the session and refuses the next', async () => {
  const id = 'signs-in'
  const email = `${randomUUID()}@people.example`
  const { partnerId } = account
  await user.add(new User({ id, email, password })).execute(client)

  const nobody = clientOf(address)
  const ks = await user.loginByLoginId(email, password, partnerId).execute(nobody)
  expect(await user.login(partnerId, id, password).execute(nobody)).toMatch(/^djJ8/)
  const own = clientOf(address, String(ks))
  expect(await user.get().execute(own)).toMatchObject({ id, loginEnabled: true })
  await expectError(user.get(people[0]?.id).execute(own), 'CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION', {
    USER_ID: people[0]?.id ?? '',
  })

  await expectError(user.loginByLoginId(email, 'wrong', partnerId).execute(nobody), 'USER_WRONG_PASSWORD', [])
  await expectError(user.loginByLoginId('nobody@x.example', password).execute(nobody), 'USER_WRONG_PASSWORD', [])
  await expectError(user.login(partnerId, 'nobody', password).execute(nobody), 'USER_NOT_FOUND', [])

  await user.update(id, new User({ status: UserStatus.BLOCKED })).execute(client)
  await expectError(user.get().execute(own), 'USER_BLOCKED', [])
  await expectError(user.login(partnerId, id, password).execute(nobody), 'USER_IS_BLOCKED', [])
  await expectError(user.loginByLoginId(email, password, partnerId).execute(nobody), 'USER_WRONG_PASSWORD', [])
})

test('session.end ends the session, and an expired one says so', async () => {
  const over = clientOf(address, ksVersion2(account, { userId: 'ends' }))
  expect(await session.end().execute(over)).toBeNull()
  expect(await errorOf(user.listAction().execute(over))).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'LOGOUT' } })

  const expired = clientOf(address, ksVersion2(account, { expiry: Math.floor(Date.now() / 1000) - 1 }))
  const refused = await errorOf(user.listAction().execute(expired))
  expect(refused).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' } })
  expect(refused.message).toContain('"-1,INVALID_STR"')
  expect(await user.loginByLoginId(adminEmail, password).execute(expired)).toMatch(/^djJ8/)
})

const bad: [what: string, call: () => { execute(client: Client): Promise<unknown> }, code: string, args: object][] = [
  ['an unknown service', () => raw('nope', 'list'), 'SERVICE_DOES_NOT_EXISTS', { SRV_NAME: 'nope' }],
  ['an unknown action', () => raw('user', 'nope'), 'ACTION_DOES_NOT_EXISTS', { ACTION_NAME: 'nope', SERVICE_NAME: 'user' }],
  ['a missing parameter', () => raw('user', 'add'), 'MISSING_MANDATORY_PARAMETER', { PARAM_NAME: 'user' }],
  ['a taken id', () => user.add(new User({ id: people[0]?.id })), 'DUPLICATE_USER_BY_ID', { UID: people[0]?.id }],
  ['an unknown user', () => user.update('nobody', new User({ company: 'x' })), 'INVALID_USER_ID', []],
  ['an id with a space', () => user.add(new User({ id: 'a b' })), 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['text for an object', () => raw('user', 'add', { user: 'text' }), 'PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: 'user' }],
  ['a list for a text', () => add({ id: ['a'] }), 'PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: 'KalturaUser::id' }],
  [
    'an unknown gender',
    () => add({ id: 'bad', gender: 7 }),
    'INVALID_ENUM_VALUE',
    { ENUM_VAL: '7', PARAM_NAME: 'gender', ENUM_TYPE: 'KalturaGender' },
  ],
  ['a control character', () => add({ id: 'bad', city: 'a\u0007' }), 'INVALID_PARAMETER_CHAR', { XML_FIELD: 'city' }],
  ['half a character', () => add({ id: 'bad', city: 'a\ud800' }), 'INVALID_PARAMETER_CHAR', { XML_FIELD: 'city' }],
  ['markup', () => add({ id: 'bad', city: '<b>x' }), 'UNSAFE_HTML_TAGS', { CLASS_NAME: 'kuser', PROPERTY_NAME: 'city' }],
  [
    'too long a text',
    () => add({ id: 'bad', description: 'x'.repeat(8_193) }),
    'PROPERTY_VALIDATION_MAX_LENGTH',
    { PROP_NAME: 'KalturaUser::description', MAX_LEN: '8192' },
  ],
  [
    'ten megabytes',
    () => add({ id: 'bad', description: 'x'.repeat(10_000_000) }),
    'PROPERTY_VALIDATION_MAX_LENGTH',
    { PROP_NAME: 'body' },
  ],
  ['a read-only field', () => add({ id: 'bad', partnerId: 1 }), 'PROPERTY_VALIDATION_NOT_UPDATABLE', {}],
  [
    'a number that is not exact',
    () => add({ id: 'bad', dateOfBirth: 2 ** 53 }),
    'INVALID_FIELD_VALUE',
    { FIELD_NAME: 'dateOfBirth' },
  ],
  [
    'a name of the language itself',
    () => add({ id: 'bad', constructor: 1 }),
    'INVALID_FIELD_VALUE',
    { FIELD_NAME: 'constructor' },
  ],
  [
    'a list too far down',
    () => user.listAction(undefined, { pageSize: 500, pageIndex: 22 }),
    'QUERY_EXCEEDED_MAX_MATCHES_ALLOWED',
    [],
  ],
]

for (const [what, call, code, args] of bad) {
  test(`I06 I08 ${what} is refused by ${code} at HTTP 200`, async () => {
    const before = (await list()).totalCount
    const error = await errorOf(call().execute(client))
    expect(error).toMatchObject({ code, args, objectType: 'KalturaAPIException' })
    expect(error.message).not.toBe('')
    expect((await list()).totalCount).toBe(before)
  })
}

test('no session, a forged one, one without rights and another account are told apart', async () => {
  const { partnerId } = account
  await expectError(user.listAction().execute(clientOf(address)), 'MISSING_KS', [])
  const forged = ksVersion2({ ...account, adminSecret: 'another' })
  expect(await errorOf(user.listAction().execute(clientOf(address, forged)))).toMatchObject({
    code: 'INVALID_KS',
    args: { KSID: forged.slice(0, 8) },
  })
  const plain = clientOf(address, ksVersion2(account, { type: 0, userId: people[0]?.id }))
  await expectError(user.listAction().execute(plain), 'SERVICE_FORBIDDEN', { SERVICE: 'user->list' })
  await expectError(user.add(new User({ id: 'bad' })).execute(plain), 'SERVICE_FORBIDDEN', { SERVICE: 'user->add' })

  const elsewhere = clientOf(address, ksVersion2(account))
  elsewhere.setPartnerId(partnerId + 100_000)
  await expectError(user.listAction().execute(elsewhere), 'SERVICE_FORBIDDEN_CONTENT_BLOCKED', [])
})

test('the other ways to ask: paths, forms, and XML where no format is named', async ({ request }) => {
  const ks = encodeURIComponent(ksVersion2(account))
  const id = people[1]?.id ?? ''
  const byPath = await request.get(`/api_v3/service/user/action/get/userId/${encodeURIComponent(id)}/ks/${ks}/format/1`)
  expect(await byPath.json()).toMatchObject({ id, objectType: 'KalturaUser' })

  const form = {
    service: 'user',
    action: 'list',
    'filter:idIn': id,
    'filter[statusEqual]': '1',
    format: '1',
    ks: ksVersion2(account),
  }
  const byForm = await request.post('/api_v3/index.php', { form })
  expect(await byForm.json()).toMatchObject({ totalCount: 1 })

  const xml = await request.get(`/api_v3/?service=user&action=get&userId=nobody&ks=${ks}`)
  expect([xml.status(), xml.headers()['content-type']]).toEqual([200, expect.stringMatching(/^text\/xml/)])
  expect(await xml.text()).toContain('<result><error><code>INVALID_USER_ID</code>')
  expect(xml.headers()).toMatchObject({
    'x-kaltura': 'error-INVALID_USER_ID',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
})

test('several calls in one request, a later one referring to an earlier one, an error among them', async () => {
  const answers = await raw('user', 'add', { user: { id: 'several', firstName: 'Grace' } })
    .add(raw('user', 'get', { userId: '{1:result:id}', responseProfile: { type: 1, fields: 'firstName' } }))
    .add(raw('user', 'get', { userId: 'nobody' }))
    .add(raw('user', 'delete', { userId: '{1:result:id}' }))
    .execute(client)
  expect(answers).toMatchObject([
    { id: 'several', status: UserStatus.ACTIVE },
    { firstName: 'Grace', objectType: 'KalturaUser' },
    { code: 'INVALID_USER_ID', objectType: 'KalturaAPIException', args: [] },
    { id: 'several', status: UserStatus.DELETED },
  ])
})

const add = (values: object) => raw('user', 'add', { user: { objectType: 'KalturaUser', ...values } })

/** The thousand people, as the fields of a user. */
function readPeople(): Person[] {
  const text = readFileSync(fileURLToPath(new URL('./data/people-1000.csv', import.meta.url)))
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, record_delimiter: ['\r\n', '\n'] })
  return rows.map(({ '*action': _, group: _group, userId, gender, dateOfBirth, ...row }) => ({
    ...(Object.fromEntries(Object.entries(row).filter(([, value]) => value)) as Omit<Person, 'id'>),
    id: userId ?? '',
    firstName: row.firstName ?? '',
    lastName: row.lastName ?? '',
    email: row.email ?? '',
    tags: row.tags ?? '',
    gender: Number(gender),
    dateOfBirth: Date.parse(`${dateOfBirth}T00:00:00Z`) / 1000,
  }))
}

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
