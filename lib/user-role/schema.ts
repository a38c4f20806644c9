import { z } from 'zod'
import { anyText, int, list, object, stringEnum, time } from '@/lib/action/fields'

/** Roles (appendix A). Safe to import in the browser. */

export const UserRole = object('KalturaUserRole', {
  objectType: stringEnum('objectType', ['KalturaUserRole']),
  id: int(),
  name: anyText(255),
  systemName: anyText(255).nullish(),
  description: anyText(8192).nullish(),
  status: int(),
  partnerId: int(),
  permissionNames: anyText(65_535),
  tags: anyText(4096).nullish(),
  createdAt: time(),
  updatedAt: time(),
})
export type UserRole = z.output<typeof UserRole>

export const ListUserRolesInput = z.object({})

export const UserRoleListResponse = object('KalturaUserRoleListResponse', {
  objectType: stringEnum('objectType', ['KalturaUserRoleListResponse']),
  totalCount: int(),
  objects: list(UserRole),
})
