import 'server-only'
import { transaction } from '@/db/client'
import { insertUser } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { defineAction } from '@/lib/action/define-action'
import { refuseMissing, refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { newUserRow } from '@/lib/user/provision-user'
import { refuseBadId, storedFields } from '@/lib/user/user-changes'
import { refuseTakenId } from '../find-group'
import { groupReadOnly } from '../read-only'
import { AddGroupInput, Group, GroupType } from '../schema'
import { toGroup } from '../to-group'

/** Adds a group. `DUPLICATE_GROUP_BY_ID`, also if a person has the id. */
export const addGroup = defineAction({
  name: 'group_group.add',
  summary: 'Adds a group that users can be put into.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_ADD'],
  input: AddGroupInput,
  output: Group,
  errors: ['DUPLICATE_GROUP_BY_ID', 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
  changes: ['group_group', 'user', 'audit'],

  async handle(ctx, { group }) {
    const { id, status } = group
    refuseMissing('KalturaGroup', 'id', id)
    refuseBadId(id)
    refuseReadOnly('KalturaGroup', group, groupReadOnly)
    const fields = storedFields(group)
    const row = newUserRow(ctx, id, {
      ...fields,
      screenName: group.screenName || id,
      type: group.groupType ?? GroupType.GROUP,
      ...(status != null && { status }),
      deletedAt: status === userStatus.deleted ? ctx.now : null,
    })

    return transaction(async () => {
      const added = await insertUser(row).catch(refuseTakenId(id))
      await recordChange(ctx, { action: 'group_group.add', target: { type: 'user', id, key: added.key }, after: added })
      return toGroup(ctx.partner, added)
    })
  },
})
