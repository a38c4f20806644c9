import 'server-only'
import type { z } from 'zod'
import { fieldOf } from '@/lib/action/fields'

/** What leaves on the wire: the answer without the fields that only pages get. Nulls stay; the formats treat them differently. */
export function wireShape(schema: z.ZodType, data: unknown): unknown {
  const field = fieldOf(schema)
  if (data === null || data === undefined || !field) return data
  if (field.kind === 'array') return (data as unknown[]).map((item) => wireShape(field.item, item))
  if (field.kind !== 'object') return data

  const object: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(data)) {
    const property = field.shape[name]
    if (property && !field.pageOnly.includes(name)) object[name] = typeof value === 'object' ? wireShape(property, value) : value
  }
  return object
}
