import 'server-only'
import type { z } from 'zod'
import { ActionError } from '@/lib/action/errors'
import { type Field, fieldOf } from '@/lib/action/fields'
import { isFitText } from '@/lib/action/fit-text'
import { isMap, type Params, type ParamValue } from './params'

/** Where a value stands, to name it in an error. */
type Place = { name: string; className: string | null; now: number }

const tenYears = 315_360_000

/**
 * Loose values of the wire as the declared types (§1.5), ready for the action's own schema. `now` is what relative times count
 * from, epoch milliseconds. Unknown names are left out; a missing mandatory one is `MISSING_MANDATORY_PARAMETER`.
 */
export function coerceInput(schema: z.ZodType, params: Params, { now }: { now: number }): Record<string, unknown> {
  const { shape } = schema as z.ZodObject<Record<string, z.ZodType>>
  const input = coerceShape(shape, params, { className: null, now })
  for (const [name, field] of Object.entries(shape)) {
    if (!(name in input) && !isOptional(field)) throw new ActionError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: name })
  }
  return input
}

function coerceShape(shape: Record<string, z.ZodType>, params: Params, at: Omit<Place, 'name'>) {
  const result: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(shape)) {
    const field = fieldOf(schema)
    const value = params[name]
    if (params[`${name}__null`] !== undefined && field?.kind !== 'array') result[name] = null
    // A client cannot send null: it means "not sent" (§1.3).
    else if (value !== undefined && value !== null && field) result[name] = coerce(field, value, { ...at, name })
  }
  return result
}

function isOptional(schema: z.ZodType) {
  const { type } = schema.def
  return type === 'optional' || type === 'default'
}

function coerce(field: Field, value: ParamValue, at: Place): unknown {
  if (field.kind === 'object') return coerceObject(field, value, at)
  if (field.kind === 'array') return coerceArray(field.item, value, at)
  // Files come beside the parameters; whatever stands in their place is none.
  if (field.kind === 'file' || field.kind === 'fileAnswer') throw new ActionError('UPLOAD_ERROR')
  if (typeof value === 'object')
    throw wrongFormat(at, field.kind === 'enum' || field.kind === 'stringEnum' ? field.name : field.kind)

  if (field.kind === 'string') return coerceText(value, at)
  if (field.kind === 'bool') return coerceBool(value)
  if (field.kind === 'int') return coerceInt(value, at)
  if (field.kind === 'time') return coerceTime(value, at)
  if (field.kind === 'enum') return coerceEnum(field, value, at)
  if (field.kind === 'stringEnum') return coerceStringEnum(field, value, at)
  return coerceNullableBool(value, at)
}

type Scalar = string | number | boolean | null

function coerceText(value: Scalar, { name }: Place) {
  const text = value === true ? '1' : value === false ? '' : String(value)
  if (!isFitText(text)) throw new ActionError('INVALID_PARAMETER_CHAR', { XML_FIELD: name })
  return text
}

function coerceBool(value: Scalar) {
  if (typeof value !== 'string') return Boolean(value)
  return value.toLowerCase() !== 'false' && value !== '0' && value !== ''
}

/** A number of the text's beginning, 0 without one; beyond what JavaScript carries exactly is refused. */
export function coerceInt(value: Scalar, { name }: Pick<Place, 'name'>) {
  const digits = /^\s*[+-]?\d+(\.\d*)?(e[+-]?\d+)?/i
  const number = Math.trunc(typeof value === 'string' ? Number(digits.exec(value)?.[0] ?? 0) : Number(value))
  if (!Number.isSafeInteger(number)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name })
  return number
}

/** Epoch seconds; small numbers count from now, −1 and 0 stand for themselves. */
function coerceTime(value: Scalar, at: Place) {
  const seconds = coerceInt(value, at)
  const isRelative = seconds !== 0 && seconds !== -1 && Math.abs(seconds) <= tenYears
  return isRelative ? Math.floor(at.now / 1000) + seconds : seconds
}

type Enum = Extract<Field, { kind: 'enum' }>

function coerceEnum({ name: type, values }: Pick<Enum, 'name' | 'values'>, value: Scalar, { name }: Place) {
  const words: Record<string, number> = { true: 1, false: 0 }
  const text = String(value).trim()
  const number = words[text] ?? (/^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN)
  if (!values.includes(number)) throw invalidEnum(text, name, type)
  return number
}

function coerceStringEnum({ name: type, values }: Extract<Field, { kind: 'stringEnum' }>, value: Scalar, { name }: Place) {
  const text = String(value)
  if (!values.includes(text)) throw invalidEnum(text, name, type)
  return text
}

function coerceNullableBool(value: Scalar, at: Place) {
  if (value === '') return false
  const number = coerceEnum({ name: 'KalturaNullableBoolean', values: [-1, 0, 1] }, value, at)
  return number === -1 ? null : number === 1
}

function coerceObject(field: Extract<Field, { kind: 'object' }>, value: ParamValue, at: Place) {
  const properties = Array.isArray(value) && value.length === 0 ? {} : value
  if (!isMap(properties)) throw wrongFormat(at, 'array')
  const asked = typeof properties.objectType === 'string' ? properties.objectType : field.name
  const isKnown = asked === field.name || field.alsoKnownAs.includes(asked)
  if (field.isAbstract && (asked === field.name || !isKnown))
    throw new ActionError('OBJECT_TYPE_ABSTRACT', { OBJ_TYPE: field.name })

  const { objectType: _, ...shape } = field.shape
  const object = coerceShape(shape, properties, { className: field.name, now: at.now })
  return { ...object, objectType: isKnown ? asked : field.name }
}

/** Items in ascending order of their keys; a lone key `-` is an empty list. */
function coerceArray(item: z.ZodType, value: ParamValue, at: Place) {
  const field = fieldOf(item)
  if (!field || typeof value !== 'object' || value === null) throw wrongFormat(at, 'array')
  const items = Array.isArray(value) ? value : itemsOf(value)
  return items.filter((each) => each !== null).map((each) => coerce(field, each, at))
}

function itemsOf(map: Params): ParamValue[] {
  const keys = Object.keys(map).filter((key) => /^\d+$/.test(key))
  return keys.sort((a, b) => Number(a) - Number(b)).flatMap((key) => map[key] ?? [])
}

function wrongFormat({ name, className }: Place, format: string) {
  return new ActionError('PROPERTY_VALIDATION_WRONG_FORMAT', {
    PROP_NAME: className ? `${className}::${name}` : name,
    FORMAT: format,
  })
}

const invalidEnum = (value: string, name: string, type: string) =>
  new ActionError('INVALID_ENUM_VALUE', { ENUM_VAL: value.slice(0, 100), PARAM_NAME: name, ENUM_TYPE: type })
