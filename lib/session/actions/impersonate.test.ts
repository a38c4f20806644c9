import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { listUsers } from '@/lib/user/actions/list-users'
import { impersonate } from './impersonate'

freshDatabase()

describe('session.impersonate', () => {
  it('starts a session for a user of the same account', async () => {
    const account = await newAccount()
    const input = { secret: account.adminSecret, impersonatedPartnerId: account.partnerId, userId: 'ann', type: 0, expiry: 60 }
    const ks = data(await runAction(impersonate, await contextOf(account), input))
    const { actor, partner } = await withKs(newContext({ origin: 'wire' }), ks, { action: 'test', uri: '/' })
    expect(partner?.id).toBe(account.partnerId)
    expect(actor).toMatchObject({ kind: 'user', userId: 'ann', isAdminSession: false })
  })

  it('Z01 Z02 starts none in another account, whichever parameter names it', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    const ctx = await contextOf(own)
    const inputs = [
      { secret: own.adminSecret, impersonatedPartnerId: other.partnerId },
      { secret: other.adminSecret, impersonatedPartnerId: other.partnerId },
      { secret: own.adminSecret, impersonatedPartnerId: own.partnerId, partnerId: other.partnerId },
    ]
    for (const input of inputs) expect(codeOf(await runAction(impersonate, ctx, input))).toBe('PARTNER_ACCESS_FORBIDDEN')
  })

  it('S04 asks for the secret as well, and gives no rights for the user secret', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account)
    const to = { impersonatedPartnerId: account.partnerId, userId: account.adminUserId }
    expect(codeOf(await runAction(impersonate, ctx, { ...to, secret: 'guess' }))).toBe('START_SESSION_ERROR')
    const plain = data(await runAction(impersonate, ctx, { ...to, secret: account.userSecret, privileges: '*,setrole:1' }))
    const caller = await withKs(newContext({ origin: 'wire' }), plain, { action: 'test', uri: '/' })
    expect(codeOf(await runAction(listUsers, caller, {}))).toBe('SERVICE_FORBIDDEN')
  })

  it('Z04 is not for a USER session, even of an administrator', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account, { type: 0, userId: account.adminUserId })
    const input = { secret: account.adminSecret, impersonatedPartnerId: account.partnerId }
    expect(codeOf(await runAction(impersonate, ctx, input))).toBe('SERVICE_FORBIDDEN')
  })
})
