import { z } from 'zod'
import { anyText, int, intEnum, list, object, stringEnum, text } from '@/lib/action/fields'
import { FilterPager } from '@/lib/action/listing'
import { UserData, UserFilter } from '@/lib/user/schema'

/** Groups: users of type 1 or 2 that other users are in. Safe to import in the browser. */

export const GroupType = { GROUP: 1, APPLICATIVE_GROUP: 2 } as const

const ofUser = UserData.shape

const settable = {
  id: ofUser.id,
  screenName: ofUser.screenName,
  fullName: ofUser.fullName,
  email: ofUser.email,
  country: ofUser.country,
  state: ofUser.state,
  city: ofUser.city,
  zip: ofUser.zip,
  thumbnailUrl: ofUser.thumbnailUrl,
  description: ofUser.description,
  tags: ofUser.tags,
  status: ofUser.status,
  partnerData: ofUser.partnerData,
  language: ofUser.language,
  allowedPartnerIds: ofUser.allowedPartnerIds,
  allowedPartnerPackages: ofUser.allowedPartnerPackages,
  userMode: ofUser.userMode,
  capabilities: ofUser.capabilities,
  groupType: intEnum('KalturaGroupType', GroupType).nullish(),
}

const readOnly = {
  partnerId: ofUser.partnerId,
  createdAt: ofUser.createdAt,
  updatedAt: ofUser.updatedAt,
  lastLoginTime: ofUser.lastLoginTime,
  statusUpdatedAt: ofUser.statusUpdatedAt,
  deletedAt: ofUser.deletedAt,
  storageSize: ofUser.storageSize,
  membersCount: int().nullish(),
}

/** Nothing of a group is ever under way here. */
const processStatus = intEnum('KalturaGroupProcessStatus', { NONE: 0, PROCESSING: 1 }).nullish()

/** A group as a caller sends it; `null` clears. */
export const GroupData = object('KalturaGroup', {
  ...settable,
  ...readOnly,
  // Taken and not kept, as the contract does with the first three of a user.
  adminTags: ofUser.adminTags,
  indexedPartnerDataInt: ofUser.indexedPartnerDataInt,
  indexedPartnerDataString: ofUser.indexedPartnerDataString,
  processStatus,
  objectType: text(100).optional(),
})
export type GroupData = z.output<typeof GroupData>

export const Group = object('KalturaGroup', {
  objectType: stringEnum('objectType', ['KalturaGroup']),
  ...settable,
  ...readOnly,
  id: anyText(1000),
  membersCount: int(),
  processStatus,
})
export type Group = z.output<typeof Group>

export const AddGroupInput = z.object({ group: GroupData })
export const UpdateGroupInput = z.object({ groupId: anyText(1000), group: GroupData })

/** `group_group.get` and `group_group.delete`. */
export const OneGroupInput = z.object({ groupId: anyText(1000) })

export const GroupFilter = object('KalturaGroupFilter', {
  ...UserFilter.shape,
  groupType: intEnum('KalturaGroupType', GroupType).nullish(),
})

export const ListGroupsInput = z.object({ filter: GroupFilter.nullish(), pager: FilterPager.nullish() })

export const GroupListResponse = object('KalturaGroupListResponse', {
  objectType: stringEnum('objectType', ['KalturaGroupListResponse']),
  totalCount: int(),
  objects: list(Group),
})
