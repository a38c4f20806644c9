import 'server-only'
import type { z } from 'zod'
import { transaction } from '@/db/client'
import { findOwnRoleForUpdate, type RoleRow, updateRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { refuseMissing, refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import {
  heldPermissions,
  noRole,
  permissionNames,
  readOnly,
  refuseOwnDefault,
  refuseStrongerThan,
  refuseTakenName,
} from '../policy'
import { UpdateUserRoleInput, UserRole, type UserRoleData, UserRoleStatus } from '../schema'
import { toUserRole } from '../to-user-role'

/**
 * Changes a role of the account (appendix A). Its holders keep their sessions: what they may do is asked anew on each call. A role of the
 * system is nobody's to change: `INVALID_OBJECT_ID`.
 */
export const updateUserRole = defineAction({
  name: 'userRole.update',
  summary: 'Changes a role of the account; it counts from the next call of its holders on.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_ROLE_UPDATE'],
  input: UpdateUserRoleInput,
  output: UserRole,
  errors: ['PERMISSION_NOT_FOUND', 'PROPERTY_VALIDATION_NOT_UPDATABLE', 'ROLE_IS_BEING_USED', 'ROLE_NAME_ALREADY_EXISTS'],
  changes: ['userRole', 'user', 'audit'],

  handle: (ctx, { userRoleId, userRole }) =>
    transaction(async () => {
      const before = await findOwnRoleForUpdate(ctx.partner.id, userRoleId)
      if (!before) throw noRole(userRoleId)
      const held = await heldPermissions(ctx, before, 'userRole.update')
      refuseReadOnly('KalturaUserRole', userRole, readOnly, toUserRole(before, held))
      const permissions = userRole.permissionNames === undefined ? held : permissionNames(userRole.permissionNames)
      refuseStrongerThan(ctx, permissions, 'userRole.update')
      if (userRole.status === UserRoleStatus.BLOCKED) refuseOwnDefault(ctx, before)

      const changes = { ...changesOf(before, userRole), updatedAt: ctx.now }
      const hasOtherRights = permissions.toSorted().join() !== held.toSorted().join() || changes.status !== before.status
      if (hasOtherRights) requireFreshProof(ctx)
      const after = await updateRole(before, changes, permissions).catch(refuseTakenName)
      await recordChange(ctx, {
        action: 'userRole.update',
        target: { type: 'userRole', id: String(after.key), key: after.key },
        before: { ...before, permissions: held.join() },
        after: { ...after, permissions: permissions.join() },
      })
      return toUserRole(after, permissions)
    }),
})

/** What was sent; `null` clears what may be empty. */
function changesOf(before: RoleRow, sent: z.output<typeof UserRoleData>): Partial<RoleRow> {
  const { name = before.name, systemName = before.systemName, description = before.description, tags = before.tags } = sent
  refuseMissing('KalturaUserRole', 'name', name)
  return { name, systemName, description, tags, status: sent.status ?? before.status }
}
