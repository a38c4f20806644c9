import 'server-only'
import { transaction } from '@/db/client'
import { findOwnRoleForUpdate, isRoleHeld, updateRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { heldPermissions, noRole, refuseOwnDefault } from '../policy'
import { OneUserRoleInput, UserRole } from '../schema'
import { toUserRole } from '../to-user-role'

const deleted = 3

/** Deletes a role of the account that nobody holds (appendix A). `INVALID_OBJECT_ID`, `ROLE_IS_BEING_USED`. */
export const deleteUserRole = defineAction({
  name: 'userRole.delete',
  summary: 'Deletes a role of the account that no user holds.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_ROLE_DELETE'],
  input: OneUserRoleInput,
  output: UserRole,
  errors: ['ROLE_IS_BEING_USED'],
  changes: ['userRole', 'audit'],

  handle: (ctx, { userRoleId }) =>
    transaction(async () => {
      const before = await findOwnRoleForUpdate(ctx.partner.id, userRoleId)
      if (!before) throw noRole(userRoleId)
      const permissions = await heldPermissions(ctx, before, 'userRole.delete')
      refuseOwnDefault(ctx, before)
      if (await isRoleHeld(ctx.partner.id, userRoleId)) throw new ActionError('ROLE_IS_BEING_USED')

      const after = await updateRole(before, { status: deleted, updatedAt: ctx.now })
      const target = { type: 'userRole', id: String(after.key), key: after.key }
      await recordChange(ctx, { action: 'userRole.delete', target, before, after })
      return toUserRole(after, permissions)
    }),
})
