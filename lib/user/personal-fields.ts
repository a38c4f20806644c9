/** Text fields about the person; all are stored as they are sent. */
export const personalTexts = [
  'screenName',
  'firstName',
  'lastName',
  'email',
  'title',
  'company',
  'description',
  'thumbnailUrl',
  'country',
  'state',
  'city',
  'zip',
  'partnerData',
  'registrationInfo',
  'attendanceInfo',
  'gender',
] as const

/** What is known of the person beside the id (X08). */
export const personalFields = [...personalTexts, 'tags', 'dateOfBirth', 'externalId', 'blockReason'] as const
