import 'server-only'
import { lockPartner } from '@/db/queries/partners'
import { countAdminsWithLogin, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'

type Seated = Pick<UserRow, 'isAdmin' | 'status' | 'loginDataId'>

/** Refuses one more administrator with sign-in than the account may have, inside the transaction that makes him one (§8.7). */
export async function refuseOverQuota(partner: Partner) {
  // Whoever adds an administrator at the same time waits here, and then counts this one.
  await lockPartner(partner.id)
  const quota = partner.settings.adminLoginUsersQuota
  const admins = await countAdminsWithLogin(partner.id)
  if (admins > 0 && quota !== -1 && quota <= admins) throw new ActionError('ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')
}

/** The same for any change of a user, if it is what makes him count: a promotion, the end of a block, a restore, a login accepted. */
export async function takeSeat(partner: Partner, before: Seated, after: Seated) {
  if (isSeated(after) && !isSeated(before)) await refuseOverQuota(partner)
}

/** Whom the quota counts: an active administrator who can sign in. */
const isSeated = ({ isAdmin, status, loginDataId }: Seated) => isAdmin && status === userStatus.active && loginDataId !== null
