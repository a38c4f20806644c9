import 'server-only'
import type { z } from 'zod'
import { countMembers } from '@/db/queries/group-users'
import { findListedUser, type ListedUser } from '@/db/queries/list-users'
import type { UserRow } from '@/db/queries/users'
import type { Partner } from '@/lib/action/context'
import { toUsers } from '@/lib/user/to-user'
import type { Group } from './schema'

type GroupAnswer = z.input<typeof Group>

/** Stored groups as they are answered, with the number of users that are in them and not deleted. */
export async function toGroups(partner: Partner, rows: ListedUser[]): Promise<GroupAnswer[]> {
  const users = await toUsers(partner, rows)
  const members = await countMembers(
    partner.id,
    rows.map((row) => row.key),
  )
  return users.map((user, at) => ({
    ...user,
    objectType: 'KalturaGroup',
    groupType: user.type as GroupAnswer['groupType'],
    membersCount: members.get(rows[at]?.key ?? 0) ?? 0,
    processStatus: 0,
  }))
}

export async function toGroup(partner: Partner, row: UserRow): Promise<GroupAnswer> {
  const listed = await findListedUser(partner.id, row.key)
  const [group] = await toGroups(partner, listed ? [listed] : [])
  if (!group) throw new Error(`Group ${row.key} vanished while it was answered`)
  return group
}
