import 'server-only'
import type { UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { provisionUser } from '@/lib/user/provision-user'
import { isGroup } from './find-group'
import { GroupType } from './schema'

/**
 * The group of an id, which must be a valid one (`isUserId`); made now if there is none, with these capabilities. `GROUP_NOT_FOUND` if a
 * person has the id.
 */
export async function provisionGroup(ctx: PartnerContext, id: string, capabilities: string[] = []): Promise<UserRow> {
  const group = await provisionUser(ctx, id, { type: GroupType.GROUP, capabilities })
  if (!isGroup(group)) throw new ActionError('GROUP_NOT_FOUND')
  return group
}
