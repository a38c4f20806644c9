import 'server-only'
import type { z } from 'zod'
import { permissionsOfRoles, type RoleRow } from '@/db/queries/roles'
import { seconds } from '@/lib/action/listing'
import type { UserRole } from './schema'

/** A stored role as it is answered (appendix A). */
export function toUserRole(role: RoleRow, permissions: Iterable<string>): z.input<typeof UserRole> {
  return {
    objectType: 'KalturaUserRole',
    id: role.key,
    name: role.name,
    systemName: role.systemName,
    description: role.description,
    status: role.status,
    partnerId: role.partnerId,
    permissionNames: [...permissions].sort().join(','),
    tags: role.tags,
    createdAt: seconds(role.createdAt),
    updatedAt: seconds(role.updatedAt),
  }
}

/** The same, with the permissions that are stored. */
export async function toStoredUserRole(partnerId: number, role: RoleRow) {
  return toUserRole(role, await permissionsOfRoles(partnerId, [role.key]))
}
