import 'server-only'
import { ActionError } from '@/lib/action/errors'

/** Request parameters: nested, without prototype, so that a name from outside is never more than a name (I05). */
export type Params = { [name: string]: ParamValue }
export type ParamValue = string | number | boolean | null | ParamValue[] | Params

const deepest = 32
const mostKeys = 1_000

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

export const emptyParams = (): Params => Object.create(null)

export const isMap = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Collects parameters from several places; what came first wins (§1.1, I07). */
export function newParams() {
  const params = emptyParams()
  let keys = 0

  function count(name: string) {
    if (forbidden.has(name)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name })
    if (++keys > mostKeys) throw new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'parameters', MAX_LEN: mostKeys })
  }

  /** A form field: `user:firstName` and `user[firstName]` go into objects, `ids[]` into the next place of a list. */
  function putField(name: string, value: string) {
    const path = pathOf(name)
    let at = params
    for (const [depth, given] of path.entries()) {
      const step = given === '' && depth > 0 ? String(Object.keys(at).length) : given
      const isLast = depth === path.length - 1
      if (!(step in at)) {
        count(step)
        at[step] = isLast ? value : emptyParams()
      }
      const inner = at[step]
      if (isLast || !isMap(inner)) return
      at = inner
    }
  }

  /** A JSON object; its own keys may hold `:` (§1.2). */
  function putJson(value: object) {
    for (const [name, inner] of Object.entries(value)) {
      const [first = '', ...rest] = name.includes(':') ? pathOf(name) : [name]
      const nested = rest.reduceRight<ParamValue>((deeper, step) => only(step, deeper), copy(inner, first, 1))
      count(first)
      merge(params, first, nested)
    }
  }

  function only(name: string, value: ParamValue) {
    count(name)
    const map = emptyParams()
    map[name] = value
    return map
  }

  function copy(value: unknown, top: string, depth: number): ParamValue {
    if (typeof value !== 'object' || value === null) return value as string | number | boolean | null
    if (depth > deepest) throw tooDeep(top)
    if (Array.isArray(value)) {
      return value.map((item) => {
        count('')
        return copy(item, top, depth + 1)
      })
    }
    const map = emptyParams()
    for (const [name, inner] of Object.entries(value)) {
      count(name)
      map[name] = copy(inner, top, depth + 1)
    }
    return map
  }

  return { params, putField, putJson }
}

export type Collected = ReturnType<typeof newParams>

/** Adds what is not there yet, at any depth. */
function merge(into: Params, name: string, value: ParamValue) {
  const there = into[name]
  if (there === undefined) into[name] = value
  else if (isMap(there) && isMap(value)) for (const [inner, given] of Object.entries(value)) merge(there, inner, given)
}

/** `filter:idIn` and `filter[idIn]` → `filter`, `idIn`. */
export function pathOf(name: string) {
  const bracket = name.indexOf('[')
  const path = bracket <= 0 ? name.split(':') : [...name.slice(0, bracket).split(':'), ...bracketsOf(name.slice(bracket + 1))]
  if (path.length > deepest) throw tooDeep(path[0] ?? '')
  return path
}

const bracketsOf = (steps: string) => steps.replace(/\]$/, '').split('][')

const tooDeep = (name: string) =>
  new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: name.slice(0, 100), MAX_LEN: deepest })
