import { describeService, open } from '@/lib/action/service-testing'

/** Without a person there is nobody whose sign-in it could be; the sessions of the table have none. */
const peopleOnly = { anonymous: false, user: false, admin: false }

const permission = ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION']

/** Usher's own. The handlers ask for the person themselves, whatever the role: everybody may look after the own sign-in. */
describeService('account', {
  linkState: { parameters: ['hashKey'], permission, ...open },
  renewLink: { parameters: ['hashKey'], permission, ...open },
  expiredPasswordRules: { parameters: ['loginId', 'password'], permission, ...open },
  replaceExpiredPassword: { parameters: ['loginId', 'password', 'newPassword', 'otp?'], permission, ...open },
  getSecondFactor: { parameters: [], permission, ...peopleOnly },
  startEnrolment: { parameters: ['hashKey?', 'password?', 'otp?'], permission, ...peopleOnly },
  confirmEnrolment: { parameters: ['hashKey?', 'otp'], permission, ...open },
  newBackupCodes: { parameters: ['password', 'otp?'], permission, ...open },
  removeSecondFactor: { parameters: ['password', 'otp?'], permission, ...open },
  updateProfile: { parameters: ['firstName?', 'lastName?', 'mailLanguage?', 'version?'], permission, ...peopleOnly },
  changePassword: { parameters: ['password', 'newPassword', 'otp?'], permission, ...open },
  getEmailChange: { parameters: [], permission, ...peopleOnly },
  requestEmailChange: { parameters: ['newEmail', 'password', 'otp?'], permission, ...open },
  cancelEmailChange: { parameters: [], permission, ...peopleOnly },
  confirmEmailChange: { parameters: ['hashKey'], permission, ...open },
  listSessions: { parameters: [], permission, ...peopleOnly },
  endSession: { parameters: ['id'], permission, ...open },
  endOtherSessions: { parameters: [], permission, ...peopleOnly },
  listSignIns: { parameters: [], permission, ...peopleOnly },
  getMyData: { parameters: [], permission, ...peopleOnly },
})
