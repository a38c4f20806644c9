import 'server-only'
import type { z } from 'zod'
import { type Field, fieldOf } from '@/lib/action/fields'

/** How an answer is to be cut: XML shows what is null, and a caller may ask for some fields only (§1.9). */
export type Cut = { keepsNulls: boolean; shows?: (name: string) => boolean }

type Shape = (value: unknown, cut: Cut) => unknown

const shapes = new WeakMap<z.ZodType, Shape>()

/** What leaves on the wire: the answer without the fields that only pages get, as plain data that every format can write. */
export function wireShape(schema: z.ZodType, data: unknown, cut: Cut): unknown {
  return data === null || data === undefined ? null : shapeOf(schema)(data, cut)
}

function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema)
  if (known) return known
  const field = fieldOf(schema)
  const shape = field?.kind === 'object' ? objectShape(field) : field?.kind === 'array' ? arrayShape(field.item) : plain
  shapes.set(schema, shape)
  return shape
}

function arrayShape(item: z.ZodType): Shape {
  const shape = shapeOf(item)
  return (items, cut) => (items as unknown[]).map((each) => shape(each, cut))
}

function objectShape({ name: className, shape, pageOnly }: Extract<Field, { kind: 'object' }>): Shape {
  const properties = Object.entries(shape)
    .filter(([name]) => !pageOnly.includes(name))
    .map(([name, schema]) => ({ name, shape: shapeOf(schema) }))
  const isWrapper = className.endsWith('ListResponse')

  return (value, cut) => {
    const given = value as Record<string, unknown>
    const shows = isWrapper ? undefined : cut.shows
    // What is inside of an object goes or stays with it; only the items of a list are objects of their own.
    const inner = isWrapper || !cut.shows ? cut : { keepsNulls: cut.keepsNulls }
    const object: Record<string, unknown> = {}
    for (const { name, shape } of properties) {
      const property = given[name]
      if (property === undefined || (shows && name !== 'objectType' && !shows(name))) continue
      if (property !== null) object[name] = typeof property === 'object' ? shape(property, inner) : property
      else if (cut.keepsNulls) object[name] = null
    }
    return object
  }
}

/** Data without a declared type, as it is; nulls go as everywhere. */
function plain(value: unknown, { keepsNulls }: Cut): unknown {
  if (typeof value !== 'object' || value === null || keepsNulls) return value
  if (Array.isArray(value)) return value.map((item) => plain(item, { keepsNulls }))
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)
  return Object.fromEntries(kept.map(([name, inner]) => [name, plain(inner, { keepsNulls })]))
}
