import { describe, expect, it } from 'vitest'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findInvitationTo, findLoginData, updateLoginData } from '@/db/queries/login-data'
import { endClaim, type MailRow, markMailSent } from '@/db/queries/outbox'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { listAudit } from '@/lib/audit/actions/list-audit'
import { makePerson } from '@/lib/auth/testing'
import { hashOf } from '@/lib/id'
import { asAdmin, codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { keyLinkOf, readMail, sealParams, withoutKey } from '../stored-mail'
import { contextOfAccount, outboxOf, queue, storedMail } from '../testing'
import { resendMail } from './resend-mail'

freshDatabase()

async function start() {
  const account = await newAccount()
  const ctx = await contextOfAccount(account.partnerId)
  const resend = (key: number) => asAdmin(account, resendMail, { key })
  return { account, ctx, resend }
}

async function send(ctx: PartnerContext, mail: MailRow) {
  const stored = readMail(mail)
  const params = stored ? sealParams(mail.partnerId, withoutKey(stored).params) : mail.params
  await withPartner(ctx.partner.id, () => markMailSent(mail, { at: ctx.now, params }))
}

const linkIn = (row: MailRow) => {
  const mail = readMail(row)
  return mail && keyLinkOf(mail)
}

const hashOfLink = (link: string | null) => hashOf(Buffer.from(link?.split('/').at(-1) ?? '', 'base64').toString())

describe('mail.resend', () => {
  it('sends a mail without a link again, as a new one, and records it', async () => {
    const { account, ctx, resend } = await start()
    const first = await queue(ctx, { event: 'unlocked', language: 'de' })
    await send(ctx, first)
    const { key, subject } = data(await resend(first.key))
    expect(subject).toBe('Deine Anmeldung bei Acme University ist wieder offen')
    const again = await storedMail(ctx, { key })
    expect(again).toMatchObject({ recipient: first.recipient, event: 'unlocked', status: 'queued', attempts: 0 })
    expect(again.messageId).not.toBe(first.messageId)
    expect(await storedMail(ctx, first)).toMatchObject({ status: 'sent' })
    const [entry] = data(await asAdmin(account, listAudit, {})).objects
    expect(entry).toMatchObject({ action: 'mail.resend', targetType: 'mail', targetId: first.recipient })
  })

  it('takes the place of one that has not arrived', async () => {
    const { ctx, resend } = await start()
    const queued = await queue(ctx)
    const failed = await queue(ctx)
    await withPartner(ctx.partner.id, () => endClaim(failed, { ...failed, status: 'failed', lastError: '550 No' }))
    await resend(queued.key)
    await resend(failed.key)
    const states = (await outboxOf(ctx)).map(({ status, lastError }) => [status, lastError])
    expect(states).toEqual([
      ['replaced', null],
      ['replaced', '550 No'],
      ['queued', null],
      ['queued', null],
    ])
  })

  it('M06 makes the key of an invitation anew, which ends the old one', async () => {
    const { account, ctx, resend } = await start()
    const email = `new-${account.partnerId}@acme.example`
    data(await asAdmin(account, addUser, { user: { id: 'new', email, isAdmin: true } }))
    const [invitation] = (await outboxOf(ctx)) as [MailRow]
    const old = linkIn(invitation)
    await send(ctx, invitation)

    const { key } = data(await resend(invitation.key))
    const renewed = linkIn(await storedMail(ctx, { key }))
    const login = await acrossPartners(() => findLoginData(email))
    expect(login?.hashKeyHash).toBe(hashOfLink(renewed))
    expect(login?.hashKeyHash).not.toBe(hashOfLink(old))
    expect(login?.hashKeyExpiresAt).toBeGreaterThan(Date.now())

    await acrossPartners(() => updateLoginData(login?.id ?? 0, { passwordHash: 'set' }))
    expect(codeOf(await resend(invitation.key))).toBe('USER_LOGIN_ALREADY_ENABLED')
  })

  it('M06 makes the key of a reset anew, good for a day from now', async () => {
    const { ctx, account, resend } = await start()
    const { login } = await makePerson(account.partnerId)
    const reset = await queue(ctx, { event: 'reset-password', recipient: login.loginEmail })
    await send(ctx, reset)
    const { key } = data(await resend(reset.key))
    const again = await storedMail(ctx, { key })
    const stored = await acrossPartners(() => findLoginData(login.loginEmail))
    expect(stored?.hashKeyHash).toBe(hashOfLink(linkIn(again)))
    expect(readMail(again)?.params).toMatchObject({ expiresAt: stored?.hashKeyExpiresAt })
  })

  it('M06 makes the key of an enrolment anew, for that purpose alone, until there is an authenticator', async () => {
    const { ctx, account, resend } = await start()
    const { login } = await makePerson(account.partnerId)
    const enrol = await queue(ctx, { event: 'enrol-second-factor', recipient: login.loginEmail })
    const again = await storedMail(ctx, data(await resend(enrol.key)))
    const stored = await acrossPartners(() => findLoginData(login.loginEmail))
    expect(linkIn(again)).toMatch(/\/enrol\/[\w=]+$/)
    expect(stored).toMatchObject({ hashKeyHash: hashOfLink(linkIn(again)), hashKeyPurpose: 'enrolment' })
    await acrossPartners(() => updateLoginData(login.id, { otpConfirmedAt: 1 }))
    expect(codeOf(await resend(again.key))).toBe('INVALID_HASH')
  })

  it('makes the key of an invitation to join anew, until it is accepted', async () => {
    const other = await newAccount()
    const { account, ctx, resend } = await start()
    data(await asAdmin(account, addUser, { user: { id: 'guest', email: other.adminEmail, password: 'correct-horse-7' } }))
    const mail = (await outboxOf(ctx)).find(({ event }) => event === 'login-invitation')
    const { key } = data(await resend(mail?.key ?? 0))
    const login = await acrossPartners(() => findLoginData(other.adminEmail))
    const invitation = await withPartner(account.partnerId, () => findInvitationTo(account.partnerId, login?.id ?? 0))
    expect(invitation?.keyHash).toBe(hashOfLink(linkIn(await storedMail(ctx, { key }))))
  })

  it('M02 makes no key for a sign-in that is not of this account, or is gone', async () => {
    const other = await newAccount()
    const { ctx, resend } = await start()
    for (const recipient of [other.adminEmail, 'nobody@acme.example']) {
      const reset = await queue(ctx, { event: 'reset-password', recipient })
      expect(codeOf(await resend(reset.key))).toBe('LOGIN_DATA_NOT_FOUND')
      expect(await storedMail(ctx, reset)).toMatchObject({ status: 'queued' })
    }
  })

  it('sends the link of a file again while it is there, but cannot make another', async () => {
    const { ctx, resend } = await start()
    const params = { expiresAt: Date.now() + 60_000 }
    const ready = await queue(ctx, { event: 'export-ready', params })
    const { key } = data(await resend(ready.key))
    expect(linkIn(await storedMail(ctx, { key }))).toBe(linkIn(ready))
    await send(ctx, await storedMail(ctx, { key }))
    expect(codeOf(await resend(key))).toBe('INVALID_HASH')
  })

  it('M08 floods nobody', async () => {
    const { ctx, resend } = await start()
    let { key } = await queue(ctx)
    for (let sent = 1; sent <= 9; sent++) key = data(await resend(key)).key
    data(await resend(key))
    expect(codeOf(await resend(key))).toBe('RESOURCE_IS_RESERVED')
  })

  it('knows no mail of another account', async () => {
    const { ctx } = await start()
    const { key } = await queue(ctx)
    expect(codeOf(await runAction(resendMail, await contextOf(await newAccount()), { key }))).toBe('INVALID_OBJECT_ID')
    expect(await outboxOf(ctx)).toHaveLength(1)
  })
})
