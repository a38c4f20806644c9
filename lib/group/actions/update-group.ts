import 'server-only'
import { transaction } from '@/db/client'
import { type UserChanges, type UserRow, updateUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { endUser } from '@/lib/user/end-user'
import { UserStatus } from '@/lib/user/enums'
import { refuseStronger } from '@/lib/user/policy'
import { refuseBadId, storedFields } from '@/lib/user/user-changes'
import { getGroupForUpdate, refuseTakenId } from '../find-group'
import { groupReadOnly } from '../read-only'
import { Group, type GroupData, GroupType, UpdateGroupInput } from '../schema'
import { toGroup } from '../to-group'

/** Changes what is sent of a group. `INVALID_GROUP_ID`, `DUPLICATE_GROUP_BY_ID`, `APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED`. */
export const updateGroup = defineAction({
  name: 'group_group.update',
  summary: 'Changes the fields of a group that are sent.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: UpdateGroupInput,
  output: Group,
  errors: [
    'APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED',
    'DUPLICATE_GROUP_BY_ID',
    'INVALID_GROUP_ID',
    'PROPERTY_VALIDATION_NOT_UPDATABLE',
  ],
  changes: ['group_group', 'user', 'audit'],

  handle: (ctx, { groupId, group }) =>
    transaction(async () => {
      const before = await getGroupForUpdate(ctx.partner.id, groupId)
      await refuseStronger(ctx, before, 'group_group.update')
      refuseReadOnly('KalturaGroup', group, groupReadOnly, await toGroup(ctx.partner, before))
      const changes = changesOf(before, group)
      const after = await store(ctx, before, changes, group).catch(refuseTakenId(changes.id ?? before.id))
      await recordChange(ctx, {
        action: 'group_group.update',
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
      })
      return toGroup(ctx.partner, after)
    }),
})

function changesOf(before: UserRow, group: GroupData): UserChanges {
  const type = group.groupType ?? before.type
  if (before.type === GroupType.APPLICATIVE_GROUP && type !== before.type)
    throw new ActionError('APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED').at('group.groupType')
  const id = group.id ?? before.id
  if (id !== before.id) refuseBadId(id)
  return { ...storedFields(group), id, type }
}

async function store(ctx: PartnerContext, before: UserRow, changes: UserChanges, { status }: GroupData) {
  if (status === UserStatus.DELETED || status === UserStatus.BLOCKED) return endUser(ctx, before, status, changes)
  const isUnblocked = status === UserStatus.ACTIVE && before.status !== status
  return updateUser(before, {
    ...changes,
    updatedAt: ctx.now,
    ...(isUnblocked && { status, statusUpdatedAt: ctx.now, blockReason: null, blockedUntil: null }),
  })
}
