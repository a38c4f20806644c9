import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { addUser } from './actions/add-user'
import { deleteUser } from './actions/delete-user'
import { getUser } from './actions/get-user'
import { listUsers } from './actions/list-users'
import { login } from './actions/login'
import { loginByLoginId } from './actions/login-by-login-id'
import { restoreUser } from './actions/restore-user'
import { updateUser } from './actions/update-user'

/** The user service, in the order of the contract; then what Usher adds. */
export const userService = {
  add: addUser,
  delete: deleteUser,
  get: getUser,
  list: listUsers,
  login,
  loginByLoginId,
  update: updateUser,

  restore: restoreUser,
} satisfies Service
