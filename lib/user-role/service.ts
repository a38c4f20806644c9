import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { listUserRoles } from './actions/list-user-roles'

/** Roles, as far as a form needs them to give one. */
export const userRoleService = {
  list: listUserRoles,
} satisfies Service
