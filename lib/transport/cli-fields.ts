import 'server-only'
import type { z } from 'zod'
import type { AnyAction } from '@/lib/action/define-action'
import { fieldOf } from '@/lib/action/fields'
import { isMap, type Params, type ParamValue } from './api-v3/params'

type Shape = Record<string, z.ZodType>

/** What was typed, and the names that stand without a value, in the order of the words. */
export type Words = { fields: Params; alone: string[] }

/** `--a.b 1 --json` → `{ a: { b: '1' }, json: 'true' }`. A name that stands alone is true, where `refuseAlone` lets it. */
export function readFields(words: string[]): Words {
  const fields: Params = {}
  const alone: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) throw new Error(`Expected --field before "${word}".`)
    const [name = '', inline] = splitOnce(word.slice(2))
    const next = words[at + 1]
    const given = inline ?? (next?.startsWith('--') ? undefined : next)
    if (inline === undefined && given !== undefined) at++
    if (given === undefined) alone.push(name)
    put(fields, name.split('.'), given ?? 'true')
  }
  return { fields, alone }
}

function splitOnce(word: string) {
  const at = word.indexOf('=')
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

function put(fields: Params, [first = '', ...rest]: string[], value: string) {
  // Below it is what all objects share, those of the commands that follow too (I05).
  if (first === '__proto__') throw new Error('There is no field with the name __proto__.')
  if (rest.length === 0) {
    fields[first] = givenValue(value)
    return
  }
  const inner = fields[first]
  const next = isMap(inner) ? inner : {}
  fields[first] = next
  put(next, rest, value)
}

/** A list or an object may be given as JSON. */
function givenValue(text: string): ParamValue {
  if (!/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The wire leaves out what it does not know; whoever types a name wrong wants to be told, before anything is done. */
export function refuseUnknown(action: AnyAction, fields: Params) {
  const { shape } = action.input as z.ZodObject<Shape>
  const { partnerId: _, ...others } = fields
  refuseIn(action.name, action.audience === 'partner' ? others : fields, shape, '')
}

function refuseIn(action: string, fields: Params, shape: Shape, path: string) {
  for (const [name, value] of Object.entries(fields)) {
    const schema = own(shape, name) ?? own(shape, name.replace(/__null$/, ''))
    if (!schema && name !== 'objectType') throw unknown(action, `${path}${name}`, shape, path)
    const field = schema && fieldOf(schema)
    if (field?.kind === 'object' && isMap(value)) refuseIn(action, value, field.shape, `${path}${name}.`)
  }
}

/** Only what is true or false may stand alone, and `name__null`, which says all by itself. */
export function refuseAlone(action: AnyAction, alone: string[]) {
  const { shape } = action.input as z.ZodObject<Shape>
  const name = alone.find((each) => !mayStandAlone(shape, each.split('.')))
  if (name !== undefined) throw needsValue(name)
}

function mayStandAlone(shape: Shape, [first = '', ...rest]: string[]): boolean {
  const schema = own(shape, first)
  const field = schema && fieldOf(schema)
  if (rest.length > 0) return field?.kind === 'object' && mayStandAlone(field.shape, rest)
  return schema ? field?.kind === 'bool' || field?.kind === 'nullableBool' : first.endsWith('__null')
}

export const needsValue = (name: string) => new Error(`--${name} needs a value.`)

/** What every object inherits, such as `constructor`, is no field. */
const own = (shape: Shape, name: string) => (Object.hasOwn(shape, name) ? shape[name] : undefined)

function unknown(action: string, name: string, shape: Shape, path: string) {
  const names = Object.keys(shape).filter((known) => known !== 'objectType')
  const choice = names.length === 0 ? 'no fields' : names.map((known) => `--${path}${known}`).join(', ')
  return new Error(`There is no --${name} in ${action}. It takes ${choice}.`)
}
