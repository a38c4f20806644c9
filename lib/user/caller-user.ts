import 'server-only'
import type { UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { provisionUser } from './provision-user'
import { isUserId } from './user-changes'

/**
 * The caller's own user (§2.4). A session that the account's secret signed may name somebody who does not exist yet: he is added now.
 * `INVALID_USER_ID` for a caller without a user, or whose user is not active.
 */
export async function callerUser(ctx: PartnerContext): Promise<UserRow> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new ActionError('INVALID_USER_ID')
  const isNew = !actor.user && actor.source === 'secret' && isUserId(actor.userId)
  const user = isNew ? await provisionUser(ctx, actor.userId) : actor.user
  if (user?.status !== userStatus.active) throw new ActionError('INVALID_USER_ID')
  return user
}
