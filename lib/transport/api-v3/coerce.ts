import 'server-only'
import type { z } from 'zod'
import { ActionError } from '@/lib/action/errors'
import { type Field, fieldOf } from '@/lib/action/fields'
import { type Coerce, enumCoercion, misfit, type Place, scalars, stringEnumCoercion } from './coerce-scalar'
import { type Files, noFiles } from './files'
import { isMap, type Params, type ParamValue } from './params'

type Shape = Record<string, z.ZodType>

/** What is known of a set of fields before any value comes. */
type Plan = {
  properties: ReadonlyMap<string, { coerce: Coerce; isArray: boolean }>
  mandatory: readonly string[]
  files: readonly string[]
}

const plans = new WeakMap<Shape, Plan>()

/**
 * Loose values of the wire as the declared types (§1.5), ready for the action's own schema. `now` is what relative times count
 * from, epoch milliseconds. Unknown names are left out; a missing mandatory one is `MISSING_MANDATORY_PARAMETER`, a file that was not
 * uploaded `UPLOAD_ERROR`.
 */
export function coerceInput(schema: z.ZodType, params: Params, { now, files = noFiles }: { now: number; files?: Files }) {
  const plan = planOf((schema as z.ZodObject<Shape>).shape)
  const input = coerceFields(plan, params, { className: null, now, files })
  for (const name of plan.files) {
    const file = files.get(name)
    if (file) input[name] = file
  }
  for (const name of plan.mandatory) {
    if (!(name in input)) throw new ActionError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: name })
  }
  return input
}

function planOf(shape: Shape): Plan {
  const known = plans.get(shape)
  if (known) return known
  const declared = Object.entries(shape).flatMap(([name, schema]) => {
    const field = fieldOf(schema)
    return field ? [{ name, schema, field }] : []
  })
  const plan = {
    properties: new Map(declared.map(({ name, field }) => [name, { coerce: coerceOf(field), isArray: field.kind === 'array' }])),
    mandatory: Object.keys(shape).filter((name) => !isOptional(shape[name])),
    files: declared.filter(({ field }) => field.kind === 'file').map(({ name }) => name),
  }
  plans.set(shape, plan)
  return plan
}

function isOptional(schema: z.ZodType | undefined) {
  const type = schema?.def.type
  return type === 'optional' || type === 'default'
}

/** Goes through what was sent, which is less than what could be. */
function coerceFields({ properties }: Plan, params: Params, at: Place) {
  const fields: Record<string, unknown> = {}
  for (const name of Object.keys(params)) {
    const property = properties.get(name)
    const value = params[name]
    // A client cannot send null: it means "not sent" (§1.3).
    if (property && value !== null && value !== undefined && fields[name] !== null) {
      fields[name] = property.coerce(value, name, at)
    } else if (!property && name.endsWith('__null')) {
      const cleared = name.slice(0, -'__null'.length)
      if (properties.get(cleared)?.isArray === false) fields[cleared] = null
    }
  }
  return fields
}

function coerceOf(field: Field): Coerce {
  if (field.kind === 'object') return objectCoercion(field)
  if (field.kind === 'array') return arrayCoercion(field)
  if (field.kind === 'enum') return enumCoercion(field)
  if (field.kind === 'stringEnum') return stringEnumCoercion(field)
  if (field.kind === 'file' || field.kind === 'fileAnswer') return fileOf
  return scalars[field.kind]
}

/** Files come beside the parameters; whatever else stands in their place is none. */
const fileOf: Coerce = (_value, name, { className, files }) => {
  const file = className === null ? files.get(name) : undefined
  if (!file) throw new ActionError('UPLOAD_ERROR')
  return file
}

function objectCoercion({ name: className, shape, alsoKnownAs, isAbstract }: Extract<Field, { kind: 'object' }>): Coerce {
  const { objectType: _, ...rest } = shape
  const plan = planOf(rest)
  return (value, name, at) => {
    const properties = Array.isArray(value) && value.length === 0 ? {} : value
    if (!isMap(properties)) throw misfit(name, at, 'array')
    const asked = typeof properties.objectType === 'string' ? properties.objectType : className
    const isSubclass = alsoKnownAs.includes(asked)
    if (isAbstract && !isSubclass) throw new ActionError('OBJECT_TYPE_ABSTRACT', { OBJ_TYPE: className })
    return { ...coerceFields(plan, properties, { ...at, className }), objectType: isSubclass ? asked : className }
  }
}

/** Items in ascending order of their keys; a lone key `-` is an empty list. */
function arrayCoercion({ item }: Extract<Field, { kind: 'array' }>): Coerce {
  const field = fieldOf(item)
  const coerce = field && coerceOf(field)
  return (value, name, at) => {
    if (!coerce || typeof value !== 'object' || value === null) throw misfit(name, at, 'array')
    const items = Array.isArray(value) ? value : itemsOf(value)
    return items.filter((each) => each !== null).map((each) => coerce(each, name, at))
  }
}

function itemsOf(map: Params): ParamValue[] {
  const keys = Object.keys(map).filter((key) => /^\d+$/.test(key))
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => map[key] ?? null)
}
