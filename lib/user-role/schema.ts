import { z } from 'zod'
import { anyText, int, intEnum, list, nameText, object, plainText, stringEnum, text, time } from '@/lib/action/fields'
import { changeTimes, FilterPager } from '@/lib/action/listing'

/** Roles (appendix A). Safe to import in the browser. */

/** Deleted is what `userRole.delete` makes it. */
export const UserRoleStatus = { ACTIVE: 1, BLOCKED: 2 } as const

/** A role as a caller sends it; `null` clears. */
export const UserRoleData = object('KalturaUserRole', {
  id: int().nullish(),
  name: nameText(255).nullish(),
  systemName: plainText(255).nullish(),
  description: plainText(8192).nullish(),
  status: intEnum('KalturaUserRoleStatus', UserRoleStatus).nullish(),
  partnerId: int().nullish(),
  /** Comma-separated; `*` grants everything. */
  permissionNames: text(65_000).nullish(),
  tags: plainText(4096).nullish(),
  createdAt: time().nullish(),
  updatedAt: time().nullish(),
  objectType: text(100).optional(),
})
export type UserRoleData = z.output<typeof UserRoleData>

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

export const AddUserRoleInput = z.object({ userRole: UserRoleData })
export const UpdateUserRoleInput = z.object({ userRoleId: int(), userRole: UserRoleData })

/** `userRole.get`, `userRole.delete` and `userRole.clone`. */
export const OneUserRoleInput = z.object({ userRoleId: int() })

export const userRoleOrders = ['id', 'name', 'createdAt', 'updatedAt'] as const

const names = text(60_000).nullish()

export const UserRoleFilter = object('KalturaUserRoleFilter', {
  idEqual: int().nullish(),
  idIn: names,
  nameEqual: text(255).nullish(),
  nameIn: names,
  systemNameEqual: text(255).nullish(),
  systemNameIn: names,
  descriptionLike: text(256).nullish(),
  statusEqual: intEnum('KalturaUserRoleStatus', { ...UserRoleStatus, DELETED: 3 }).nullish(),
  statusIn: text(1000).nullish(),
  partnerIdEqual: int().nullish(),
  partnerIdIn: text(1000).nullish(),
  tagsMultiLikeOr: text(4096).nullish(),
  tagsMultiLikeAnd: text(4096).nullish(),
  ...changeTimes,
  orderBy: text(1000).nullish(),
  objectType: text(100).optional(),
})
export type UserRoleFilter = z.output<typeof UserRoleFilter>

export const ListUserRolesInput = z.object({ filter: UserRoleFilter.nullish(), pager: FilterPager.nullish() })

export const UserRoleListResponse = object('KalturaUserRoleListResponse', {
  objectType: stringEnum('objectType', ['KalturaUserRoleListResponse']),
  totalCount: int(),
  objects: list(UserRole),
})
