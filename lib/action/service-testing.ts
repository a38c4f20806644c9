import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { codeOf, contextOf, newAccount } from '@/lib/testing'
import { newContext } from './context'
import { fieldOf } from './fields'
import { findAction, services } from './registry'
import { runAction } from './run-action'

/**
 * What the contract says of an action: its parameters in order (`name`, `name?` if it may be left out, `name=default`), its
 * permissions, and whether it may be called without a session, with a USER session, with an ADMIN session (§2.3).
 */
export type Row = { parameters: string[]; permission: string[]; anonymous: boolean; user: boolean; admin: boolean }

export const open = { anonymous: true, user: true, admin: true }
export const signedIn = { anonymous: false, user: true, admin: true }
export const adminsOnly = { anonymous: false, user: false, admin: true }
export const operatorOnly = { anonymous: false, user: false, admin: false }

/** For tests: holds a whole service against a table taken from the contract. An action without a row fails. */
export function describeService(service: string, table: Record<string, Row>) {
  freshDatabase()

  describe(`every action of ${service}`, () => {
    const find = (action: string) => findAction(service, action)

    it('Z04 stands in the table, and everything in the table is an action', () => {
      expect(Object.keys(services[service] ?? {}).sort()).toEqual(Object.keys(table).sort())
    })

    it.each(Object.entries(table))('%s has the parameters, defaults and permissions of the contract', (name, row) => {
      const action = find(name)
      expect(action.name).toBe(`${service}.${name}`)
      expect(parametersOf(action.input)).toEqual(row.parameters)
      expect([...action.permission]).toEqual(row.permission)
      expect(action.summary).toMatch(/\.$/)
    })

    it('Z04 lets in whom the contract lets in', async () => {
      const account = await newAccount()
      const callers = {
        anonymous: newContext({ origin: 'wire' }),
        user: await contextOf(account, { type: 0, userId: 'plain', privileges: '*,setrole_:x' }),
        admin: await contextOf(account),
      }
      for (const [name, row] of Object.entries(table)) {
        for (const [caller, ctx] of Object.entries(callers)) {
          const code = codeOf(await runAction(find(name), ctx, {}))
          const isRefused = code === 'SERVICE_FORBIDDEN' || code === 'MISSING_KS'
          expect(`${name} ${caller} ${!isRefused}`).toBe(`${name} ${caller} ${row[caller as keyof typeof callers]}`)
        }
      }
    })
  })
}

function parametersOf(input: z.ZodType) {
  const { shape } = input as z.ZodObject<Record<string, z.ZodType>>
  return Object.entries(shape).map(([name, schema]) => {
    const def = schema.def as { type: string; defaultValue?: unknown }
    if (def.type === 'default') return `${name}=${def.defaultValue}`
    return def.type === 'optional' ? `${name}?` : name
  })
}

/** Every name that an answer can hold, at any depth. */
export function fieldNames(schema: z.ZodType): string[] {
  const field = fieldOf(schema)
  if (field?.kind === 'array') return fieldNames(field.item)
  const shape = field?.kind === 'object' ? field.shape : (schema as unknown as { shape?: Record<string, z.ZodType> }).shape
  return Object.entries(shape ?? {}).flatMap(([name, inner]) => [name, ...fieldNames(inner)])
}
