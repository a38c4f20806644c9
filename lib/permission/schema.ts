import { z } from 'zod'
import { int, intEnum, list, object, stringEnum, text } from '@/lib/action/fields'
import { FilterPager } from '@/lib/action/listing'

/** What roles can grant. Safe to import in the browser. */

export const PermissionType = { NORMAL: 1, SPECIAL_FEATURE: 2, PLUGIN: 3, PARTNER_GROUP: 4 } as const
export const PermissionStatus = { ACTIVE: 1, BLOCKED: 2, DELETED: 3 } as const

/** A permission is known by its name. */
export const PermissionAnswer = object('KalturaPermission', {
  objectType: stringEnum('objectType', ['KalturaPermission']),
  type: intEnum('KalturaPermissionType', PermissionType),
  name: text(255),
  friendlyName: text(255),
  description: text(1000),
  status: intEnum('KalturaPermissionStatus', PermissionStatus),
  partnerId: int(),
})
export type PermissionAnswer = z.output<typeof PermissionAnswer>

export const PermissionFilter = object('KalturaPermissionFilter', {
  typeEqual: intEnum('KalturaPermissionType', PermissionType).nullish(),
  typeIn: text(1000).nullish(),
  nameEqual: text(255).nullish(),
  nameIn: text(60_000).nullish(),
  friendlyNameLike: text(256).nullish(),
  descriptionLike: text(256).nullish(),
  statusEqual: intEnum('KalturaPermissionStatus', PermissionStatus).nullish(),
  statusIn: text(1000).nullish(),
  partnerIdEqual: int().nullish(),
  partnerIdIn: text(1000).nullish(),
  orderBy: text(1000).nullish(),
  objectType: text(100).optional(),
})
export type PermissionFilter = z.output<typeof PermissionFilter>

export const ListPermissionsInput = z.object({ filter: PermissionFilter.nullish(), pager: FilterPager.nullish() })

export const PermissionListResponse = object('KalturaPermissionListResponse', {
  objectType: stringEnum('objectType', ['KalturaPermissionListResponse']),
  totalCount: int(),
  objects: list(PermissionAnswer),
})
