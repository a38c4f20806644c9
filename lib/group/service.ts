import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { addGroup } from './actions/add-group'
import { deleteGroup } from './actions/delete-group'
import { getGroup } from './actions/get-group'
import { listGroups } from './actions/list-groups'
import { updateGroup } from './actions/update-group'

/** Groups of users. */
export const groupService = {
  add: addGroup,
  get: getGroup,
  list: listGroups,
  update: updateGroup,
  delete: deleteGroup,
} satisfies Service
