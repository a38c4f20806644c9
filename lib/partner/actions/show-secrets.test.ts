import { beforeAll, describe, expect, it } from 'vitest'
import { withPartner } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { type Context, newContext, operator } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { newAddress } from '@/lib/auth/gates-testing'
import { encodeKsV2 } from '@/lib/auth/ks'
import { findPartner } from '@/lib/auth/partner'
import { withKs } from '@/lib/auth/session-context'
import { adminSecret, makePartner, makePerson, makeRole, noon, password, userSecret, wire } from '@/lib/auth/testing'
import { codeOf, data } from '@/lib/testing'
import { showSecrets } from './show-secrets'

freshDatabase()

const inAnHour = noon + 3_600_000
let partnerId: number
beforeAll(async () => {
  partnerId = await makePartner({ adminLoginUsersQuota: -1 })
})

async function inBrowser(roleIds: string, later = noon): Promise<Context> {
  const person = await makePerson(partnerId, { isAdmin: true, roleIds })
  const page = (now: number) => wire({ origin: 'page', address: newAddress(), now })
  const ticket = await openBrowserSession(page(noon), person.login.loginEmail, password)
  // Kept busy, so that it is never idle.
  for (let now = noon; now < later; now += 600_000) await withBrowserSession(page(now), ticket)
  const ctx = await withBrowserSession(page(later), ticket)
  if (!ctx) throw new Error('Not signed in')
  return ctx
}

describe('partner.showSecrets', () => {
  it('shows both to an administrator with all rights in the console, and keeps that he saw them', async () => {
    const ctx = await inBrowser('1')
    expect(data(await runAction(showSecrets, ctx, {}))).toEqual({ adminSecret, userSecret })
    const [entry] = await withPartner(partnerId, () => listAuditEntries(partnerId, {}, 1))
    expect(entry).toMatchObject({ action: 'partner.showSecrets', result: 'OK', targetId: String(partnerId) })
    expect(JSON.stringify(entry)).not.toContain(adminSecret)
  })

  it('S11 asks for the password again after a while', async () => {
    expect(codeOf(await runAction(showSecrets, await inBrowser('1', inAnHour), {}))).toBe('PROOF_REQUIRED')
  })

  it('Z08 shows nobody a key to rights that he lacks', async () => {
    const narrow = await makeRole(partnerId, ['ADMIN_BASE', 'KMC_ACCESS', 'ACCOUNT_UPDATE_SETTINGS'])
    expect(codeOf(await runAction(showSecrets, await inBrowser(String(narrow)), {}))).toBe('SERVICE_FORBIDDEN')
    const reader = await makeRole(partnerId, ['ADMIN_BASE', 'KMC_ACCESS'])
    expect(codeOf(await runAction(showSecrets, await inBrowser(String(reader)), {}))).toBe('SERVICE_FORBIDDEN')
  })

  it('makes no lasting secret of a KS, which is to end', async () => {
    const fields = { partnerId, expiry: noon / 1000 + 3600, type: 2, userId: '', privileges: '' }
    const ks = await withKs(wire(), encodeKsV2(fields, adminSecret, wire().random(16)), { action: 'x', uri: '' })
    expect(codeOf(await runAction(showSecrets, ks, {}))).toBe('SERVICE_FORBIDDEN')
  })

  it('is there for the operator, too', async () => {
    const ctx = newContext({ origin: 'cli', actor: operator, partner: await findPartner(partnerId) })
    expect(data(await runAction(showSecrets, ctx, {}))).toEqual({ adminSecret, userSecret })
  })
})
