import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { addGroupUser } from './actions/add-group-user'
import { deleteGroupUser } from './actions/delete-group-user'
import { listGroupUsers } from './actions/list-group-users'
import { syncGroupUser } from './actions/sync-group-user'

/** Who is in which group. */
export const groupUserService = {
  add: addGroupUser,
  list: listGroupUsers,
  delete: deleteGroupUser,
  sync: syncGroupUser,
} satisfies Service
