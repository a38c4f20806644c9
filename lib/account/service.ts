import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { cancelEmailChange } from './actions/cancel-email-change'
import { changePassword } from './actions/change-password'
import { confirmEmailChange } from './actions/confirm-email-change'
import { confirmEnrolment } from './actions/confirm-enrolment'
import { endOtherSessions } from './actions/end-other-sessions'
import { endSession } from './actions/end-session'
import { getEmailChange } from './actions/get-email-change'
import { getExpiredPasswordRules } from './actions/get-expired-password-rules'
import { getLinkState } from './actions/get-link-state'
import { getMyData } from './actions/get-my-data'
import { getSecondFactor } from './actions/get-second-factor'
import { listSessions } from './actions/list-sessions'
import { listSignIns } from './actions/list-sign-ins'
import { newBackupCodes } from './actions/new-backup-codes'
import { removeSecondFactor } from './actions/remove-second-factor'
import { renewLink } from './actions/renew-link'
import { replaceExpiredPassword } from './actions/replace-expired-password'
import { requestEmailChange } from './actions/request-email-change'
import { startEnrolment } from './actions/start-enrolment'
import { updateProfile } from './actions/update-profile'

/** What people do with their own sign-in, beside the contract. */
export const accountService = {
  linkState: getLinkState,
  renewLink,
  expiredPasswordRules: getExpiredPasswordRules,
  replaceExpiredPassword,
  getSecondFactor,
  startEnrolment,
  confirmEnrolment,
  newBackupCodes,
  removeSecondFactor,
  updateProfile,
  changePassword,
  getEmailChange,
  requestEmailChange,
  cancelEmailChange,
  confirmEmailChange,
  listSessions,
  endSession,
  endOtherSessions,
  listSignIns,
  getMyData,
} satisfies Service
