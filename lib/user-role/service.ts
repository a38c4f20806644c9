import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { addUserRole } from './actions/add-user-role'
import { cloneUserRole } from './actions/clone-user-role'
import { deleteUserRole } from './actions/delete-user-role'
import { getUserRole } from './actions/get-user-role'
import { listUserRoles } from './actions/list-user-roles'
import { updateUserRole } from './actions/update-user-role'

/** Roles: what people may do, given to them by `user.add` and `user.update`. */
export const userRoleService = {
  add: addUserRole,
  get: getUserRole,
  list: listUserRoles,
  update: updateUserRole,
  delete: deleteUserRole,
  clone: cloneUserRole,
} satisfies Service
