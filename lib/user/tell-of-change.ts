import 'server-only'
import { findLoginDataById } from '@/db/queries/login-data'
import type { UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { PartnerContext } from '@/lib/action/context'
import { followOwner } from './owner'
import { queueInvitation, queuePromotion } from './user-mails'

/** The mails that a change of a user causes (§7), in its transaction: a promotion, another way to sign in, another e-mail of the owner. */
export async function tellOfChange(ctx: PartnerContext, before: UserRow, after: UserRow) {
  await followOwner(ctx, before, after)
  const isPromoted = after.isAdmin && !before.isAdmin
  if (
    after.status !== userStatus.active ||
    after.loginDataId === null ||
    (!isPromoted && after.isSsoExcluded === before.isSsoExcluded)
  )
    return
  const login = await findLoginDataById(after.loginDataId)
  if (!login) return
  if (isPromoted) await queuePromotion(ctx, after, login.loginEmail)
  else await queueInvitation(ctx, after, { event: 'login-added', recipient: login.loginEmail, path: 'sign-in' })
}
