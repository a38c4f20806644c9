import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { codeOf, contextOf, newAccount, operatorContext } from '@/lib/testing'
import { allActions, findAction, services } from './registry'
import { runAction } from './run-action'
import { fieldNames } from './service-testing'

freshDatabase()

/** Wire name → folder, where they differ. */
const folders: Record<string, string> = { userRole: 'user-role' }

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

  it('O02 answers nothing that is a secret', () => {
    const secrets = /password|secret|seed|hash/i
    for (const action of allActions()) {
      if (action.name === 'partner.create') continue
      const leaking = fieldNames(action.output).filter((name) => secrets.test(name) && name !== 'encryptedSeed')
      expect(leaking, action.name).toEqual([])
    }
  })
})
