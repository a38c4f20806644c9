import 'server-only'
import type { z } from 'zod'
import { callErrors } from '@/lib/action/call-errors'
import type { AnyAction } from '@/lib/action/define-action'
import { declaredSchemaOf, explanationOf, type Field, fieldOf } from '@/lib/action/fields'
import { allows, type Grants } from '@/lib/action/permissions'
import { services } from '@/lib/action/registry'
import { isSecretName } from '@/lib/secret-name'
import { type ObjectTypes, objectTypes, shapeOf } from './object-types'
import type { ActionDoc, ApiDoc, Choice, FieldDoc } from './schema'

/** Every action that can be called from outside, with what it takes and answers; `grants` tell what the reader may call. */
export function describeApi(grants: Grants): ApiDoc {
  const open = Object.entries(services)
    .map(([name, actions]) => ({ name, actions: Object.values(actions).filter(isOpen) }))
    .filter(({ actions }) => actions.length > 0)
  const types = objectTypes(open.flatMap(({ actions }) => actions))
  return {
    services: open.map(({ name, actions }) => ({ name, actions: actions.map((action) => describe(action, grants, types)) })),
    types: Object.fromEntries([...types].map(([schema, name]) => [name, fieldsOf(schema, types)])),
  }
}

/** The operator's actions are for the command line alone. */
export const isOpen = (action: AnyAction): action is OpenAction => action.audience !== 'operator'
type OpenAction = Exclude<AnyAction, { audience: 'operator' }>

function describe(action: OpenAction, grants: Grants, types: ObjectTypes): ActionDoc {
  const { summary, kind, audience, permission } = action
  const [service = '', name = ''] = action.name.split('.')
  return {
    ...{ service, name, summary, kind, audience, permission },
    isAllowed: audience === 'anyone' || allows(grants, permission),
    parameters: Object.entries(shapeOf(action.input)).map(([field, schema]) => describeField(field, schema, types)),
    answer: describeField('answer', action.output, types),
    errors: { ...callErrors(action), isDeclared: action.errors !== undefined },
  }
}

/** Fields that only pages get are no part of the API. */
function fieldsOf(schema: z.ZodType, types: ObjectTypes): FieldDoc[] {
  const field = fieldOf(schema)
  if (field?.kind !== 'object') return []
  return Object.entries(field.shape)
    .filter(([name]) => name !== 'objectType' && !field.pageOnly.includes(name))
    .map(([name, inner]) => describeField(name, inner, types))
}

function describeField(name: string, schema: z.ZodType, types: ObjectTypes): FieldDoc {
  const explanation = explanationOf(schema)
  const given = defaultOf(schema)
  return {
    name,
    ...typeOf(schema, types),
    isRequired: !schema.safeParse(undefined).success,
    isSecret: isSecretName(name),
    ...(given !== undefined && { default: given }),
    ...(explanation && { explanation }),
  }
}

type TypeDoc = Pick<FieldDoc, 'kind' | 'type' | 'fields' | 'item' | 'choices'>

function typeOf(schema: z.ZodType, types: ObjectTypes): TypeDoc {
  const field = fieldOf(schema)
  if (!field) return { kind: plainKinds[schema.def.type] ?? 'any' }
  if (field.kind === 'array') return { kind: 'array', item: describeField('item', field.item, types) }
  if (field.kind === 'object') {
    const declared = declaredSchemaOf(schema)
    return { kind: 'object', type: field.name, fields: declared && types.get(declared), ...classesOf(field) }
  }
  if (field.kind === 'enum' || field.kind === 'stringEnum') {
    return { kind: field.kind, type: field.name, choices: choicesOf(field) }
  }
  return { kind: field.kind }
}

/** What an answer is that was not declared as a type of the contract. */
const plainKinds: Partial<Record<string, FieldDoc['kind']>> = {
  string: 'string',
  boolean: 'bool',
  null: 'nothing',
  number: 'int',
}

/** The classes of the contract that an object can be sent as, if there is a choice. */
function classesOf({ name, alsoKnownAs, isAbstract }: Extract<Field, { kind: 'object' }>): Pick<TypeDoc, 'choices'> {
  const classes = isAbstract ? alsoKnownAs : [name, ...alsoKnownAs]
  return classes.length > 1 || isAbstract ? { choices: classes.map((value) => ({ value, name: value })) } : {}
}

function choicesOf(field: Extract<Field, { kind: 'enum' | 'stringEnum' }>): Choice[] {
  if (field.kind === 'stringEnum') return field.values.map((value) => ({ value, name: value }))
  return field.values.map((value, at) => ({ value, name: field.names[at] ?? String(value) }))
}

function defaultOf(schema: z.ZodType) {
  const def = schema.def as { type: string; defaultValue?: unknown }
  const isPlain = ['string', 'number', 'boolean'].includes(typeof def.defaultValue)
  return def.type === 'default' && isPlain ? (def.defaultValue as string | number | boolean) : undefined
}
