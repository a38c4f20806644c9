import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { asc } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { users } from '@/db/schema/people'
import { freshDatabase } from '@/db/testing'
import { encodeKsV2 } from '@/lib/auth/ks'
import { adminSecret, makePartner, makeUser } from '@/lib/auth/testing'
import { dispatch } from '@/lib/transport/api-v3/dispatch'
import { callErrors } from './call-errors'
import type { AnyAction } from './define-action'
import { catalogue, type ErrorCode } from './errors'
import { type Field, fieldOf } from './fields'
import { allActions } from './registry'

/**
 * Bad input for every field of every action, on the wire: always HTTP 200, a code of the contract that names the field, and never
 * a changed row. Each call would succeed, or reach its handler, were it not for the one fault in it.
 */
freshDatabase()

const victim = 'victim'
const newcomer = 'newcomer'
let server: Server
let address: string
let partnerId: number
let ks: string
let rowsBefore: string

beforeAll(async () => {
  server = createServer((req, res) => void dispatch(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  partnerId = await makePartner()
  await makeUser(partnerId, { id: victim, screenName: 'Before' })
  const expiry = Math.floor(Date.now() / 1000) + 3600
  const session = { partnerId, expiry, type: 2, userId: 'admin', privileges: '' }
  ks = encodeKsV2(session, adminSecret, Buffer.alloc(16, 7))
  rowsBefore = await rows()
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe.each(allActions().map((action) => [action.name, action] as const))('%s', (_name, action) => {
  const fields = fieldsOf(action.input)

  it('I06 I12 I13 I14 refuses each fault of each field by a code that names it, and changes nothing', async () => {
    for (const { path, field, isMandatory } of fields) {
      const faults = { ...faultsOf(field), ...(isMandatory && { missing: fc.constant(undefined) }) }
      for (const [fault, values] of Object.entries(faults)) {
        await fc.assert(
          fc.asyncProperty(values, encodingsFor(fault), async (value, encode) => {
            const answer = await send(encode(paramsWith(action, path, value)))
            expectRefusal(answer, action, blamed(path, fault), `${path.join('.')} ${fault}`)
          }),
          { numRuns: 2 },
        )
      }
    }
    expect(await rows()).toBe(rowsBefore)
  }, 120_000)

  it('I08 refuses 10 MB of text before it is read whole', async () => {
    const text = 'x'.repeat(10_000_000)
    const field = fc.constantFrom(...(fields.length > 0 ? fields : [{ path: ['ks'] }]))
    await fc.assert(
      fc.asyncProperty(field, fc.constantFrom(asJson, asForm, asMultipart), fc.boolean(), async ({ path }, encode, isChunked) => {
        const answer = await send(encode(paramsWith(action, path, text)), isChunked)
        expectRefusal(answer, action, ['body'], `10 MB in ${path.join('.')}`)
      }),
      { numRuns: 2 },
    )
    expect(await rows()).toBe(rowsBefore)
  }, 60_000)

  it('I06 answers whatever is sent by a code of the contract or a result, never by a failure of its own', async () => {
    if (fields.length === 0) return
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        anything,
        fc.constantFrom(asJson, asForm, asMultipart),
        async ({ path }, value, encode) => {
          const before = await rows()
          const answer = await send(encode(paramsWith(action, path, value)))
          if (!isRefusal(answer.body)) return
          expectRefusal(answer, action, null, `${path.join('.')} = ${JSON.stringify(value)}`)
          expect(await rows()).toBe(before)
        },
      ),
      { numRuns: 60 },
    )
    rowsBefore = await rows()
  }, 60_000)
})

it('does add and change when nothing is wrong, so that the tests above would see it', async () => {
  const start = await rows()
  const added = await send(asJson({ service: 'user', action: 'add', ks, format: 1, user: { id: 'control' } }))
  expect(added.body).toMatchObject({ id: 'control', objectType: 'KalturaUser' })
  const changed = await send(
    asForm({ service: 'user', action: 'update', ks, format: 1, userId: 'control', user: { screenName: 'After' } }),
  )
  expect(changed.body).toMatchObject({ screenName: 'After' })
  expect(await rows()).not.toBe(start)
})

// What is sent wrong

type Faults = Record<string, fc.Arbitrary<unknown>>

/** Faults of any field, then those of its type. What the contract casts, such as a word for a number, is no fault. */
function faultsOf(field: Field): Faults {
  const inside: Faults = {
    nested: fc.integer({ min: 40, max: 1_000 }).map(nested),
    proto: fc.constantFrom('__proto__', 'constructor').map(hostile),
  }
  if (field.kind === 'object') return { ...inside, scalar: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()) }
  if (field.kind === 'array') return { ...inside, scalar: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()) }

  const scalar: Faults = { ...inside, object: fc.constant({ a: 'b' }), array: fc.constant(['a', 'b']) }
  if (field.kind === 'string')
    return { ...scalar, long: fc.integer({ min: 65_536, max: 200_000 }).map((length) => 'x'.repeat(length)), ...unfit }
  if (field.kind === 'int' || field.kind === 'time')
    return { ...scalar, huge: fc.constantFrom(2 ** 53, -(2 ** 53), 1e300, '9007199254740993') }
  if (field.kind === 'enum' || field.kind === 'nullableBool')
    return { ...scalar, unknown: fc.constantFrom(99, '77', 'nonsense', -5, 0.5) }
  if (field.kind === 'stringEnum') return { ...scalar, unknown: fc.constantFrom('nonsense', 'toString', 99) }
  return scalar
}

