import { userStatus } from '@/db/statuses'

/** The user service's numbers by name (§3). A page that only names one needs none of the schemas. */

export const UserStatus = { BLOCKED: userStatus.blocked, ACTIVE: userStatus.active, DELETED: userStatus.deleted } as const
export const UserType = { USER: 0, GROUP: 1, APPLICATIVE_GROUP: 2 } as const
export const Gender = { UNKNOWN: 0, MALE: 1, FEMALE: 2 } as const
export const UserMode = { NONE: 0, PROTECTED_USER: 1 } as const
