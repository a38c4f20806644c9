import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { acceptInvitation } from './actions/accept-invitation'
import { addFromBulkUpload } from './actions/add-from-bulk-upload'
import { addUser } from './actions/add-user'
import { checkLoginDataExists } from './actions/check-login-data-exists'
import { deleteUser } from './actions/delete-user'
import { demoteAdmin } from './actions/demote-admin'
import { disableLogin } from './actions/disable-login'
import { enableLogin } from './actions/enable-login'
import { exportToCsv } from './actions/export-to-csv'
import { generateQrCode } from './actions/generate-qr-code'
import { getByLoginId } from './actions/get-by-login-id'
import { getUser } from './actions/get-user'
import { indexUser } from './actions/index-user'
import { listUsers } from './actions/list-users'
import { login } from './actions/login'
import { loginByKs } from './actions/login-by-ks'
import { loginByLoginId } from './actions/login-by-login-id'
import { loginDataResetPassword } from './actions/login-data-reset-password'
import { notifyBan } from './actions/notify-ban'
import { resetPassword } from './actions/reset-password'
import { resetSecondFactor } from './actions/reset-second-factor'
import { restoreUser } from './actions/restore-user'
import { serveCsv } from './actions/serve-csv'
import { setInitialPassword } from './actions/set-initial-password'
import { unlockUser } from './actions/unlock-user'
import { updateLoginData } from './actions/update-login-data'
import { updateUser } from './actions/update-user'
import { validateHashKey } from './actions/validate-hash-key'

/** The user service, in the order of the contract; then what Usher adds. */
export const userService = {
  add: addUser,
  addFromBulkUpload,
  checkLoginDataExists,
  delete: deleteUser,
  disableLogin,
  enableLogin,
  exportToCsv,
  generateQrCode,
  get: getUser,
  getByLoginId,
  index: indexUser,
  list: listUsers,
  login,
  loginByKs,
  loginByLoginId,
  loginDataResetPassword,
  notifyBan,
  serveCsv,
  resetPassword,
  setInitialPassword,
  update: updateUser,
  updateLoginData,
  validateHashKey,
  demoteAdmin,

  restore: restoreUser,
  acceptInvitation,
  unlock: unlockUser,
  resetSecondFactor,
} satisfies Service