const around = (text: string) =>
  fc.tuple(fc.stringMatching(/^[a-z]{0,5}$/), fc.stringMatching(/^[a-z]{0,5}$/)).map(([a, b]) => a + text + b)

const unfit: Faults = {
  control: fc.constantFrom('\u0000', '\u0001', '\u0008', '\u000b', '\u001f', '\uffff').chain(around),
  surrogate: fc.constantFrom('\ud800', '\udfff', '\udc00\ud800').chain(around),
}

function nested(depth: number): unknown {
  let value: unknown = 'bottom'
  for (let level = 0; level < depth; level++) value = { a: value }
  return value
}

/** What the arguments have to name: the field, the forbidden name itself, or the parameter that goes too deep. */
function blamed(path: string[], fault: string) {
  if (fault === 'proto') return ['__proto__', 'constructor']
  if (fault === 'nested') return [...path]
  return [path.findLast((step) => step !== '0') ?? '']
}

/** A literal `{ __proto__: … }` would set the prototype instead. */
const hostile = (name: string) => Object.defineProperty({}, name, { value: { isAdmin: '1' }, enumerable: true })

/** Half characters exist in JSON only: a form's bytes cannot spell them. */
const encodingsFor = (fault: string) => fc.constantFrom(...(fault === 'surrogate' ? [asJson] : [asJson, asForm, asMultipart]))

// The calls around the fault

type Place = { path: string[]; field: Field; isMandatory: boolean }

/** Every field, those inside objects and lists too. An `objectType` is no field: what is unknown there is ignored (§1.5). */
function fieldsOf(input: z.ZodType, path: string[] = []): Place[] {
  return Object.entries(shapeOf(input)).flatMap(([name, schema]) => {
    const field = fieldOf(schema)
    if (!field || name === 'objectType') return []
    const own = { path: [...path, name], field, isMandatory: path.length === 0 && !schema.safeParse(undefined).success }
    if (field.kind === 'object') return [own, ...fieldsOf(schema, own.path)]
    if (field.kind === 'array') return [own, ...fieldsOf(field.item, [...own.path, '0'])]
    return [own]
  })
}

type Sent = { [name: string]: unknown }

/** A call that would be obeyed, with `value` at the path; undefined takes the field away. */
function paramsWith(action: AnyAction, path: string[], value: unknown) {
  const [service, name] = action.name.split('.')
  const params: Sent = { service, action: name, ks, format: 1, ...mandatory(action.input) }
  let at = params
  let schema: z.ZodType | undefined = action.input
  for (const step of path.slice(0, -1)) {
    schema = schema && schemaAt(schema, step)
    // What stands beside the field in the same item must not be the first fault.
    const beside = step === '0' && schema ? mandatory(schema) : {}
    const next = { ...beside, ...(at[step] as Sent) }
    at[step] = next
    at = next
  }
  const last = path.at(-1) ?? ''
  if (value === undefined) delete at[last]
  else at[last] = value
  return params
}

