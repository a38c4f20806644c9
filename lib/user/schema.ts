import { z } from 'zod'
import {
  anyText,
  bool,
  explain,
  file,
  int,
  intEnum,
  list,
  nameText,
  nullableBool,
  object,
  plainText,
  stringEnum,
  text,
  time,
} from '@/lib/action/fields'
import { BulkUploadJobData, BulkUploadUserData } from '@/lib/bulk-upload/schema'
import { AdditionalField, ExportToCsvOptions, MappedField } from '@/lib/export-csv/schema'
import { Gender, UserMode, UserStatus, UserType } from './enums'

/** The user service's objects and parameters (§3, §8, §9). Safe to import in the browser. */

/** The contract's characters for an id; at most 100, as longer ones never worked. */
export const userIdPattern = /^[A-Za-z0-9,!#$%&'*+?^_`{|}~.@-]{1,100}$/

const Capability = object('KalturaUserCapability', { capability: stringEnum('KalturaUserCapabilityType', ['0']) })

/** What is known of the person. */
const profile = {
  screenName: nameText(255),
  fullName: nameText(511),
  firstName: nameText(255),
  lastName: nameText(255),
  email: plainText(320),
  title: plainText(255),
  company: plainText(255),
  description: plainText(8192),
  tags: plainText(4096),
  thumbnailUrl: plainText(2048),
  /** Years 1 to 9999. */
  dateOfBirth: int(-62_135_596_800, 253_402_300_799),
  gender: intEnum('KalturaGender', Gender),
  language: text(20),
  country: plainText(255),
  state: plainText(255),
  city: plainText(255),
  zip: plainText(64),
  partnerData: plainText(65_535),
  registrationInfo: text(65_535),
  attendanceInfo: text(65_535),
  externalId: text(320),
}

const account = {
  status: intEnum('KalturaUserStatus', UserStatus),
  type: intEnum('KalturaUserType', UserType),
  isAdmin: bool(),
  roleIds: text(4096),
  userMode: intEnum('KalturaUserMode', UserMode),
  capabilities: list(Capability),
  ksPrivileges: text(8192),
  isSsoExcluded: bool(),
  isGuest: bool(),
  allowedPartnerIds: text(4096),
  allowedPartnerPackages: text(4096),
}

const readOnly = {
  partnerId: int(),
  createdAt: time(),
  updatedAt: time(),
  lastLoginTime: int(),
  statusUpdatedAt: int(),
  deletedAt: time(),
  storageSize: int(),
  roleNames: text(65_535),
  isAccountOwner: bool(),
  loginEnabled: bool(),
  encryptedSeed: text(1024),
}

const ignored = { adminTags: text(4096), indexedPartnerDataInt: int(), indexedPartnerDataString: text(4096) }

const nullish = <S extends Record<string, z.ZodType>>(shape: S) =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.nullish()])) as {
    [K in keyof S]: z.ZodOptional<z.ZodNullable<S[K]>>
  }

/** A user as a caller sends it: everything may be left out; `null` clears. */
export const UserData = object(
  'KalturaUser',
  {
    // Its rules need the stored user, so the actions judge it.
    id: anyText(1000).nullish(),
    ...nullish(profile),
    ...nullish(account),
    ...nullish(readOnly),
    ...nullish(ignored),
    password: anyText(4096).nullish(),
    objectType: text(100).optional(),
  },
  { alsoKnownAs: ['KalturaAdminUser'] },
)
export type UserData = z.output<typeof UserData>

/** A user as it is answered (§3.2). Null fields are left out on the wire. */
export const User = object(
  'KalturaUser',
  {
    objectType: stringEnum('objectType', ['KalturaUser', 'KalturaAdminUser']),
    id: anyText(1000),
    ...nullish(profile),
    ...nullish(account),
    ...nullish(readOnly),
    /** Counts the saves; a page sends back the one it read. */
    version: int(),
    /** The sign-in address. */
    loginId: anyText(320).nullish(),
    /** Epoch seconds until which sign-in is locked after too many failures. */
    lockedUntil: int().nullish(),
    blockReason: anyText(1000).nullish(),
    /** Epoch seconds at which the block ends by itself. */
    blockedUntil: int().nullish(),
    /** Epoch seconds until which a login of another account, which was asked to join, can accept. */
    invitedUntil: int().nullish(),
  },
  {
    alsoKnownAs: ['KalturaAdminUser'],
    pageOnly: ['version', 'loginId', 'lockedUntil', 'blockReason', 'blockedUntil', 'invitedUntil'],
  },
)
export type User = z.output<typeof User>

/** `user.add` (§8.1). */
export const AddUserInput = z.object({ user: UserData })

/** `user.get` (§8.10). */
export const GetUserInput = z.object({ userId: explain(anyText(1000).nullish(), 'Whom to read; the caller, if it is left out.') })

/** `user.update` (§8.22). What follows `user` is Usher's own, for pages. */
export const UpdateUserInput = z.object({
  userId: explain(anyText(1000), 'Whom to change.'),
  user: UserData,
  version: explain(int().nullish(), 'The version that was read; another one in store is a conflict.'),
  blockReason: explain(plainText(1000).nullish(), 'Why the user is blocked, kept with the block and in the audit log.'),
  blockedUntil: explain(int().nullish(), 'Epoch seconds at which the block ends by itself; without it the block has no end.'),
})

