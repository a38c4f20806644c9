import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { codeOf, contextOf, newAccount, operatorContext } from '@/lib/testing'
import { newContext } from './context'
import { fieldOf } from './fields'
import { allActions, findAction } from './registry'
import { runAction } from './run-action'

freshDatabase()

/** May it be called: without a session, with a USER session, with an ADMIN session (§2.3)? */
type Row = { parameters: string[]; permission: string[]; anonymous: boolean; user: boolean; admin: boolean }

const open = { anonymous: true, user: true, admin: true }
const adminsOnly = { anonymous: false, user: false, admin: true }
const operatorOnly = { anonymous: false, user: false, admin: false }
const publicPermissions = ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION']

/** Taken from the contract; what stands behind `+` is Usher's own and optional. */
const table: Record<string, Row> = {
  'user.add': { parameters: ['user'], permission: ['ADMIN_USER_ADD'], ...adminsOnly },
  'user.delete': { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  'user.get': {
    parameters: ['userId?'],
    permission: ['ADMIN_BASE', 'KMC_READ_ONLY', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
    anonymous: false,
    user: true,
    admin: true,
  },
  'user.list': {
    parameters: ['filter?', 'pager?'],
    permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'EP_BASE', 'CAPTURE_DEVICE_PERMISSION', 'WEBCAST_PRODUCER_PERMISSION'],
    ...adminsOnly,
  },
  'user.login': {
    parameters: ['partnerId', 'userId', 'password', 'expiry=86400', 'privileges=*'],
    permission: publicPermissions,
    ...open,
  },
  'user.loginByLoginId': {
    parameters: ['loginId', 'password', 'partnerId?', 'expiry=86400', 'privileges=*', 'otp?'],
    permission: publicPermissions,
    ...open,
  },
  'user.update': {
    parameters: ['userId', 'user', 'version?', 'blockReason?', 'blockedUntil?'],
    permission: ['ADMIN_USER_UPDATE'],
    ...adminsOnly,
  },
  'user.restore': { parameters: ['userId'], permission: ['ADMIN_USER_DELETE'], ...adminsOnly },
  'session.start': {
    parameters: ['secret', 'userId?', 'type=0', 'partnerId?', 'expiry=86400', 'privileges?'],
    permission: ['ALWAYS_ALLOWED_ACTIONS'],
    ...open,
  },
  'session.get': { parameters: ['session?'], permission: ['ADMIN_BASE'], ...adminsOnly },
  'session.end': { parameters: [], permission: ['ALWAYS_ALLOWED_ACTIONS'], ...open },
  'userRole.list': { parameters: [], permission: ['ADMIN_BASE'], ...adminsOnly },
  'partner.create': {
    parameters: ['name', 'adminEmail', 'adminFirstName?', 'adminLastName?', 'adminPassword?'],
    permission: [],
    ...operatorOnly,
  },
  'partner.setUp': {
    parameters: ['name', 'adminEmail', 'adminFirstName?', 'adminLastName?', 'token', 'adminPassword'],
    permission: [],
    ...open,
  },
  'audit.list': { parameters: ['filter?', 'beforeKey?', 'pageSize=30'], permission: ['ADMIN_BASE'], ...adminsOnly },
}

describe('every action', () => {
  it('Z04 stands in the table, and everything in the table is an action', () => {
    const names = allActions().map((action) => action.name)
    expect(names.filter((name) => name !== 'partner.update').sort()).toEqual(Object.keys(table).sort())
  })

  it.each(Object.entries(table))('%s has the parameters, defaults and permissions of the contract', (name, row) => {
    const action = find(name)
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

  it('Z04 keeps the operator’s actions from everybody else', async () => {
    const ctx = await contextOf(await newAccount())
    expect(codeOf(await runAction(find('partner.update'), ctx, { partnerId: 1 }))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(find('partner.update'), operatorContext(), { partnerId: 1 }))).toBe('UNKNOWN_PARTNER_ID')
    expect(codeOf(await runAction(find('user.list'), operatorContext(), {}))).toBe('MISSING_KS')
  })

  it('O02 answers nothing that is a secret', () => {
    const secrets = /password|secret|seed|hash/i
    for (const action of allActions()) {
      if (action.name === 'partner.create') continue
      const leaking = fieldNames(action.output).filter((name) => secrets.test(name) && name !== 'encryptedSeed')
      expect(leaking, action.name).toEqual([])
    }
  })
})

function find(name: string) {
  const [service = '', action = ''] = name.split('.')
  return findAction(service, action)
}

/** `name`, `name?` if it may be left out, `name=default`. */
function parametersOf(input: z.ZodType) {
  const { shape } = input as z.ZodObject<Record<string, z.ZodType>>
  return Object.entries(shape).map(([name, schema]) => {
    const def = schema.def as { type: string; defaultValue?: unknown }
    if (def.type === 'default') return `${name}=${def.defaultValue}`
    return def.type === 'optional' ? `${name}?` : name
  })
}

function fieldNames(schema: z.ZodType): string[] {
  const field = fieldOf(schema)
  if (field?.kind === 'array') return fieldNames(field.item)
  const shape = field?.kind === 'object' ? field.shape : (schema as unknown as { shape?: Record<string, z.ZodType> }).shape
  return Object.entries(shape ?? {}).flatMap(([name, inner]) => [name, ...fieldNames(inner)])
}
