import 'server-only'
import { listRolePermissions } from '@/db/queries/roles'
import { fullNameOf, listAdminsWithLogin, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import type { LoginMail } from '@/lib/auth/enable-login'
import { heldRoles } from '@/lib/auth/held-roles'
import { env } from '@/lib/env'
import { actorName } from '@/lib/mail/actor-name'
import type { MailParams } from '@/lib/mail/events'
import { queueMail } from '@/lib/mail/outbox'
import { withoutDots } from '@/lib/mail/without-dots'

/** The mail that lets a person in, and a note to the administrators who look after people (§7, types 120–122, 141–144). */
export async function queueInvitation(ctx: PartnerContext, user: UserRow, { event, recipient, path }: LoginMail) {
  const about = aboutLogin(ctx, user, recipient)
  const link = `${env().publicUrl}/${path}`
  await queueMail(ctx, { event, recipient, language: user.language, params: { ...about, link } })
  await tellUserAdmins(ctx, user, about)
}

/** To somebody with sign-in who was made an administrator, and to those who look after people (§7). */
export async function queuePromotion(ctx: PartnerContext, user: UserRow, loginEmail: string) {
  const about = aboutLogin(ctx, user, loginEmail)
  const params = { userName: about.userName, partnerName: about.partnerName, byName: about.creatorName }
  await queueMail(ctx, { event: 'made-admin', recipient: loginEmail, language: user.language, params })
  await tellUserAdmins(ctx, user, about)
}

/** To a person whose sign-in was switched on without an invitation: nobody begins to have one without knowing (M12). */
export async function queueLoginEnabled(ctx: PartnerContext, user: UserRow, loginEmail: string) {
  const params = { ...aboutLogin(ctx, user, loginEmail), link: `${env().publicUrl}/sign-in` }
  await queueMail(ctx, { event: 'login-enabled', recipient: loginEmail, language: user.language, params })
}

/** To a person whose sign-in was switched off (M12). */
export async function queueLoginDisabled(ctx: PartnerContext, user: UserRow, loginEmail: string) {
  const params = aboutLogin(ctx, user, loginEmail)
  await queueMail(ctx, { event: 'login-disabled', recipient: loginEmail, language: user.language, params })
}

type AboutLogin = MailParams['user-added']

function aboutLogin(ctx: PartnerContext, user: UserRow, loginEmail: string): AboutLogin {
  return {
    userName: withoutDots(fullNameOf(user)),
    creatorName: actorName(ctx),
    partnerName: withoutDots(ctx.partner.name),
    loginEmail,
  }
}

async function tellUserAdmins(ctx: PartnerContext, user: UserRow, params: AboutLogin) {
  if (ctx.partner.settings.features.includes('FEATURE_DISABLE_NEW_USER_EMAIL')) return
  for (const admin of await otherUserAdmins(ctx, user)) {
    await queueMail(ctx, { event: 'user-added', recipient: admin.loginId, language: admin.language, params })
  }
}

/** Administrators who may add, change or delete people, but neither the new one nor the one who added him. */
async function otherUserAdmins(ctx: PartnerContext, added: UserRow) {
  const permissions = await listRolePermissions(ctx.partner.id)
  const mayManage = (roleId: number) =>
    ['*', 'ADMIN_USER_ADD', 'ADMIN_USER_UPDATE', 'ADMIN_USER_DELETE'].some((name) => permissions.get(roleId)?.has(name))
  const self = ctx.actor.kind === 'user' ? ctx.actor.user?.key : undefined
  const admins = await listAdminsWithLogin(ctx.partner.id, 100)
  const rolesOf = ({ roleIds }: { roleIds: string }) => heldRoles(ctx.partner, { roleIds, isAdmin: true })
  return admins.filter((admin) => admin.key !== added.key && admin.key !== self && rolesOf(admin).some(mayManage))
}
