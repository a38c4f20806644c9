import 'server-only'
import { findUser } from '@/db/queries/users'
import { ActionError } from '@/lib/action/errors'
import { isGroup } from '@/lib/group/find-group'

/** The person of an id. `USER_NOT_FOUND`, also for a group: groups are in no group. */
export async function getMember(partnerId: number, userId: string) {
  const user = await findUser(partnerId, userId)
  if (!user || isGroup(user)) throw new ActionError('USER_NOT_FOUND')
  return user
}

/** The person and the group of a link. `USER_NOT_FOUND`, `GROUP_NOT_FOUND`. */
export async function getSides(partnerId: number, userId: string, groupId: string) {
  const user = await getMember(partnerId, userId)
  const group = await findUser(partnerId, groupId)
  if (!group || !isGroup(group)) throw new ActionError('GROUP_NOT_FOUND')
  return { user, group }
}
