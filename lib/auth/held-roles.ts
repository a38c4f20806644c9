import 'server-only'
import { roleIdsOf } from '@/db/queries/user-links'
import type { UserRow } from '@/db/queries/users'
import type { Partner } from '@/lib/action/context'

/** The roles whose rights a user has: those given, else the account's own for administrators or for plain people. */
export function heldRoles({ settings }: Partner, { roleIds, isAdmin }: Pick<UserRow, 'roleIds' | 'isAdmin'>) {
  return roleIds ? roleIdsOf(roleIds) : [isAdmin ? settings.adminRoleId : settings.userSessionRoleId]
}
