import 'server-only'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { recordChange } from '@/lib/audit/record-change'
import { endUser } from '@/lib/user/end-user'
import { refuseStronger } from '@/lib/user/policy'
import { getGroupForUpdate } from '../find-group'
import { Group, OneGroupInput } from '../schema'
import { toGroup } from '../to-group'

/** Deletes a group; nobody is in it any more, until it is restored by `user.restore`. `INVALID_GROUP_ID`. */
export const deleteGroup = defineAction({
  name: 'group_group.delete',
  summary: 'Deletes a group; its members stay.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_DELETE'],
  input: OneGroupInput,
  output: Group,
  errors: ['INVALID_GROUP_ID'],
  changes: ['group_group', 'groupUser', 'user', 'audit'],

  handle: (ctx, { groupId }) =>
    transaction(async () => {
      const before = await getGroupForUpdate(ctx.partner.id, groupId)
      await refuseStronger(ctx, before, 'group_group.delete')
      const after = await endUser(ctx, before, 2)
      const target = { type: 'user', id: after.id, key: after.key }
      await recordChange(ctx, { action: 'group_group.delete', target, before, after })
      return toGroup(ctx.partner, after)
    }),
})
