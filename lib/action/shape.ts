import 'server-only'
import type { z } from 'zod'
import { fieldOf } from './fields'
import { withoutNulls } from './without-nulls'

/** Who reads an answer: pages get the fields that are Usher's own, the wire does not. */
export type Reader = 'page' | 'wire'

/** Null where the value stays as it is. */
type Shaper = ((value: unknown) => unknown) | null

const known: Record<Reader, WeakMap<z.ZodType, { shape: Shaper }>> = { page: new WeakMap(), wire: new WeakMap() }

/**
 * Only what the schema lists leaves: a password hash that a handler read stays here. What the fields hold is the action's own doing and
 * is not judged again, as that would cost more than the rest of a list.
 */
export function shaped<S extends z.ZodType>(schema: S, value: unknown, reader: Reader): z.output<S> {
  const shape = shaperOf(schema, reader)
  return (shape ? shape(value) : value) as z.output<S>
}

/** Made once for a schema. */
function shaperOf(schema: z.ZodType, reader: Reader): Shaper {
  let found = known[reader].get(schema)
  if (!found) {
    found = { shape: newShaper(schema, reader) }
    known[reader].set(schema, found)
  }
  return found.shape
}

function newShaper(schema: z.ZodType, reader: Reader): Shaper {
  const field = fieldOf(schema)
  if (field?.kind === 'array') return listShaper(shaperOf(field.item, reader))
  if (field?.kind === 'object') {
    const isLeftOut = (name: string) => reader === 'wire' && field.pageOnly.includes(name)
    return objectShaper(
      Object.entries(field.shape).filter(([name]) => !isLeftOut(name)),
      reader,
    )
  }
  return field ? null : undeclaredShaper(schema, reader)
}

type Def = { type: string; shape?: Record<string, z.ZodType>; element?: z.ZodType; innerType?: z.ZodType }

const scalars = new Set(['string', 'number', 'boolean', 'null', 'enum', 'literal'])

/** Answers of Usher's own are plain zod; what is not known here is judged by zod itself. */
function undeclaredShaper(schema: z.ZodType, reader: Reader): Shaper {
  const { type, shape, element, innerType } = schema.def as unknown as Def
  if (shape) return objectShaper(Object.entries(shape), reader)
  if (element) return listShaper(shaperOf(element, reader))
  if (innerType) return shaperOf(innerType, reader)
  if (scalars.has(type)) return null
  // What is in it is not known, so neither is where it has nulls.
  return reader === 'wire' ? (value) => withoutNulls(schema.parse(value)) : (value) => schema.parse(value)
}

function listShaper(item: Shaper): Shaper {
  return item && ((value) => (Array.isArray(value) ? value.map(item) : value))
}

function objectShaper(properties: [string, z.ZodType][], reader: Reader): Shaper {
  const names = properties.map(([name]) => name)
  const shapers = properties.map(([, schema]) => shaperOf(schema, reader))
  const absent = reader === 'wire' ? undefined : null

  return (value) => {
    if (typeof value !== 'object' || value === null) return value
    const given = value as Record<string, unknown>
    const object: Record<string, unknown> = {}
    for (let at = 0; at < names.length; at++) {
      const name = names[at] as string
      const inner = given[name]
      if (inner === undefined) continue
      const shape = shapers[at]
      // The wire has no null: what is not there is not written, as JSON does with what is undefined (§1.7).
      if (inner === null) object[name] = absent
      else object[name] = shape ? shape(inner) : inner
    }
    return object
  }
}
