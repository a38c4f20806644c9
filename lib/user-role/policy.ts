import 'server-only'
import { itemsOf } from '@/db/comma-list'
import { permissionsOfRoles, type RoleRow } from '@/db/queries/roles'
import { uniqueViolation } from '@/db/sql'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { covers, grantsOf, permissions } from '@/lib/action/permissions'

/** Rules about roles, beside the permission to call the action at all. */

export const readOnly = ['id', 'partnerId', 'createdAt', 'updatedAt'] as const

/** The permissions of a comma-separated list, each once. `PERMISSION_NOT_FOUND` for one that does not exist. */
export function permissionNames(names: string | null | undefined) {
  const found = [...new Set(itemsOf(names))]
  const unknown = found.find((name) => name !== '*' && !Object.hasOwn(permissions, name))
  if (unknown !== undefined) throw new ActionError('PERMISSION_NOT_FOUND', { ERR_TEXT: unknown }).at('userRole.permissionNames')
  return found
}

/** Nobody makes a role, nor changes one, that grants what he lacks himself (Z08): `SERVICE_FORBIDDEN`. */
export function refuseStrongerThan({ actor }: PartnerContext, names: Iterable<string>, action: string) {
  if (!covers(actor.grants, grantsOf(names))) throw forbidden(action)
}

/** What a stored role names, if the caller may change it. */
export async function heldPermissions(ctx: PartnerContext, role: RoleRow, action: string) {
  const names = await permissionsOfRoles(ctx.partner.id, [role.key])
  refuseStrongerThan(ctx, names, action)
  return names
}

/** The role that the account itself gives stays in force, or nobody could come in: `ROLE_IS_BEING_USED`. */
export function refuseOwnDefault({ partner }: PartnerContext, role: RoleRow) {
  const { adminRoleId, userSessionRoleId } = partner.settings
  if (role.key === adminRoleId || role.key === userSessionRoleId) throw new ActionError('ROLE_IS_BEING_USED')
}

/** A taken name, as the contract says it: `ROLE_NAME_ALREADY_EXISTS`. */
export function refuseTakenName(error: unknown): never {
  if (uniqueViolation(error) === 'roles_name') throw new ActionError('ROLE_NAME_ALREADY_EXISTS').at('userRole.name')
  throw error
}

export const noRole = (id: number) => new ActionError('INVALID_OBJECT_ID', { ID: id })
