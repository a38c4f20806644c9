import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findInvitationTo, findLoginData, type LoginDataRow, putLoginInvitation, updateLoginData } from '@/db/queries/login-data'
import type { MailRow } from '@/db/queries/outbox'
import { findUserOfLogin } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { newHashKey } from '@/lib/auth/hash-key'
import { env } from '@/lib/env'
import { isMasked, linkEndsAt, type StoredMail } from './stored-mail'

/**
 * What to send instead of a mail that was sent before or did not arrive: with a new hash key, which ends the old one, where the mail
 * lets a person in; else the same. Inside the transaction of the resend. `LOGIN_DATA_NOT_FOUND`, `USER_LOGIN_ALREADY_ENABLED` (the
 * invitation was accepted), `INVALID_HASH` (the link is gone, and only its owner can ask for another).
 */
export async function renewLink(ctx: PartnerContext, { recipient }: MailRow, mail: StoredMail): Promise<StoredMail['params']> {
  if (mail.event === 'reset-password') {
    const { key, expiresAt } = await newKeyOf(ctx, await loginHere(ctx, recipient))
    return { ...mail.params, link: linkTo(`set-password/${key}`), expiresAt }
  }
  if (mail.event === 'invitation') {
    const login = await loginHere(ctx, recipient)
    if (login.passwordHash !== null) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
    const { key } = await newKeyOf(ctx, login)
    return { ...mail.params, link: linkTo(`set-password/${key}`) }
  }
  if (mail.event === 'login-invitation') {
    return { ...mail.params, link: linkTo(`accept-invitation/${await newInvitationKey(ctx, recipient)}`) }
  }
  if (isMasked(mail) || (linkEndsAt(mail) ?? ctx.now) < ctx.now) throw new ActionError('INVALID_HASH')
  return mail.params
}

const linkTo = (path: string) => `${env().publicUrl}/${path}`

/** The login of an address, if it belongs to a user of this account. */
async function loginHere({ partner }: PartnerContext, loginEmail: string): Promise<LoginDataRow> {
  const login = await acrossPartners(() => findLoginData(loginEmail))
  if (!login || !(await findUserOfLogin(partner.id, login.id))) throw new ActionError('LOGIN_DATA_NOT_FOUND')
  return login
}

async function newKeyOf({ now, random }: PartnerContext, { id }: LoginDataRow) {
  const { key, keyHash, expiresAt } = newHashKey(id, now, random)
  await updateLoginData(id, { hashKeyHash: keyHash, hashKeyExpiresAt: expiresAt })
  return { key, expiresAt }
}

async function newInvitationKey({ partner, now, random }: PartnerContext, loginEmail: string) {
  const login = await acrossPartners(() => findLoginData(loginEmail))
  if (!login) throw new ActionError('LOGIN_DATA_NOT_FOUND')
  if (await findUserOfLogin(partner.id, login.id)) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
  const invitation = await findInvitationTo(partner.id, login.id)
  if (!invitation) throw new ActionError('INVALID_HASH')
  const { key, keyHash, expiresAt } = newHashKey(login.id, now, random)
  await putLoginInvitation({ ...invitation, keyHash, createdAt: now, expiresAt })
  return key
}
