import 'server-only'
import { transaction } from '@/db/client'
import { addGroupUser, deleteGroupUser, listGroupsOfUser } from '@/db/queries/group-users'
import { findUser, findUserForUpdate, idKeyOf, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { items, seconds } from '@/lib/action/listing'
import { allows } from '@/lib/action/permissions'
import { provisionGroup } from '@/lib/group/provision-group'
import { isUserId } from '@/lib/user/user-changes'
import { getMember } from '../find-sides'
import { recordLink } from '../record-link'
import { GroupSync, GroupUserCreationMode, GroupUserRole, SyncGroupUserInput } from '../schema'

const finished = 5

/**
 * Puts a user into the groups that are named, and out of all others unless `removeFromExistingGroups` is off. A group that does not exist is
 * added, for a caller who may add users, or refused as `GROUP_NOT_FOUND` without `createNewGroups`. All of it happens, or nothing.
 */
export const syncGroupUser = defineAction({
  name: 'groupUser.sync',
  summary: 'Makes the groups of a user those that are named.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: SyncGroupUserInput,
  output: GroupSync,
  errors: ['GROUP_NOT_FOUND', 'USER_NOT_FOUND'],
  changes: ['groupUser', 'group_group', 'user', 'audit'],

  async handle(ctx, { userId, groupIds, removeFromExistingGroups, createNewGroups }) {
    const named = idsOf(groupIds ?? '')
    return transaction(async () => {
      const user = await getMember(ctx.partner.id, userId)
      // Two syncs of one user follow each other.
      await findUserForUpdate(ctx.partner.id, user.id)
      const former = await listGroupsOfUser(ctx.partner.id, user.key)
      const wanted: UserRow[] = []
      for (const id of named) wanted.push(await groupOf(ctx, id, createNewGroups))

      const entered = wanted.filter((group) => !former.some(({ key }) => key === group.key))
      const left = former.filter((group) => removeFromExistingGroups && !wanted.some(({ key }) => key === group.key))
      for (const group of entered) await enter(ctx, user, group)
      for (const group of left) await leave(ctx, user, group)
      return {
        objectType: 'KalturaBulkUpload' as const,
        uploadedByUserId: ctx.actor.kind === 'user' ? ctx.actor.userId : '',
        uploadedOn: seconds(ctx.now),
        status: finished,
        numOfObjects: entered.length + left.length,
      }
    })
  },
})

/** The ids that are named, each once whatever its case. `INVALID_FIELD_VALUE` for one that cannot be an id. */
function idsOf(groupIds: string) {
  const byKey = new Map(items('groupIds', groupIds).map((id) => [idKeyOf(id), id]))
  const ids = [...byKey.values()]
  if (!ids.every(isUserId)) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'groupIds' }).at('groupIds')
  return ids
}

async function groupOf(ctx: PartnerContext, id: string, mayCreate: boolean) {
  if (!(await findUser(ctx.partner.id, id))) {
    if (!mayCreate) throw new ActionError('GROUP_NOT_FOUND')
    if (!allows(ctx.actor.grants, ['ADMIN_USER_ADD'])) throw forbidden('groupUser.sync')
  }
  return provisionGroup(ctx, id)
}

async function enter(ctx: PartnerContext, user: UserRow, group: UserRow) {
  await addGroupUser({
    partnerId: ctx.partner.id,
    groupKey: group.key,
    userKey: user.key,
    creationMode: GroupUserCreationMode.AUTOMATIC,
    userRole: GroupUserRole.MEMBER,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  await recordLink(ctx, 'groupUser.sync', user, { after: group.id })
}

async function leave(ctx: PartnerContext, user: UserRow, group: UserRow) {
  await deleteGroupUser(ctx.partner.id, group.key, user.key)
  await recordLink(ctx, 'groupUser.sync', user, { before: group.id })
}
