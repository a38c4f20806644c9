import 'server-only'
import { itemsOf } from '@/db/comma-list'
import { listRolesByIds, permissionsOfRoles } from '@/db/queries/roles'
import { roleIdsOf } from '@/db/queries/user-links'
import type { UserRow } from '@/db/queries/users'
import type { Partner, PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { covers, grantsOf } from '@/lib/action/permissions'
import { heldRoles } from '@/lib/auth/held-roles'

/** Rules about one person, beside the permission to call the action at all. */

/** The caller himself; a session without a user is nobody. */
export function isSelf({ actor }: PartnerContext, user: Pick<UserRow, 'key'>) {
  return actor.kind === 'user' && actor.user?.key === user.key
}

/** Neither the account owner nor oneself can be blocked or deleted, so an account always keeps an administrator (Z09). */
export function refuseToEnd(ctx: PartnerContext, user: UserRow) {
  if (user.key === ctx.partner.ownerKey || isSelf(ctx, user)) throw new ActionError('CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER')
}

/** Nobody changes a user who has a permission that he lacks himself, nor makes anybody such a user (Z08). */
export async function refuseStronger(ctx: PartnerContext, user: Pick<UserRow, 'roleIds' | 'isAdmin'>, action: string) {
  if (await isStronger(ctx, user)) throw forbidden(action)
}

/** Whether a user has a permission that the caller lacks. */
export async function isStronger(ctx: PartnerContext, user: Pick<UserRow, 'roleIds' | 'isAdmin'>) {
  // A plain person without roles has what everybody has.
  const roles = user.isAdmin || user.roleIds ? heldRoles(ctx.partner, user) : []
  const held = await permissionsOfRoles(ctx.partner.id, roles)
  return !covers(ctx.actor.grants, grantsOf(held))
}

/**
 * The role list as it is stored: every role exists for this partner (`USER_ROLE_NOT_FOUND`) and grants nothing that the giver lacks
 * (`SERVICE_FORBIDDEN`).
 */
export async function givableRoles(ctx: PartnerContext, roleIds: string, action: string) {
  const items = itemsOf(roleIds)
  const ids = roleIdsOf(roleIds)
  const found = await listRolesByIds(ctx.partner.id, ids)
  const unknown = items.some((id) => !/^\d{1,15}$/.test(id)) || ids.some((id) => !found.some((role) => role.key === id))
  if (unknown) throw new ActionError('USER_ROLE_NOT_FOUND').at('user.roleIds')

  const given = grantsOf(await permissionsOfRoles(ctx.partner.id, ids))
  if (!covers(ctx.actor.grants, given)) throw forbidden(action)
  return ids.join(',')
}

/** Whether single users may sign in with a password although the account uses single sign-on is the account's to say (§8.1). */
export function refuseSsoExclusion({ settings }: Partner, user: { isSsoExcluded?: boolean | null }) {
  if (settings.sso && !settings.ssoPerUserAllowed && user.isSsoExcluded) throw new ActionError('SETTING_SSO_PER_USER_NOT_ALLOWED')
}

/** Administrators may be limited to addresses of the partner's own domains (§8.1). `field` is where a form asked for it. */
export function refuseForeignDomain(partner: Partner, email: string | null | undefined, field = 'user.email') {
  const { allowedAdminEmailDomains } = partner.settings
  if (allowedAdminEmailDomains.length === 0) return
  const domain = email?.split('@').at(-1)?.toLowerCase()
  if (!email?.includes('@') || !domain) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'email' }).at(field)
  if (!allowedAdminEmailDomains.includes(domain)) throw new ActionError('EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS').at(field)
}
