import { UpdateUserInput, type User, type UserData } from '@/lib/user/schema'

/** The writable fields of a user, as the profile groups them. */
export const profileFields = {
  identity: ['firstName', 'lastName', 'screenName', 'dateOfBirth', 'gender', 'language'],
  contact: ['email', 'thumbnailUrl', 'company', 'title'],
  address: ['country', 'state', 'city', 'zip'],
  // The status is not here: blocking asks for a reason.
  rights: [
    'id',
    'type',
    'roleIds',
    'ksPrivileges',
    'isAdmin',
    'userMode',
    'isSsoExcluded',
    'allowedPartnerIds',
    'allowedPartnerPackages',
  ],
  more: ['tags', 'description', 'partnerData', 'registrationInfo', 'attendanceInfo'],
} as const satisfies Record<string, readonly (keyof UserData & keyof User)[]>

export type ProfileField = (typeof profileFields)[keyof typeof profileFields][number]

export const allProfileFields: readonly ProfileField[] = Object.values(profileFields).flat()

export const profileSchema = UpdateUserInput

/** What the form starts from: an absent text is an empty one. */
export function formValuesOf(user: User) {
  const others = new Set<ProfileField>(['type', 'isAdmin', 'userMode', 'isSsoExcluded', 'dateOfBirth', 'gender'])
  const values = allProfileFields.map((field) => [field, others.has(field) ? (user[field] ?? null) : (user[field] ?? '')])
  return { userId: user.id, version: user.version, user: Object.fromEntries(values) as Pick<UserData, ProfileField> }
}
