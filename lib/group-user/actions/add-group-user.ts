import 'server-only'
import { transaction } from '@/db/client'
import { addGroupUser as insert } from '@/db/queries/group-users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { refuseMissing, refuseReadOnly } from '@/lib/action/read-only'
import { getSides } from '../find-sides'
import { recordLink } from '../record-link'
import { AddGroupUserInput, GroupUser, GroupUserCreationMode, GroupUserRole } from '../schema'
import { toGroupUser } from '../to-group-user'

const readOnly = ['id', 'status', 'partnerId', 'createdAt', 'updatedAt', 'groupType'] as const

/** Puts a user into a group. `USER_NOT_FOUND`, `GROUP_NOT_FOUND`, `GROUP_USER_ALREADY_EXISTS`. */
export const addGroupUser = defineAction({
  name: 'groupUser.add',
  summary: 'Puts a user into a group.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: AddGroupUserInput,
  output: GroupUser,
  errors: ['GROUP_NOT_FOUND', 'GROUP_USER_ALREADY_EXISTS', 'PROPERTY_VALIDATION_NOT_UPDATABLE', 'USER_NOT_FOUND'],
  changes: ['groupUser', 'group_group', 'audit'],

  async handle(ctx, { groupUser }) {
    const { userId, groupId, creationMode, userRole } = groupUser
    refuseMissing('KalturaGroupUser', 'userId', userId)
    refuseMissing('KalturaGroupUser', 'groupId', groupId)
    refuseReadOnly('KalturaGroupUser', groupUser, readOnly)
    const { user, group } = await getSides(ctx.partner.id, userId, groupId)

    return transaction(async () => {
      const link = await insert({
        partnerId: ctx.partner.id,
        groupKey: group.key,
        userKey: user.key,
        creationMode: creationMode ?? GroupUserCreationMode.MANUAL,
        userRole: userRole ?? GroupUserRole.MEMBER,
        createdAt: ctx.now,
        updatedAt: ctx.now,
      })
      if (!link) throw new ActionError('GROUP_USER_ALREADY_EXISTS')
      await recordLink(ctx, 'groupUser.add', user, { after: group.id })
      return toGroupUser({ ...link, userId: user.id, groupId: group.id, groupType: group.type })
    })
  },
})
