import 'server-only'
import { listRolePermissions, listRoles } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { ListUserRolesInput, UserRoleListResponse } from '../schema'

/** Lists the roles that can be given: the system's and the account's own. */
export const listUserRoles = defineAction({
  name: 'userRole.list',
  summary: "Lists the roles that can be given: the system's and the account's own.",
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListUserRolesInput,
  output: UserRoleListResponse,

  async handle({ partner }) {
    const roles = await listRoles(partner.id)
    const permissions = await listRolePermissions(partner.id)
    const objects = roles.map((role) => ({
      objectType: 'KalturaUserRole' as const,
      id: role.key,
      name: role.name,
      systemName: role.systemName,
      description: role.description,
      status: role.status,
      partnerId: role.partnerId,
      permissionNames: [...(permissions.get(role.key) ?? [])].join(','),
      tags: role.tags,
      createdAt: Math.floor(role.createdAt / 1000),
      updatedAt: Math.floor(role.updatedAt / 1000),
    }))
    return { objectType: 'KalturaUserRoleListResponse' as const, totalCount: objects.length, objects }
  },
})
