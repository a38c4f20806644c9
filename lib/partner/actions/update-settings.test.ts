import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { newContext, operator } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import type { UpdateSettingsInput } from '../schema'
import { getSettings } from './get-settings'
import { updatePartner } from './update-partner'
import { updateSettings } from './update-settings'

freshDatabase()

const read = async (account: Account) => data(await asAdmin(account, getSettings, {}))
type Wish = z.input<typeof UpdateSettingsInput>
const set = (account: Account, wish: Wish) => asAdmin(account, updateSettings, wish)

describe('partner.updateSettings', () => {
  it('changes what is sent, keeps the rest, answers the next version, and writes it down', async () => {
    const account = await newAccount()
    const { version } = await read(account)
    const wish = { version, maxLoginAttempts: 3, allowedAdminEmailDomains: 'acme.example, acme.test' }
    const changed = data(await set(account, wish))
    expect(changed).toMatchObject({
      maxLoginAttempts: 3,
      allowedAdminEmailDomains: ['acme.example', 'acme.test'],
      passwordPreset: 'compatible',
      loginBlockPeriod: 900,
    })
    expect(changed.version).toBeGreaterThan(version)
    expect(await read(account)).toEqual(changed)
    const [entry] = await acrossPartners(() => listAuditEntries(account.partnerId, { actions: ['partner.updateSettings'] }, 1))
    expect(entry?.changes).toMatchObject({ maxLoginAttempts: { after: 3 } })
  })

  it.each([
    ['not a domain, @x', 'not a domain'],
    ['acme.example, @x', '@x'],
    ['ann@acme.example', 'ann@acme.example'],
    ['localhost', 'localhost'],
    ['-acme.example', '-acme.example'],
    ['acme..example', 'acme..example'],
    ['*.acme.example', '*.acme.example'],
  ])('refuses domains of e-mail addresses that are none: %s', async (allowedAdminEmailDomains, first) => {
    const account = await newAccount()
    const { version } = await read(account)
    const fields = { allowedAdminEmailDomains: `"${first}" is no domain. Write it like acme.example.` }
    expect(await set(account, { version, allowedAdminEmailDomains })).toMatchObject({
      error: { code: 'INVALID_FIELD_VALUE', fields },
    })
    const input = { partnerId: account.partnerId, allowedAdminEmailDomains }
    expect(await runAction(updatePartner, newContext({ origin: 'cli', actor: operator }), input)).toMatchObject({
      error: { fields },
    })
  })

  it('A03 keeps room for the step to the code: of fewer than two attempts it would be the last', async () => {
    const account = await newAccount()
    const { version } = await read(account)
    expect(await set(account, { version, maxLoginAttempts: 1 })).toMatchObject({
      error: { code: 'INVALID_FIELD_VALUE', fields: { maxLoginAttempts: 'The least is 2.' } },
    })
    expect(data(await set(account, { version, maxLoginAttempts: 2 }))).toMatchObject({ maxLoginAttempts: 2 })
  })

  it('takes domains however they are written, and none to allow any', async () => {
    const account = await newAccount()
    const wish = { version: (await read(account)).version, allowedAdminEmailDomains: 'Acme.Example , bücher.example' }
    const { version, ...changed } = data(await set(account, wish))
    expect(changed.allowedAdminEmailDomains).toEqual(['acme.example', 'bücher.example'])
    const admin = { id: 'ida', email: 'ida@ACME.example', isAdmin: true, password: goodPassword }
    expect(codeOf(await asAdmin(account, addUser, { user: admin }))).toBe('OK')
    expect(data(await set(account, { version, allowedAdminEmailDomains: '' })).allowedAdminEmailDomains).toEqual([])
  })

  it('holds for the next sign-in: own rules are what a password must follow', async () => {
    const account = await newAccount()
    const { version } = await read(account)
    const passwordRules = [{ pattern: '^[a-z]{12}$', message: 'Twelve small letters' }]
    data(await set(account, { version, passwordPreset: 'own', passwordRules }))
    const user = (password: string) => ({ user: { id: 'ida', email: 'ida@acme.example', password } })
    expect(codeOf(await asAdmin(account, addUser, user('Tr4velling-light')))).toBe('PASSWORD_STRUCTURE_INVALID')
    expect(codeOf(await asAdmin(account, addUser, user('qwpoeirutzal')))).toBe('OK')
  })

  it('holds for the next session of a program: it lives no longer than the account lets it', async () => {
    const account = await newAccount()
    const { version, ksMaxExpiry } = await read(account)
    expect(ksMaxExpiry).toBe(86_400)
    data(await set(account, { version, ksMaxExpiry: 60 }))
    const { actor } = await contextOf(account)
    expect(actor.kind === 'user' && actor.expiresAt - Date.now() / 1000).toBeLessThanOrEqual(60)
    expect(codeOf(await set(account, { version: (await read(account)).version, ksMaxExpiry: 0 }))).not.toBe('OK')
  })

  it('S11 sets how long browsers stay signed in, up to what the installation lets them', async () => {
    const account = await newAccount()
    const { version, ...before } = await read(account)
    expect(before).toMatchObject({ sessionIdleMinutes: 0, sessionHours: 0, mostSessionIdleMinutes: 30, mostSessionHours: 12 })
    expect(await set(account, { version, sessionIdleMinutes: 31 })).toMatchObject({
      error: { code: 'INVALID_FIELD_VALUE', fields: { sessionIdleMinutes: 'The most is 30.' } },
    })
    expect(await set(account, { version, sessionHours: 13 })).toMatchObject({
      error: { code: 'INVALID_FIELD_VALUE', fields: { sessionHours: 'The most is 12.' } },
    })
    expect(codeOf(await set(account, { version, sessionHours: -1 }))).toBe('INVALID_FIELD_VALUE')
    const lives = { sessionIdleMinutes: 30, sessionHours: 12 }
    expect(data(await set(account, { version, ...lives }))).toMatchObject(lives)
    const { partnerId } = account
    const operators = newContext({ origin: 'cli', actor: operator })
    expect(codeOf(await runAction(updatePartner, operators, { partnerId, sessionHours: 13 }))).toBe('INVALID_FIELD_VALUE')
    expect(data(await runAction(updatePartner, operators, { partnerId, sessionHours: 1 })).settings).toMatchObject({
      sessionIdleMinutes: 30,
      sessionHours: 1,
    })
  })

  it('R19 of two changes from one version the second is a conflict and changes nothing', async () => {
    const account = await newAccount()
    const { version } = await read(account)
    const first = data(await set(account, { version, maxLoginAttempts: 3 }))
    expect(codeOf(await set(account, { version, maxLoginAttempts: 4 }))).toBe('VERSION_CONFLICT')
    expect(await read(account)).toEqual(first)
  })

  it('A14 refuses rules that cannot be run in linear time, and says which', async () => {
    const account = await newAccount()
    const { version } = await read(account)
    const passwordRules = [
      { pattern: 'a', message: 'An a' },
      { pattern: '(a)\\1', message: 'Twice' },
    ]
    const refused = await set(account, { version, passwordRules })
    expect(codeOf(refused)).toBe('INVALID_FIELD_VALUE')
    expect(refused).toMatchObject({ error: { fields: { 'passwordRules.1.pattern': expect.any(String) } } })
  })

  it('Z04 needs the permission, and takes nothing that only the operator sets', async () => {
    const account = await newAccount()
    const roleIds = String(await makeRole(account.partnerId, ['ADMIN_BASE', 'ACCOUNT_BASE']))
    data(await asAdmin(account, addUser, { user: { id: 'reader', email: 'reader@acme.example', isAdmin: true, roleIds } }))
    const reader = await contextOf(account, { userId: 'reader' })
    const { version } = data(await runAction(getSettings, reader, {}))
    expect(codeOf(await runAction(updateSettings, reader, { version, maxLoginAttempts: 3 }))).toBe('SERVICE_FORBIDDEN')

    const kept = data(await set(account, { version, ...{ adminLoginUsersQuota: 1000 } }))
    expect(kept.adminLoginUsersQuota).not.toBe(1000)
  })
})
