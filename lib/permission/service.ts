import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { listPermissions } from './actions/list-permissions'

/** What roles can grant. */
export const permissionService = {
  list: listPermissions,
} satisfies Service
