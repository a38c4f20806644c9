import { describe, expect, it } from 'vitest'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { isCode } from '@/lib/action/errors'
import { contextOf, newAccount, operatorContext, storedUser } from '@/lib/testing'
import { callerUser } from './caller-user'

freshDatabase()

const caller = (ctx: PartnerContext) => withPartner(ctx.partner.id, () => callerUser(ctx))

describe('the caller’s own user (§2.4)', () => {
  it('is added for a session that the secret signed, once, as a plain person', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account, { userId: 'ghost', type: 0 })
    const [one, other] = await Promise.all([caller(ctx), caller(ctx)])
    expect(one.key).toBe(other.key)
    expect(one).toMatchObject({ id: 'ghost', screenName: 'ghost', firstName: 'ghost', status: 1, isAdmin: false, roleIds: '' })
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: one.key }, 10))
    expect(entries.map((entry) => entry.action)).toEqual(['user.add'])
  })

  it('is the one that exists', async () => {
    const account = await newAccount()
    const owner = await storedUser(account, account.adminUserId)
    expect((await caller(await contextOf(account, { userId: account.adminUserId }))).key).toBe(owner?.key)
  })

  it('is nobody for a session without a user, for an id that cannot be one, for the operator', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account)
    for (const strange of [ctx, await contextOf(account, { userId: 'a b' }), { ...operatorContext(), partner: ctx.partner }]) {
      await expect(caller(strange)).rejects.toSatisfy((error) => isCode(error, 'INVALID_USER_ID'))
    }
  })

  it('Z07 is not made for a session of somebody who signed in and is gone', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account, { userId: 'ghost', type: 0 })
    if (ctx.actor.kind !== 'user') throw new Error('No session')
    await expect(caller({ ...ctx, actor: { ...ctx.actor, source: 'signIn' } })).rejects.toSatisfy((error) =>
      isCode(error, 'INVALID_USER_ID'),
    )
    expect(await storedUser(account, 'ghost')).toBeNull()
  })
})
