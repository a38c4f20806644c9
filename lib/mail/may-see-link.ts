import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginData, listUsersOfLogin } from '@/db/queries/login-data'
import type { MailRow } from '@/db/queries/outbox'
import type { PartnerContext } from '@/lib/action/context'
import { allows } from '@/lib/action/permissions'
import { env } from '@/lib/env'
import { isStronger } from '@/lib/user/policy'
import { keyLinkOf, type StoredMail } from './stored-mail'

/**
 * Whether the caller may read the link of a mail that is not for him. Only while no mail server would bring it to its owner, and only
 * where he gains nothing by it: he may change people, the owner of the login has no right that he lacks (Z08), and the login opens no
 * other account. The operator has the database anyway.
 */
export async function maySeeLink(ctx: PartnerContext, row: MailRow, mail: StoredMail): Promise<boolean> {
  if (env().smtpUrl || keyLinkOf(mail) === null || row.status === 'replaced') return false
  if (ctx.actor.kind === 'operator') return true
  if (!allows(ctx.actor.grants, ['ADMIN_USER_UPDATE'])) return false
  const loginEmail = loginOpenedBy(row, mail)
  return loginEmail === null || (await isWeakerHere(ctx, loginEmail))
}

/** Whose login the link gives away; null where it leads to a file or a page that asks to sign in. */
function loginOpenedBy({ recipient }: MailRow, { event, params }: StoredMail) {
  if (event === 'reset-password' || event === 'enrol-second-factor') return recipient
  if (event === 'invitation' || event === 'login-invitation') return params.loginEmail
  return event === 'confirm-email-change' ? params.oldEmail : null
}

async function isWeakerHere(ctx: PartnerContext, loginEmail: string) {
  const users = await acrossPartners(async () => {
    const login = await findLoginData(loginEmail)
    return login ? listUsersOfLogin(login.id) : []
  })
  const [user, ...others] = users
  if (!user || user.partnerId !== ctx.partner.id || others.length > 0) return false
  return !(await isStronger(ctx, user))
}
