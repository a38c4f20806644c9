import 'server-only'
import { ActionError } from '@/lib/action/errors'
import { isFitText } from '@/lib/action/fit-text'
import { wrongFormat } from './body'
import type { Files } from './files'
import type { ParamValue } from './params'

/** Where a value stands, to name it in an error. `now`: what relative times count from, epoch milliseconds. */
export type Place = { className: string | null; now: number; files: Files }

export type Coerce = (value: ParamValue, name: string, at: Place) => unknown

type Scalar = string | number | boolean | null

/** A coercion of single values, which refuses lists and objects. */
function scalar(type: string, coerce: (value: Scalar, name: string, at: Place) => unknown): Coerce {
  return (value, name, at) => {
    if (typeof value === 'object' && value !== null) throw misfit(name, at, type)
    return coerce(value, name, at)
  }
}

/** By the kinds of fields. */
export const scalars = {
  string: scalar('string', coerceText),
  bool: scalar('bool', coerceBool),
  int: scalar('int', coerceInt),
  time: scalar('time', coerceTime),
  nullableBool: scalar('nullableBool', coerceNullableBool),
}

function coerceText(value: Scalar, name: string) {
  const text = value === true ? '1' : value === false ? '' : String(value)
  if (!isFitText(text)) throw new ActionError('INVALID_PARAMETER_CHAR', { XML_FIELD: name })
  return text
}

function coerceBool(value: Scalar) {
  if (typeof value !== 'string') return Boolean(value)
  return value.toLowerCase() !== 'false' && value !== '0' && value !== ''
}

/** A number of the text's beginning, 0 without one; beyond what JavaScript carries exactly is refused. */
export function coerceInt(value: Scalar, name: string) {
  const digits = /^\s*[+-]?\d+(\.\d*)?(e[+-]?\d+)?/i
  const number = Math.trunc(typeof value === 'string' ? Number(digits.exec(value)?.[0] ?? 0) : Number(value))
  if (!Number.isSafeInteger(number)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name })
  return number
}

const tenYears = 315_360_000

/** Epoch seconds; small numbers count from now, −1 and 0 stand for themselves. */
function coerceTime(value: Scalar, name: string, { now }: Place) {
  const seconds = coerceInt(value, name)
  const isRelative = seconds !== 0 && seconds !== -1 && Math.abs(seconds) <= tenYears
  return isRelative ? Math.floor(now / 1000) + seconds : seconds
}

type IntEnum = { name: string; values: readonly number[] }
type StringEnum = { name: string; values: readonly string[] }

/** An enum of numbers; words of truth stand for 1 and 0. */
export const enumCoercion = (type: IntEnum) => scalar(type.name, (value, name) => readEnum(type, value, name))

export const stringEnumCoercion = (type: StringEnum) => scalar(type.name, (value, name) => readStringEnum(type, value, name))

const words = new Map([
  ['true', 1],
  ['false', 0],
])

function readEnum({ name: type, values }: IntEnum, value: Scalar, name: string) {
  const text = String(value).trim()
  const number = words.get(text) ?? (/^-?\d{1,10}$/.test(text) ? Number(text) : Number.NaN)
  if (!values.includes(number)) throw invalidEnum(text, name, type)
  return number
}

function readStringEnum({ name: type, values }: StringEnum, value: Scalar, name: string) {
  const text = String(value)
  if (!values.includes(text)) throw invalidEnum(text, name, type)
  return text
}

function coerceNullableBool(value: Scalar, name: string) {
  if (value === '') return false
  const number = readEnum({ name: 'KalturaNullableBoolean', values: [-1, 0, 1] }, value, name)
  return number === -1 ? null : number === 1
}

/** The refusal of a value that has not the form of its type. */
export const misfit = (name: string, { className }: Place, type: string) =>
  wrongFormat(className ? `${className}::${name}` : name, type)

const invalidEnum = (value: string, name: string, type: string) =>
  new ActionError('INVALID_ENUM_VALUE', { ENUM_VAL: value.slice(0, 100), PARAM_NAME: name, ENUM_TYPE: type })
