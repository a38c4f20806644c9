import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { getGroupRow } from '../find-group'
import { Group, OneGroupInput } from '../schema'
import { toGroup } from '../to-group'

/** Reads one group. `INVALID_GROUP_ID`. */
export const getGroup = defineAction({
  name: 'group_group.get',
  summary: 'Reads one group, with the number of its members.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: OneGroupInput,
  output: Group,
  errors: ['INVALID_GROUP_ID'],
  handle: async ({ partner }, { groupId }) => toGroup(partner, await getGroupRow(partner.id, groupId)),
})
