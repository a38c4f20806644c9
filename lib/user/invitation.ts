import 'server-only'
import { listRolePermissions } from '@/db/queries/roles'
import { fullNameOf, listAdminsWithLogin, roleIdsOf, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import type { LoginMail } from '@/lib/auth/enable-login'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'

const pageOf = { invitation: 'set-password', 'login-invitation': 'accept-invitation' } as const

/** The mail that lets a new person in, and a note to the administrators who look after people (§7, types 120–122). */
export async function queueInvitation(ctx: PartnerContext, user: UserRow, mail: LoginMail) {
  const about = {
    userName: withoutDots(fullNameOf(user)),
    creatorName: creatorName(ctx),
    partnerName: withoutDots(ctx.partner.name),
    loginEmail: mail.recipient,
  }
  const link = `${env().publicUrl}/${pageOf[mail.event]}/${mail.key}`
  await queueMail(ctx, { event: mail.event, recipient: mail.recipient, language: user.language, params: { ...about, link } })
  if (ctx.partner.settings.features.includes('FEATURE_DISABLE_NEW_USER_EMAIL')) return
  for (const admin of await otherUserAdmins(ctx, user)) {
    await queueMail(ctx, { event: 'user-added', recipient: admin.loginId, language: admin.language, params: about })
  }
}

/** Administrators who may add, change or delete people, but neither the new one nor the one who added him. */
async function otherUserAdmins(ctx: PartnerContext, added: UserRow) {
  const permissions = await listRolePermissions(ctx.partner.id)
  const mayManage = (roleId: number) =>
    ['*', 'ADMIN_USER_ADD', 'ADMIN_USER_UPDATE', 'ADMIN_USER_DELETE'].some((name) => permissions.get(roleId)?.has(name))
  const self = ctx.actor.kind === 'user' ? ctx.actor.user?.key : undefined
  const admins = await listAdminsWithLogin(ctx.partner.id, 100)
  return admins.filter((admin) => admin.key !== added.key && admin.key !== self && roleIdsOf(admin.roleIds).some(mayManage))
}

function creatorName({ actor }: PartnerContext) {
  const name = actor.kind === 'user' && actor.user ? fullNameOf(actor.user) : ''
  return withoutDots(name) || 'Unknown'
}

/** Mail programs turn names with dots into links (§7). */
const withoutDots = (name: string) => name.replaceAll('.', ' ')
