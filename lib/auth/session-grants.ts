import 'server-only'
import { findRole, permissionsInForce, permissionsOfRoles } from '@/db/queries/roles'
import { roleIdsOf } from '@/db/queries/user-links'
import type { UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { type Grants, grantsOf, noGrants, permissions } from '@/lib/action/permissions'
import type { Privileges } from './privileges'

const widgetRole = 4

/** What a session may do, asked anew on every call: by its roles, less what `restrictingrole` takes away. */
export async function grantsOfSession(
  partner: Partner,
  user: UserRow | null,
  type: number,
  privileges: Privileges,
): Promise<Grants> {
  const roles = await rolesOfSession(partner, user, type, privileges)
  const granted = grantsOf(await permissionsInForce(partner.id, roles))
  const restricting = privileges.get('restrictingrole')?.[0]
  if (!restricting) return granted
  const taken = new Set(await permissionsOfRoles(partner.id, [await roleIdOf(partner.id, restricting)]))
  if (taken.has('*')) return noGrants
  const names = granted.all ? Object.keys(permissions) : [...granted.names]
  return grantsOf(names.filter((name) => !taken.has(name)))
}

/** The roles that a session has (§2.2). `INVALID_OBJECT_ID` for a `setrole` that is nobody's. */
export async function rolesOfSession(
  partner: Partner,
  user: UserRow | null,
  type: number,
  privileges: Privileges,
): Promise<number[]> {
  const asked = privileges.get('setrole')?.[0]
  if (asked === 'null') return []
  if (asked) return [await roleIdOf(partner.id, asked)]
  if (user?.status === userStatus.active && user.roleIds) return roleIdsOf(user.roleIds)

  const { adminRoleId, userSessionRoleId } = partner.settings
  return [type >= 1 ? adminRoleId : privileges.has('widget') ? widgetRole : userSessionRoleId]
}

async function roleIdOf(partnerId: number, idOrName: string) {
  const role = await findRole(partnerId, idOrName)
  if (!role) throw new ActionError('INVALID_OBJECT_ID', { ID: idOrName })
  return role.key
}
