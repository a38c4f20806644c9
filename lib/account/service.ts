import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { changePassword } from './actions/change-password'
import { confirmEnrolment } from './actions/confirm-enrolment'
import { endOtherSessions } from './actions/end-other-sessions'
import { endSession } from './actions/end-session'
import { getLinkState } from './actions/get-link-state'
import { getMyData } from './actions/get-my-data'
import { getSecondFactor } from './actions/get-second-factor'
import { listSessions } from './actions/list-sessions'
import { listSignIns } from './actions/list-sign-ins'
import { newBackupCodes } from './actions/new-backup-codes'
import { removeSecondFactor } from './actions/remove-second-factor'
import { replaceExpiredPassword } from './actions/replace-expired-password'
import { startEnrolment } from './actions/start-enrolment'
import { updateProfile } from './actions/update-profile'

/** What people do with their own sign-in, beside the contract. */
export const accountService = {
  linkState: getLinkState,
  replaceExpiredPassword,
  getSecondFactor,
  startEnrolment,
  confirmEnrolment,
  newBackupCodes,
  removeSecondFactor,
  updateProfile,
  changePassword,
  listSessions,
  endSession,
  endOtherSessions,
  listSignIns,
  getMyData,
} satisfies Service