/** `user.delete` (§8.4), and `user.restore`, which takes it back. */
export const DeleteUserInput = z.object({ userId: explain(anyText(1000), 'Whom it is about.') })

/** Sorts of the contract, then Usher's own. */
export const userOrders = [
  'createdAt',
  'updatedAt',
  'id',
  'screenName',
  'firstName',
  'lastName',
  'fullName',
  'email',
  'lastLoginTime',
  'status',
] as const

const ids = explain(text(60_000).nullish(), 'Ids after commas, at most 500.')

/** What to list (§9.1). The last group is Usher's own. */
export const UserFilter = object('KalturaUserFilter', {
  idEqual: anyText(1000).nullish(),
  idIn: ids,
  partnerIdEqual: int().nullish(),
  typeEqual: intEnum('KalturaUserType', UserType).nullish(),
  typeIn: text(1000).nullish(),
  statusEqual: intEnum('KalturaUserStatus', UserStatus).nullish(),
  statusIn: text(1000).nullish(),
  isAdminEqual: nullableBool().optional(),
  loginEnabledEqual: nullableBool().optional(),
  screenNameLike: text(256).nullish(),
  screenNameStartsWith: text(256).nullish(),
  emailLike: text(256).nullish(),
  emailStartsWith: text(256).nullish(),
  firstNameStartsWith: text(256).nullish(),
  lastNameStartsWith: text(256).nullish(),
  idOrScreenNameStartsWith: text(256).nullish(),
  firstNameOrLastNameStartsWith: text(256).nullish(),
  tagsMultiLikeOr: text(4096).nullish(),
  tagsMultiLikeAnd: text(4096).nullish(),
  roleIdEqual: text(100).nullish(),
  roleIdsEqual: text(4096).nullish(),
  roleIdsIn: text(4096).nullish(),
  permissionNamesMultiLikeOr: text(4096).nullish(),
  permissionNamesMultiLikeAnd: text(4096).nullish(),
  createdAtGreaterThanOrEqual: time().nullish(),
  createdAtLessThanOrEqual: time().nullish(),
  updatedAtGreaterThanOrEqual: time().nullish(),
  updatedAtLessThanOrEqual: time().nullish(),
  orderBy: explain(text(1000).nullish(), 'A field after + or -, several after commas; -createdAt if it is left out.'),

  freeText: explain(text(256).nullish(), 'Anywhere in id, screen name, first, last, full name or e-mail.'),
  lastLoginTimeGreaterThanOrEqual: time().nullish(),
  lastLoginTimeLessThanOrEqual: time().nullish(),
  neverSignedInEqual: nullableBool().optional(),
  objectType: text(100).optional(),
})
export type UserFilter = z.output<typeof UserFilter>

/** Which part of the list (§9.3). */
export const FilterPager = object('KalturaFilterPager', {
  pageSize: explain(int().nullish(), 'How many at most, 0 to 500; 30 if it is left out.'),
  pageIndex: explain(int().nullish(), 'Which page, from 1.'),
  cursor: explain(
    anyText(2000).nullish(),
    'Usher’s own: where to go on, as a former answer told; empty for the beginning. Goes as deep as people want.',
  ),
  objectType: text(100).optional(),
})

/** `user.list` (§8.13). */
export const ListUsersInput = z.object({
  filter: explain(UserFilter.nullish(), 'Whom to list; all but the deleted, if it is left out.'),
  pager: explain(FilterPager.nullish(), 'Which part of the list.'),
})

export const UserListResponse = object(
  'KalturaUserListResponse',
  {
    objectType: stringEnum('objectType', ['KalturaUserListResponse']),
    totalCount: int(),
    objects: list(User),
    /** False when counting stopped at 10,000; only lists read by cursor stop there. */
    isTotalExact: bool(),
    nextCursor: anyText(2000).nullish(),
    previousCursor: anyText(2000).nullish(),
  },
  { pageOnly: ['isTotalExact', 'nextCursor', 'previousCursor'] },
)
export type UserListResponse = z.output<typeof UserListResponse>

const requestId = explain(
  anyText(100).nullish(),
  'Your own name for this request: sent again under the same name, it is done once.',
)

/** `user.addFromBulkUpload` (§8.2). */
export const AddFromBulkUploadInput = z.object({
  fileData: file(),
  bulkUploadData: BulkUploadJobData.nullish(),
  bulkUploadUserData: BulkUploadUserData.nullish(),
  requestId,
})

/** `user.exportToCsv` (§8.8). */
export const ExportToCsvInput = z.object({
  filter: UserFilter.nullish(),
  metadataProfileId: int().nullish(),
  additionalFields: list(AdditionalField, 200).nullish(),
  mappedFields: list(MappedField, 200).nullish(),
  options: ExportToCsvOptions.nullish(),
  requestId,
})

/** `user.notifyBan` (§8.18). */
export const NotifyBanInput = z.object({ userId: anyText(1000) })

/** `user.index` (§8.12). The second is of no consequence, as in the contract. */
export const IndexUserInput = z.object({ id: anyText(1000), shouldUpdate: bool().default(true) })

/** `user.demoteAdmin` (§8.24). */
export const DemoteAdminInput = z.object({ userId: anyText(1000) })

/** `user.unlock`, `user.resetSecondFactor`. */
export const UserIdInput = z.object({ userId: anyText(1000) })
