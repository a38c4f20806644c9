import 'server-only'
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiOverride } from 'zod-openapi'
import { callErrors } from '@/lib/action/call-errors'
import type { AnyAction } from '@/lib/action/define-action'
import { catalogue } from '@/lib/action/errors'
import { declaredSchemaOf, explain, explanationOf, type Field, fieldOf } from '@/lib/action/fields'
import { allActions } from '@/lib/action/registry'
import { isOpen } from '@/lib/explorer/describe-api'
import { objectTypes, shapeOf } from '@/lib/explorer/object-types'
import { isSecretName } from '@/lib/secret-name'

/** The wire as an OpenAPI 3.1 document: every action that programs can call, with a JSON body and a JSON answer. */
export function openApi(serverUrl: string) {
  const actions = allActions().filter(isOpen)
  for (const [schema, id] of objectTypes(actions)) z.globalRegistry.add(schema, { id })
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Usher', version: '3', description },
      servers: [{ url: `${serverUrl}/api_v3` }],
      tags: [...new Set(actions.map(serviceOf))].map((name) => ({ name })),
      paths: Object.fromEntries(actions.map((action) => [pathOf(action), { post: operation(action) }])),
      components: { securitySchemes },
    },
    { override: asOnTheWire, allowEmptySchema: { custom: true } },
  )
}

const description = `Every call is a POST with a JSON body, and every answer has HTTP status 200, errors too: an answer whose
\`objectType\` is \`KalturaAPIException\` says in \`code\` what went wrong. A call needs the session (KS) of a signed-in person or of
the account's secret, in the body's field \`ks\`, unless it says that it does not. Unknown fields are ignored; \`null\` means "not
sent", and null fields of an answer are left out. Times are epoch seconds.`.replaceAll('\n', ' ')

/** The session stands in the body, which OpenAPI has no word for; the query takes it too, and that it can say. */
const securitySchemes = {
  ks: {
    type: 'apiKey',
    in: 'query',
    name: 'ks',
    description:
      'A KS, from session.start, user.loginByLoginId or your own signature. Prefer the field `ks` of the body: addresses are logged.',
  },
} as const

const session = explain(z.string().optional(), 'The session (KS).')
const format = explain(z.literal(1), 'The answer in JSON; without it, XML.')

const KalturaAPIException = z
  .object({
    objectType: z.literal('KalturaAPIException'),
    code: z.string(),
    message: z.string(),
    args: explain(
      z.union([z.record(z.string(), z.string()), z.array(z.never()).max(0)]),
      'The arguments of the code by name; an empty list where it has none.',
    ),
  })
  .meta({ id: 'KalturaAPIException' })

const serviceOf = ({ name }: AnyAction) => name.split('.')[0] ?? ''

function pathOf({ name }: AnyAction) {
  const [service, action] = name.split('.')
  return `/service/${service}/action/${action}`
}

function operation(action: AnyAction): ZodOpenApiOperationObject {
  const needsSession = action.audience === 'partner'
  return {
    operationId: action.name,
    tags: [serviceOf(action)],
    summary: action.summary,
    description: needsSession ? `Needs one of these permissions: ${action.permission.join(', ')}.` : 'Needs no session.',
    security: needsSession ? [{ ks: [] }] : [],
    requestBody: { required: true, content: requestContent(action) },
    responses: { '200': { description: answerText(action), content: answerContent(action) } },
  }
}

function requestContent({ input, audience }: AnyAction) {
  const sent = shapeOf(input)
  const schema = z.object({ ...sent, ...(audience === 'partner' && { ks: session }), format })
  const hasFile = Object.values(sent).some((field) => fieldOf(field)?.kind === 'file')
  return { [hasFile ? 'multipart/form-data' : 'application/json']: { schema } }
}

function answerContent(action: AnyAction): Record<string, { schema: z.ZodType }> {
  const { own, general } = callErrors(action)
  const failure = z.intersection(KalturaAPIException, z.object({ code: z.enum([...own, ...general]) }))
  if (fieldOf(action.output)?.kind !== 'fileAnswer') return { 'application/json': { schema: z.union([action.output, failure]) } }
  return { 'application/octet-stream': { schema: action.output }, 'application/json': { schema: failure } }
}

/** Markdown, as the tools that show such documents read it. */
function answerText(action: AnyAction) {
  const { own } = callErrors(action)
  const lines = own.map((code) => `- \`${code}\`: ${catalogue[code].message.replaceAll('\n', ' ')}`)
  return lines.length === 0 ? 'The answer, or an error.' : `The answer, or an error. Of its own:\n\n${lines.join('\n')}`
}

/** What differs between the schema that an action judges by and what is written on the wire. */
const asOnTheWire: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const schema = zodSchema as unknown as z.ZodType
  const field = declaredSchemaOf(schema) === schema ? fieldOf(schema) : undefined
  // Null is "not sent" in both directions.
  if (schema.def.type === 'nullable') replace(jsonSchema, jsonSchema.anyOf?.[0] ?? jsonSchema)
  if (field) replace(jsonSchema, wireType(field, jsonSchema, io))
  if (schema.def.type === 'object') asWireObject(jsonSchema, schema as z.ZodObject, io)
  const explanation = explanationOf(schema)
  if (explanation) jsonSchema.description = explanation
}

type JsonSchema = Parameters<ZodOpenApiOverride>[0]['jsonSchema']

function replace(schema: JsonSchema, by: JsonSchema) {
  const next = { ...by }
  for (const name of Object.keys(schema)) delete schema[name]
  Object.assign(schema, next)
}

function wireType(field: Field, schema: JsonSchema, io: 'input' | 'output'): JsonSchema {
  if (field.kind === 'file' || field.kind === 'fileAnswer') return { type: 'string', format: 'binary' }
  if (field.kind === 'int') return withoutSafeBounds(schema)
  if (field.kind === 'time') return { type: 'integer', description: 'Epoch seconds.' }
  if (field.kind === 'nullableBool') return io === 'input' ? { type: 'integer', enum: [-1, 0, 1] } : { type: 'boolean' }
  if (field.kind !== 'enum') return schema
  const names = field.values.map((value, at) => `${value} ${field.names[at]}`).join(', ')
  return { type: 'integer', enum: [...field.values], title: field.name, description: `${names}.` }
}

/** That a number is one that JSON carries goes without saying. */
function withoutSafeBounds({ minimum, maximum, ...schema }: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
  }
}

/** Without what only pages get, secrets marked, and no field promised that may be null. */
function asWireObject(jsonSchema: JsonSchema, schema: z.ZodObject, io: 'input' | 'output') {
  const field = fieldOf(schema)
  const pageOnly: readonly string[] = field?.kind === 'object' ? field.pageOnly : []
  const isKept = (name: string) => !pageOnly.includes(name)
  const mayBeNull = (name: string) => io === 'output' && (schema.shape[name] as z.ZodType).safeParse(null).success
  const properties = Object.entries(jsonSchema.properties ?? {}).filter(([name]) => isKept(name))
  for (const [name, property] of properties) {
    if (typeof property !== 'object') continue
    if (isSecretName(name)) property.format = 'password'
    if (name === 'objectType' && io === 'input' && field?.kind === 'object') property.enum = [field.name, ...field.alsoKnownAs]
  }
  jsonSchema.properties = Object.fromEntries(properties)
  jsonSchema.required = jsonSchema.required?.filter((name) => isKept(name) && !mayBeNull(name))
  if (jsonSchema.required?.length === 0) delete jsonSchema.required
  // What is not listed is ignored, and more may come.
  delete jsonSchema.additionalProperties
}
