import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { confirmEnrolment } from './actions/confirm-enrolment'
import { getLinkState } from './actions/get-link-state'
import { getSecondFactor } from './actions/get-second-factor'
import { newBackupCodes } from './actions/new-backup-codes'
import { removeSecondFactor } from './actions/remove-second-factor'
import { replaceExpiredPassword } from './actions/replace-expired-password'
import { startEnrolment } from './actions/start-enrolment'

/** What people do with their own sign-in, beside the contract. */
export const accountService = {
  linkState: getLinkState,
  replaceExpiredPassword,
  getSecondFactor,
  startEnrolment,
  confirmEnrolment,
  newBackupCodes,
  removeSecondFactor,
} satisfies Service
