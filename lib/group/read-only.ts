import 'server-only'

/** What nobody sets of a group. */
export const groupReadOnly = [
  'partnerId',
  'createdAt',
  'updatedAt',
  'lastLoginTime',
  'statusUpdatedAt',
  'deletedAt',
  'storageSize',
  'membersCount',
] as const
