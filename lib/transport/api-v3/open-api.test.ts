import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { allActions } from '@/lib/action/registry'
import { type Account, ksOf, newAccount, startWire } from '@/lib/testing'
import { openApiAnswer } from '../open-api-answer'
import { openApi } from './open-api'

freshDatabase()

const document = JSON.parse(JSON.stringify(openApi('https://usher.example'))) as Document
type Document = z.output<typeof OpenApi31>

/** The shape of an OpenAPI 3.1 document, as far as this one uses it; nothing else may stand in it. */
const Schema = z.record(z.string(), z.unknown())
const Content = z.record(z.string().regex(/^[a-z]+\/[a-z-]+$/), z.strictObject({ schema: Schema }))
const Operation = z.strictObject({
  operationId: z.string().min(1),
  tags: z.array(z.string()),
  summary: z.string().regex(/\.$/),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.strictObject({ description: z.string().min(1), content: Content })),
})
const OpenApi31 = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d+$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.url() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(z.string().startsWith('/'), z.strictObject({ post: Operation })),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), Schema),
    securitySchemes: z.record(
      z.string(),
      z.strictObject({
        type: z.literal('apiKey'),
        in: z.enum(['query', 'header', 'cookie']),
        name: z.string(),
        description: z.string(),
      }),
    ),
  }),
})

describe('the OpenAPI document', () => {
  it('has the shape of OpenAPI 3.1', () => {
    expect(() => OpenApi31.parse(document)).not.toThrow()
    const operations = Object.values(document.paths).map(({ post }) => post.operationId)
    expect(new Set(operations).size).toBe(operations.length)
  })

  it('lists every action that programs can call, and none of the operator', () => {
    const named = Object.values(document.paths).map(({ post }) => post.operationId)
    const open = allActions().filter(({ audience }) => audience !== 'operator')
    expect(named).toEqual(open.map(({ name }) => name))
  })

  it('refers only to what is there, by schemas that are JSON Schema', () => {
    for (const reference of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) {
      expect(Object.keys(document.components.schemas)).toContain(reference[1]?.replace('#/components/schemas/', ''))
    }
    for (const { post } of Object.values(document.paths)) {
      for (const { schema } of [
        ...Object.values(post.requestBody.content),
        ...Object.values(post.responses['200']?.content ?? {}),
      ])
        expect(() => toZod(schema)).not.toThrow()
    }
  })

  it('O02 promises nothing that only pages get', () => {
    const { KalturaUser, KalturaUserListResponse } = document.components.schemas
    expect(Object.keys(KalturaUser?.['properties'] ?? {})).not.toContain('version')
    expect(Object.keys(KalturaUserListResponse?.['properties'] ?? {})).toEqual(['objectType', 'totalCount', 'objects'])
  })

  it('tells what user.list takes', () => {
    expect(document.paths['/service/user/action/list']?.post.requestBody.content['application/json']?.schema).toMatchObject({
      type: 'object',
      properties: { pager: { $ref: '#/components/schemas/KalturaFilterPager' }, ks: { type: 'string', format: 'password' } },
      required: ['format'],
    })
    expect(document.components.schemas['KalturaUserFilter']).toMatchObject({
      properties: {
        statusEqual: { enum: [0, 1, 2] },
        isAdminEqual: { enum: [-1, 0, 1] },
        createdAtLessThanOrEqual: { type: 'integer' },
      },
    })
  })
})

describe('what the wire really says', () => {
  let wire: Awaited<ReturnType<typeof startWire>>
  let account: Account
  let ks: string

  beforeAll(async () => {
    wire = await startWire()
    account = await newAccount()
    ks = await ksOf(account)
  })
  afterAll(() => wire.stop())

  it.each([
    ['user.add', { user: { id: 'documented', gender: 2, isAdmin: false, dateOfBirth: 0 } }],
    ['user.add', { user: { id: 'no blanks' } }],
    ['user.get', { userId: 'documented' }],
    ['user.get', { userId: 'nobody' }],
    ['user.list', { filter: { isAdminEqual: -1, createdAtGreaterThanOrEqual: -3600 }, pager: { pageSize: 5 } }],
    ['user.loginByLoginId', { loginId: 'nobody@usher.example', password: 'wrong' }],
    ['userRole.list', {}],
    ['session.get', {}],
    ['audit.list', {}],
    ['session.end', {}],
  ])('%s takes and answers what the document says', async (name, sent) => {
    const [service, action] = name.split('.')
    const path = `/service/${service}/action/${action}`
    const operation = document.paths[path]?.post
    const body = { ...sent, format: 1, ...(operation?.security.length && { ks }) }
    expect(toZod(operation?.requestBody.content['application/json']?.schema).safeParse(body).error).toBeUndefined()

    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${wire.url}/api_v3${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = await response.json()
    expect(toZod(operation?.responses['200']?.content['application/json']?.schema).safeParse(answer).error).toBeUndefined()
  })
})

it('would see an answer that the document does not have', () => {
  const answer = toZod(document.paths['/service/user/action/get']?.post.responses['200']?.content['application/json']?.schema)
  const user = { objectType: 'KalturaUser', id: 'ada' }
  expect(answer.safeParse(user).success).toBe(true)
  for (const wrong of [{}, { ...user, id: 7 }, { ...user, gender: 9 }, { ...user, createdAt: 'today' }, null])
    expect(answer.safeParse(wrong).success).toBe(false)
  const error = { objectType: 'KalturaAPIException', message: 'No.', args: [] }
  expect(answer.safeParse({ ...error, code: 'INVALID_USER_ID' }).success).toBe(true)
  expect(answer.safeParse({ ...error, code: 'COMMON_PASSWORD' }).success).toBe(false)
})

describe('GET /api/openapi.json', () => {
  const ask = (headers = {}) => openApiAnswer(new Request('http://localhost/api/openapi.json', { headers }))

  it('answers the document, and nothing to who has it', async () => {
    const first = ask()
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('content-type')).toBe('application/json')
    expect(await first.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) })
    expect(ask({ 'if-none-match': `"other", W/${etag}` }).status).toBe(304)
    expect(ask({ 'if-none-match': '"other"' }).status).toBe(200)
  })
})

/** A schema of the document as one that judges; its references lead into the document. */
function toZod(schema: unknown) {
  const definitions = JSON.parse(JSON.stringify({ ...(schema as object), $defs: document.components.schemas }))
  return z.fromJSONSchema(JSON.parse(JSON.stringify(definitions).replaceAll('#/components/schemas/', '#/$defs/')))
}
