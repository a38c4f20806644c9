import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { deleteLoginInvitation, deleteUnlinkedLogin } from '@/db/queries/login-data'
import { type UserRow, updateUser } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { endLinksOfLogin } from './end-links'
import { endSessionsOfUser } from './end-sessions'

/**
 * Takes the login, or an invitation to one, from a user, inside the transaction that holds him; his sessions end. A login that nobody
 * has any more is destroyed with its password and codes; users of other accounts keep it, deleted ones too, but no open link
 * where none of them can sign in. `USER_LOGIN_ALREADY_DISABLED`.
 */
export async function disableLogin({ now }: Context, user: UserRow): Promise<UserRow> {
  const wasInvited = await deleteLoginInvitation(user.partnerId, user.key)
  const { loginDataId } = user
  if (loginDataId === null && !wasInvited) throw new ActionError('USER_LOGIN_ALREADY_DISABLED')
  const after = await updateUser(user, { loginDataId: null, updatedAt: now })
  if (loginDataId !== null) await acrossPartners(() => deleteUnlinkedLogin(loginDataId))
  await endLinksOfLogin(loginDataId)
  await endSessionsOfUser(user.partnerId, user.key, now)
  return after
}
