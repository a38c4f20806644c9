import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { deleteGroupUser as remove } from '@/db/queries/group-users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { getSides } from '../find-sides'
import { recordLink } from '../record-link'
import { DeleteGroupUserInput } from '../schema'

/** Takes a user out of a group. `USER_NOT_FOUND`, `GROUP_NOT_FOUND`, `GROUP_USER_DOES_NOT_EXISTS`. */
export const deleteGroupUser = defineAction({
  name: 'groupUser.delete',
  summary: 'Takes a user out of a group.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: DeleteGroupUserInput,
  output: z.null(),
  errors: ['GROUP_NOT_FOUND', 'GROUP_USER_DOES_NOT_EXISTS', 'USER_NOT_FOUND'],
  changes: ['groupUser', 'group_group', 'audit'],

  async handle(ctx, { userId, groupId }) {
    const { user, group } = await getSides(ctx.partner.id, userId, groupId)
    await transaction(async () => {
      if (!(await remove(ctx.partner.id, group.key, user.key)))
        throw new ActionError('GROUP_USER_DOES_NOT_EXISTS', { USER: userId, GROUP: groupId })
      await recordLink(ctx, 'groupUser.delete', user, { before: group.id })
    })
    return null
  },
})
