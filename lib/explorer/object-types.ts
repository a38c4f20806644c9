import 'server-only'
import type { z } from 'zod'
import type { AnyAction } from '@/lib/action/define-action'
import { declaredSchemaOf, fieldOf } from '@/lib/action/fields'

/** Object schema → the name that it has to itself among all that the API takes and answers. */
export type ObjectTypes = Map<z.ZodType, string>

/**
 * The objects of these actions under names of their own: the contract's name for what is answered; `Input` behind it where what is
 * sent differs, and a number where even that is taken.
 */
export function objectTypes(actions: AnyAction[]): ObjectTypes {
  const types: ObjectTypes = new Map()
  const taken = new Set<string>()

  function visit(schema: z.ZodType, suffix: '' | 'Input') {
    const declared = declaredSchemaOf(schema)
    const field = fieldOf(schema)
    if (field?.kind === 'array') return visit(field.item, suffix)
    if (!declared || field?.kind !== 'object' || types.has(declared)) return
    types.set(declared, freeName(field.name, suffix))
    for (const inner of Object.values(field.shape)) visit(inner, suffix)
  }

  function freeName(name: string, suffix: string) {
    const wanted = taken.has(name) ? name + suffix : name
    let free = wanted
    for (let number = 2; taken.has(free); number++) free = `${wanted}${number}`
    taken.add(free)
    return free
  }

  for (const { output } of actions) visit(output, '')
  for (const { input } of actions) for (const schema of Object.values(shapeOf(input))) visit(schema, 'Input')
  return types
}

/** The parameters of an action by name, in the order of the contract. */
export const shapeOf = (input: z.ZodType) => (input as z.ZodObject<Record<string, z.ZodType>>).shape