function schemaAt(schema: z.ZodType, step: string): z.ZodType | undefined {
  const field = fieldOf(schema)
  return field?.kind === 'array' ? field.item : shapeOf(schema)[step]
}

function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  const field = fieldOf(schema)
  return (field?.kind === 'object' ? field.shape : (schema as unknown as { shape?: Record<string, z.ZodType> }).shape) ?? {}
}

function mandatory(input: z.ZodType): Sent {
  const shape = shapeOf(input)
  const needed = Object.entries(shape).filter(([, schema]) => !schema.safeParse(undefined).success)
  return Object.fromEntries(needed.map(([name, schema]) => [name, name === 'partnerId' ? partnerId : usual(fieldOf(schema))]))
}

function usual(field: Field | undefined) {
  if (field?.kind === 'object') return 'id' in field.shape ? { id: newcomer } : { x: '1' }
  if (field?.kind === 'enum' || field?.kind === 'stringEnum') return field.values[0]
  return field?.kind === 'string' ? victim : 1
}

type Body = { type: string; text: string }

function asJson(params: Sent): Body {
  return { type: 'application/json', text: JSON.stringify(params) }
}

function asForm(params: Sent): Body {
  const text = flat(params).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
  return { type: 'application/x-www-form-urlencoded', text: text.join('&') }
}

function asMultipart(params: Sent): Body {
  const parts = flat(params).map(([name, value]) => {
    const quoted = name.replace(/["\r\n\\]/g, (sign) => encodeURIComponent(sign))
    return `--0.123\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`
  })
  return { type: 'multipart/form-data; boundary=0.123', text: `${parts.join('')}--0.123--` }
}

function flat(value: unknown, path: string[] = []): [string, string][] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [[path.join(':'), String(value)]]
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, [...path, name]))
}

type Answer = { status: number; body: unknown }

/** Sends and reads at once, as a server may answer before it was told all. */
function send({ type, text }: Body, isChunked = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(text)
    const length = isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': bytes.length }
    const headers = { accept: 'application/json', 'content-type': type, ...length }
    const sent = httpRequest(`${address}/api_v3/index.php?format=1`, { method: 'POST', headers }, (res) => {
      const parts: Buffer[] = []
      res.on('data', (part: Buffer) => parts.push(part))
      res.on('error', reject)
      res.on('end', () => resolve({ status: res.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) }))
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}

// What comes back

type Refusal = { code: ErrorCode; message: string; args: Record<string, string> | [] }

const isRefusal = (body: unknown): body is Refusal =>
  (body as { objectType?: string } | null)?.objectType === 'KalturaAPIException'

/** `names`: one of these stands in the arguments, where the code has any; null does not ask. */
function expectRefusal({ status, body }: Answer, action: AnyAction, names: string[] | null, what: string) {
  expect(status, what).toBe(200)
  if (!isRefusal(body)) throw new Error(`${what} was accepted: ${JSON.stringify(body)?.slice(0, 300)}`)
  expect(Object.keys(catalogue), what).toContain(body.code)
  expect(body.code, what).not.toMatch(/^INTERNAL_/)
  expect(body.message, what).not.toBe('')
  if (action.errors) expect(declaredErrors(action), `${what}: declared by the action`).toContain(body.code)

  const { args } = body
  if (Array.isArray(args)) return expect(args, what).toEqual([])
  // Nobody on the wire is told about the parameters of actions that are not for the wire.
  if (!names || (body.code === 'SERVICE_FORBIDDEN' && action.audience === 'operator')) return
  const said = Object.values(args).join(' ')
  expect(
    names.some((name) => said.includes(name)),
    `${what}: ${body.code} ${said}`,
  ).toBe(true)
}

/** An action that says what it answers is held to it. */
function declaredErrors(action: AnyAction) {
  const { own, general } = callErrors(action)
  return [...own, ...general]
}

async function rows() {
  return JSON.stringify(await acrossPartners(() => db().select().from(users).orderBy(asc(users.key))))
}
