import { afterEach, describe, expect, it } from 'vitest'
import { withPartner } from '@/db/partner-guard'
import { markMailSent } from '@/db/queries/outbox'
import { freshDatabase } from '@/db/testing'
import type { Context, PartnerContext } from '@/lib/action/context'
import { grantsOf } from '@/lib/action/permissions'
import { runAction } from '@/lib/action/run-action'
import { listAudit } from '@/lib/audit/actions/list-audit'
import { makePerson, makeRole } from '@/lib/auth/testing'
import { asAdmin, codeOf, contextOf, data, newAccount, operatorContext } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { contextOfAccount, outboxOf, queue, withSmtpUrl } from '../testing'
import { getMail } from './get-mail'
import { showLink } from './show-link'

freshDatabase()

/** An account with a new administrator whose invitation waits. */
async function invited() {
  const account = await newAccount()
  const email = `new-${account.partnerId}@acme.example`
  data(await asAdmin(account, addUser, { user: { id: 'new', email, isAdmin: true } }))
  const ctx = await contextOfAccount(account.partnerId)
  const [mail] = await outboxOf(ctx)
  return { account, ctx, email, key: mail?.key ?? 0, mail }
}

const withGrants = (ctx: PartnerContext, names: string[]): Context => ({
  ...ctx,
  actor: { ...ctx.actor, grants: grantsOf(names) },
})

describe('mail.showLink', () => {
  afterEach(() => withSmtpUrl(undefined))

  it('shows the link of an invitation while no mail server is set, and records that it did', async () => {
    const { account, key, email } = await invited()
    expect(data(await asAdmin(account, getMail, { key }))).toMatchObject({ isLinkShowable: true })
    expect(data(await asAdmin(account, showLink, { key })).link).toMatch(/^http:\/\/localhost:3000\/set-password\/[\w=]+$/)
    const [entry] = data(await asAdmin(account, listAudit, {})).objects
    expect(entry).toMatchObject({ action: 'mail.showLink', targetType: 'mail', targetId: email })
  })

  it('shows nothing once a mail server is set, nor after the mail was sent', async () => {
    const { account, ctx, key, mail } = await invited()
    withSmtpUrl('smtp://mail.example.com')
    expect(codeOf(await asAdmin(account, showLink, { key }))).toBe('SERVICE_FORBIDDEN')
    expect(data(await asAdmin(account, getMail, { key }))).toMatchObject({ isLinkShowable: false })
    expect(codeOf(await runAction(showLink, { ...operatorContext(), partner: ctx.partner }, { key }))).toBe('SERVICE_FORBIDDEN')
    withSmtpUrl(undefined)
    const { key: plain } = await queue(ctx, { event: 'unlocked' })
    expect(codeOf(await asAdmin(account, showLink, { key: plain }))).toBe('SERVICE_FORBIDDEN')
    if (mail) await withPartner(ctx.partner.id, () => markMailSent(mail, { at: 0, params: mail.params }))
    expect(codeOf(await asAdmin(account, showLink, { key: plain }))).toBe('SERVICE_FORBIDDEN')
  })

  it('Z08 shows no link into the sign-in of somebody who may more than the reader', async () => {
    const { ctx, key } = await invited()
    expect(codeOf(await runAction(showLink, withGrants(ctx, ['ADMIN_BASE']), { key }))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(showLink, withGrants(ctx, ['ADMIN_BASE', 'ADMIN_USER_UPDATE']), { key }))).toBe(
      'SERVICE_FORBIDDEN',
    )
    expect(codeOf(await runAction(showLink, withGrants(ctx, ['*']), { key }))).toBe('OK')
  })

  it('Z01 shows no link into a sign-in that opens another account too, but to the operator', async () => {
    const account = await newAccount()
    const ctx = await contextOfAccount(account.partnerId)
    const { user, login } = await makePerson(account.partnerId, {
      roleIds: String(await makeRole(account.partnerId, ['ADMIN_BASE'])),
    })
    const mail = await queue(ctx, { event: 'reset-password', recipient: login.loginEmail })
    expect(codeOf(await asAdmin(account, showLink, { key: mail.key }))).toBe('OK')

    const { partnerId } = await newAccount()
    await makePerson(partnerId, { loginDataId: login.id, email: user.email })
    expect(codeOf(await asAdmin(account, showLink, { key: mail.key }))).toBe('SERVICE_FORBIDDEN')
    const byOperator = { ...operatorContext(), partner: ctx.partner }
    expect(codeOf(await runAction(showLink, byOperator, { key: mail.key }))).toBe('OK')
  })

  it('Z01 shows no link that lets the sign-in of another account join', async () => {
    const other = await newAccount()
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: { id: 'guest', email: other.adminEmail, password: 'correct-horse-7' } }))
    const ctx = await contextOfAccount(account.partnerId)
    const mail = (await outboxOf(ctx)).find(({ event }) => event === 'login-invitation')
    expect(codeOf(await asAdmin(account, showLink, { key: mail?.key ?? 0 }))).toBe('SERVICE_FORBIDDEN')
  })

  it('knows no mail of another account', async () => {
    const { key } = await invited()
    expect(codeOf(await runAction(showLink, await contextOf(await newAccount()), { key }))).toBe('INVALID_OBJECT_ID')
  })
})
