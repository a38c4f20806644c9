import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import {
  findInvitationTo,
  findLoginData,
  findLoginDataForUpdate,
  type LoginDataRow,
  putLoginInvitation,
} from '@/db/queries/login-data'
import type { MailRow } from '@/db/queries/outbox'
import { findUserOfLogin } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { giveHashKey, newHashKey } from '@/lib/auth/hash-key'
import { linkTo } from './link-to'
import { isMasked, linkEndsAt, type StoredMail } from './stored-mail'

/**
 * What to send instead of a mail that was sent before or did not arrive: with a new hash key, which ends the old one, where the mail
 * lets a person in; else the same. Inside the transaction of the resend. `LOGIN_DATA_NOT_FOUND`, `USER_LOGIN_ALREADY_ENABLED` (the
 * invitation was accepted), `INVALID_HASH` (nothing is left to do, or the link is gone and only its owner can ask for another).
 */
export async function renewLink(ctx: PartnerContext, { recipient }: MailRow, mail: StoredMail): Promise<StoredMail['params']> {
  if (mail.event === 'login-invitation') {
    return { ...mail.params, link: linkTo(`accept-invitation/${await newInvitationKey(ctx, recipient)}`) }
  }
  if (mail.event === 'reset-password') {
    const { key, expiresAt } = await giveHashKey(ctx, await loginHere(ctx, recipient), 'password')
    return { ...mail.params, link: linkTo(`set-password/${key}`), expiresAt }
  }
  if (mail.event === 'invitation') {
    const login = await loginHere(ctx, recipient)
    if (login.passwordHash !== null) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
    const { key } = await giveHashKey(ctx, login, 'password')
    return { ...mail.params, link: linkTo(`set-password/${key}`) }
  }
  if (mail.event === 'enrol-second-factor') {
    const login = await loginHere(ctx, recipient)
    // A confirmed authenticator is never replaced by a link.
    if (login.otpConfirmedAt !== null) throw new ActionError('INVALID_HASH')
    const { key, expiresAt } = await giveHashKey(ctx, login, 'enrolment')
    return { ...mail.params, link: linkTo(`enrol/${key}`), expiresAt }
  }
  if (isMasked(mail) || (linkEndsAt(mail) ?? ctx.now) < ctx.now) throw new ActionError('INVALID_HASH')
  return mail.params
}

/** The login of an address, held, if it belongs to a user of this account. */
async function loginHere({ partner }: PartnerContext, loginEmail: string): Promise<LoginDataRow> {
  const found = await acrossPartners(() => findLoginData(loginEmail))
  const login = found && (await findLoginDataForUpdate(found.id))
  if (!login || !(await findUserOfLogin(partner.id, login.id))) throw new ActionError('LOGIN_DATA_NOT_FOUND')
  return login
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
