/** What is kept about a person, field by field. */

export const field = {
  id: 'User id',
  screenName: 'Screen name',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  title: 'Title',
  company: 'Company',
  description: 'Description',
  tags: 'Tags',
  thumbnailUrl: 'Picture address',
  dateOfBirth: 'Date of birth',
  gender: 'Gender',
  language: 'Language',
  country: 'Country',
  state: 'State',
  city: 'City',
  zip: 'Postal code',
  partnerData: 'Notes',
  registrationInfo: 'Registration data',
  attendanceInfo: 'Attendance data',
  status: 'Status',
  type: 'Type',
  isAdmin: 'Administrator',
  roleIds: 'Roles',
  userMode: 'Protected',
  ksPrivileges: 'Session privileges',
  isSsoExcluded: 'Signs in with a password although the account uses single sign-on',
  allowedPartnerIds: 'Allowed accounts',
  allowedPartnerPackages: 'Allowed packages',
}

/** What the activity shows besides the profile's fields. */
export const storedField = {
  loginDataId: 'Login',
  group: 'Group',
  blockReason: 'Reason of the block',
  blockedUntil: 'Blocked until',
  deletedAt: 'Deleted',
  lastLoginAt: 'Last sign-in',
  externalId: 'External id',
  isGuest: 'Guest',
  capabilities: 'Capabilities',
} as Record<string, string>

export const hint = {
  id: 'Changing it ends their sessions.',
  email: 'A contact address; the sign-in address stays as it is.',
  tags: 'Separated by commas.',
  roleIds: 'What they may do. A change ends their sessions.',
  isAdmin: 'Administrators are made ordinary users by demoting them.',
  ksPrivileges: 'Given to each session in place of those asked for.',
  language: 'Two letters, such as en or de.',
}

export const genders = { unknown: 'Unknown', male: 'Male', female: 'Female' }
