import 'server-only'
import { ActionError } from '@/lib/action/errors'

/** Request parameters: nested, without prototype, so that a name from outside is never more than a name (I05). */
export type Params = { [name: string]: ParamValue }
export type ParamValue = string | number | boolean | null | ParamValue[] | Params

const deepest = 32
const mostKeys = 1_000

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Collects parameters from several places; what came first wins (§1.1, I07). */
export function newParams() {
  const params = empty()
  let keys = 0

  function count(name: string) {
    if (forbidden.has(name)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: name })
    if (++keys > mostKeys) throw new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: 'parameters', MAX_LEN: mostKeys })
  }

  /** A form field: `user:firstName` and `user[firstName]` go into objects. */
  function putField(name: string, value: string) {
    const path = pathOf(name)
    if (path.length > deepest) throw tooDeep(path[0] ?? '')
    let at = params
    for (const [depth, step] of path.entries()) {
      if (depth === path.length - 1) {
        if (!(step in at)) {
          count(step)
          at[step] = value
        }
        return
      }
      const inner = at[step]
      if (inner === undefined) {
        count(step)
        at[step] = empty()
      } else if (!isMap(inner)) return
      at = at[step] as Params
    }
  }

  /** A JSON object; its own keys may hold `:` (§1.2). */
  function putJson(value: object) {
    for (const [name, inner] of Object.entries(value)) {
      const copied = copy(inner, name, 1)
      const path = name.includes(':') ? pathOf(name) : [name]
      merge(
        params,
        path.slice(0, -1).reduceRight<Params>((nested, step) => only(step, nested), only(path.at(-1) ?? '', copied)),
      )
    }
  }

  function only(name: string, value: ParamValue) {
    count(name)
    const map = empty()
    map[name] = value
    return map
  }

  function copy(value: unknown, top: string, depth: number): ParamValue {
    if (depth > deepest) throw tooDeep(top)
    if (Array.isArray(value)) {
      keys += value.length
      count('')
      return value.map((item) => copy(item, top, depth + 1))
    }
    if (typeof value === 'object' && value !== null) {
      const map = empty()
      for (const [name, inner] of Object.entries(value)) {
        count(name)
        map[name] = copy(inner, top, depth + 1)
      }
      return map
    }
    return value as string | number | boolean | null
  }

  return { params, putField, putJson }
}

/** Adds what is not there yet. */
function merge(into: Params, from: Params) {
  for (const [name, value] of Object.entries(from)) {
    const there = into[name]
    if (there === undefined) into[name] = value
    else if (isMap(there) && isMap(value)) merge(there, value)
  }
}

export const isMap = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value)

const empty = (): Params => Object.create(null)

const tooDeep = (name: string) =>
  new ActionError('PROPERTY_VALIDATION_MAX_LENGTH', { PROP_NAME: name.slice(0, 100), MAX_LEN: deepest })

/** `filter:idIn` and `filter[idIn]` → `filter`, `idIn`. */
function pathOf(name: string) {
  const bracket = name.indexOf('[')
  if (bracket <= 0) return name.split(':')
  const steps = name
    .slice(bracket + 1)
    .replace(/\]$/, '')
    .split('][')
  return [...name.slice(0, bracket).split(':'), ...steps]
}
