import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { asAdmin, codeOf, contextOf, data, newAccount, operatorContext, storedUser } from '@/lib/testing'
import { allActions, findAction, services } from './registry'
import type { Result } from './result'
import { runAction } from './run-action'
import { fieldNames } from './service-testing'

freshDatabase()

/** Wire name → folder, where they differ. */
const folders: Record<string, string> = {
  userRole: 'user-role',
  appToken: 'app-token',
  group_group: 'group',
  groupUser: 'group-user',
  bulkupload_bulk: 'bulk-upload',
  exportcsv: 'export-csv',
  job: 'jobs',
}

describe('every service', () => {
  it.each(Object.keys(services))('Z04 %s is held against a table of the contract', (name) => {
    expect(existsSync(join('lib', folders[name] ?? name, 'service.test.ts'))).toBe(true)
  })

  it('Z04 keeps the operator’s actions from everybody else', async () => {
    const update = findAction('partner', 'update')
    const ctx = await contextOf(await newAccount())
    expect(codeOf(await runAction(update, ctx, { partnerId: 1 }))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(update, operatorContext(), { partnerId: 1 }))).toBe('UNKNOWN_PARTNER_ID')
    expect(codeOf(await runAction(findAction('user', 'list'), operatorContext(), {}))).toBe('MISSING_KS')
  })

  it('Z01 answers for people of another account as for people who are not there, and leaves them alone', async () => {
    const [mine, theirs] = [await newAccount(), await newAccount()]
    data(await asAdmin(theirs, findAction('user', 'add'), { user: { id: 'theirs', city: 'Bern' } }))
    const before = await storedUser(theirs, 'theirs')
    const ctx = await contextOf(mine)
    const about = allActions().filter(({ audience, input }) => audience === 'partner' && 'userId' in shapeOf(input))
    expect(about.length).toBeGreaterThan(3)
    for (const action of about) {
      const call = (userId: string) => runAction(action, ctx, { ...mandatory(action.input), userId })
      const [foreign, absent] = [await call('theirs'), await call('nobody')]
      expect(codeOf(foreign), action.name).not.toBe('OK')
      expect(JSON.stringify(withoutId(foreign)), action.name).toBe(JSON.stringify(withoutId(absent)))
    }
    expect(await storedUser(theirs, 'theirs')).toEqual(before)
  })

  it('O02 answers nothing that is a secret', () => {
    const secrets = /password|secret|seed|hash/i
    // What the caller himself enrols with, the name of an algorithm, and rules that whoever chooses a password must know.
    const rules = ['passwordPreset', 'passwordRules', 'previousPasswordsKept', 'passwordReplaceFrequency']
    const harmless = ['encryptedSeed', 'hashType', ...rules]
    for (const action of allActions()) {
      // What these are for.
      if (['partner.create', 'partner.showSecrets'].includes(action.name)) continue
      const leaking = fieldNames(action.output).filter((name) => secrets.test(name) && !harmless.includes(name))
      expect(leaking, action.name).toEqual([])
    }
  })
})

const shapeOf = (input: z.ZodType) => (input as z.ZodObject<Record<string, z.ZodType>>).shape

/** What must be sent: nothing that would be refused before the person is looked for. */
function mandatory(input: z.ZodType) {
  const needed = Object.entries(shapeOf(input)).filter(([, schema]) => !schema.safeParse(undefined).success)
  return Object.fromEntries(needed.map(([name, schema]) => [name, schema.safeParse({}).success ? {} : 'a-Good-value-1']))
}

/** The ids and the request are what was asked with, not what was found. */
function withoutId(result: Result<unknown>) {
  if (result.ok) return result
  const { requestId: _, ...error } = result.error
  return JSON.parse(JSON.stringify(error).replaceAll(/theirs|nobody/g, 'somebody'))
}
