import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { acceptInvitation } from './actions/accept-invitation'
import { addUser } from './actions/add-user'
import { checkLoginDataExists } from './actions/check-login-data-exists'
import { deleteUser } from './actions/delete-user'
import { demoteAdmin } from './actions/demote-admin'
import { disableLogin } from './actions/disable-login'
import { enableLogin } from './actions/enable-login'
import { getByLoginId } from './actions/get-by-login-id'
import { getUser } from './actions/get-user'
import { indexUser } from './actions/index-user'
import { listUsers } from './actions/list-users'
import { login } from './actions/login'
import { loginByKs } from './actions/login-by-ks'
import { loginByLoginId } from './actions/login-by-login-id'
import { restoreUser } from './actions/restore-user'
import { updateUser } from './actions/update-user'

/** The user service, in the order of the contract; then what Usher adds. */
export const userService = {
  add: addUser,
  checkLoginDataExists,
  delete: deleteUser,
  disableLogin,
  enableLogin,
  get: getUser,
  getByLoginId,
  index: indexUser,
  list: listUsers,
  login,
  loginByKs,
  loginByLoginId,
  update: updateUser,
  demoteAdmin,

  restore: restoreUser,
  acceptInvitation,
} satisfies Service
