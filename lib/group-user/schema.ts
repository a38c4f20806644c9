import { z } from 'zod'
import { anyText, bool, int, intEnum, list, object, stringEnum, text, time } from '@/lib/action/fields'
import { changeTimes, FilterPager } from '@/lib/action/listing'
import { GroupType } from '@/lib/group/schema'

/** Who is in which group. Safe to import in the browser. */

export const GroupUserCreationMode = { MANUAL: 1, AUTOMATIC: 2 } as const
export const GroupUserRole = { MEMBER: 1, MANAGER: 2 } as const

/** A link that is not active is gone. */
export const GroupUserStatus = { ACTIVE: 0, DELETED: 1 } as const

const creationMode = intEnum('KalturaGroupUserCreationMode', GroupUserCreationMode)
const userRole = intEnum('KalturaGroupUserRole', GroupUserRole)
const status = intEnum('KalturaGroupUserStatus', GroupUserStatus)
const groupType = intEnum('KalturaGroupType', GroupType)

export const GroupUserData = object('KalturaGroupUser', {
  userId: anyText(1000).nullish(),
  groupId: anyText(1000).nullish(),
  creationMode: creationMode.nullish(),
  userRole: userRole.nullish(),
  id: anyText(1000).nullish(),
  status: status.nullish(),
  partnerId: int().nullish(),
  createdAt: time().nullish(),
  updatedAt: time().nullish(),
  groupType: groupType.nullish(),
  objectType: text(100).optional(),
})
export type GroupUserData = z.output<typeof GroupUserData>

export const GroupUser = object('KalturaGroupUser', {
  objectType: stringEnum('objectType', ['KalturaGroupUser']),
  id: anyText(1000),
  userId: anyText(1000),
  groupId: anyText(1000),
  status,
  partnerId: int(),
  createdAt: time(),
  updatedAt: time(),
  creationMode,
  userRole,
  groupType,
})
export type GroupUser = z.output<typeof GroupUser>

export const AddGroupUserInput = z.object({ groupUser: GroupUserData })
export const DeleteGroupUserInput = z.object({ userId: anyText(1000), groupId: anyText(1000) })

export const groupUserOrders = ['createdAt', 'updatedAt'] as const

const ids = text(60_000).nullish()

export const GroupUserFilter = object('KalturaGroupUserFilter', {
  userIdEqual: anyText(1000).nullish(),
  userIdIn: ids,
  groupIdEqual: anyText(1000).nullish(),
  groupIdIn: ids,
  statusEqual: status.nullish(),
  statusIn: text(1000).nullish(),
  ...changeTimes,
  groupType: groupType.nullish(),
  orderBy: text(1000).nullish(),
  objectType: text(100).optional(),
})
export type GroupUserFilter = z.output<typeof GroupUserFilter>

export const ListGroupUsersInput = z.object({ filter: GroupUserFilter.nullish(), pager: FilterPager.nullish() })

export const GroupUserListResponse = object('KalturaGroupUserListResponse', {
  objectType: stringEnum('objectType', ['KalturaGroupUserListResponse']),
  totalCount: int(),
  objects: list(GroupUser),
})

export const SyncGroupUserInput = z.object({
  userId: anyText(1000),
  groupIds: ids,
  removeFromExistingGroups: bool().default(true),
  createNewGroups: bool().default(true),
})

/** What the contract answers a sync with; it is done when it is answered, so there is no upload to ask after. */
export const GroupSync = object('KalturaBulkUpload', {
  objectType: stringEnum('objectType', ['KalturaBulkUpload']),
  uploadedByUserId: anyText(1000),
  uploadedOn: int(),
  /** 5, finished. */
  status: int(),
  /** How many links were made or removed. */
  numOfObjects: int(),
})
