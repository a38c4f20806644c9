import 'server-only'
import { transaction } from '@/db/client'
import { insertRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { refuseMissing, refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { permissionNames, readOnly, refuseStrongerThan, refuseTakenName } from '../policy'
import { AddUserRoleInput, UserRole, UserRoleStatus } from '../schema'
import { toUserRole } from '../to-user-role'

/**
 * Adds a role (appendix A). `ROLE_NAME_ALREADY_EXISTS`, `PERMISSION_NOT_FOUND`, and `SERVICE_FORBIDDEN` for a permission that the caller
 * lacks.
 */
export const addUserRole = defineAction({
  name: 'userRole.add',
  summary: 'Adds a role to the account.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_ROLE_ADD'],
  input: AddUserRoleInput,
  output: UserRole,
  errors: ['PERMISSION_NOT_FOUND', 'PROPERTY_VALIDATION_NOT_UPDATABLE', 'ROLE_NAME_ALREADY_EXISTS'],
  changes: ['userRole', 'audit'],

  async handle(ctx, { userRole }) {
    refuseReadOnly('KalturaUserRole', userRole, readOnly)
    const { name, systemName = null, description = null, tags = null } = userRole
    refuseMissing('KalturaUserRole', 'name', name)
    const permissions = permissionNames(userRole.permissionNames)
    refuseStrongerThan(ctx, permissions, 'userRole.add')
    const status = userRole.status ?? UserRoleStatus.ACTIVE
    const times = { createdAt: ctx.now, updatedAt: ctx.now }
    const row = { partnerId: ctx.partner.id, name, systemName, description, tags, status, ...times }

    return transaction(async () => {
      const added = await insertRole(row, permissions).catch(refuseTakenName)
      const target = { type: 'userRole', id: String(added.key), key: added.key }
      await recordChange(ctx, { action: 'userRole.add', target, after: { ...added, permissions: permissions.join() } })
      return toUserRole(added, permissions)
    })
  },
})
