import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { deleteUnlinkedLogin } from '@/db/queries/login-data'
import { findDeletedUserForUpdate, findUserOfLogin, type UserRow, updateUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { takeSeat } from '@/lib/auth/admin-quota'
import { type EnabledLogin, joinLogin } from '@/lib/auth/enable-login'
import { regainedLogin } from '@/lib/auth/set-login-aside'
import { refuseDuplicate } from '../duplicates'
import { restorableFor } from '../end-user'
import { UserStatus } from '../enums'
import { refuseStronger } from '../policy'
import { DeleteUserInput, User } from '../schema'
import { toUser } from '../to-user'
import { queueInvitation } from '../user-mails'

/**
 * Takes a deletion back, within 30 days and while the id and the sign-in are free. A blocked user comes back blocked; sessions stay ended.
 * Where the address has become another login's meanwhile, its person is asked, as for any login of elsewhere.
 */
export const restoreUser = defineAction({
  name: 'user.restore',
  summary: 'Restores the newest deleted user of an id, for 30 days after the deletion.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_DELETE'],
  input: DeleteUserInput,
  output: User,
  errors: ['ADMIN_LOGIN_USERS_QUOTA_EXCEEDED', 'DUPLICATE_USER_BY_ID', 'DUPLICATE_USER_BY_LOGIN_ID', 'INVALID_USER_ID'],
  changes: ['user', 'audit'],

  handle: (ctx, { userId }) =>
    transaction(async () => {
      const before = await findDeletedUserForUpdate(ctx.partner.id, userId)
      if (!before || (before.deletedAt ?? 0) < ctx.now - restorableFor) throw new ActionError('INVALID_USER_ID')
      await refuseStronger(ctx, before, 'user.restore')
      const login = await loginOf(ctx, before)
      const restored = { status: before.formerStatus ?? UserStatus.ACTIVE, formerStatus: null, loginDataId: login.loginDataId }
      await takeSeat(ctx.partner, before, { ...before, ...restored })
      const times = { statusUpdatedAt: ctx.now, deletedAt: null, updatedAt: ctx.now }
      const after = await updateUser(before, { ...restored, ...times }).catch(refuseDuplicate(before))

      await forgetFormerLogin(before, after)
      if (login.mail) await queueInvitation(ctx, after, login.mail)
      await recordChange(ctx, { action: 'user.restore', target: { type: 'user', id: after.id, key: after.key }, before, after })
      return toUser(ctx.partner, after)
    }),
})

async function loginOf(ctx: PartnerContext, user: UserRow): Promise<Pick<EnabledLogin, 'loginDataId' | 'mail'>> {
  const regained = await regainedLogin(user, ctx.now)
  if (!regained) return { loginDataId: null, mail: null }
  if ('own' in regained) return { loginDataId: regained.own.id, mail: null }
  const isOfColleague = (await findUserOfLogin(ctx.partner.id, regained.other.id)) !== null
  return isOfColleague ? { loginDataId: null, mail: null } : joinLogin(regained.other, user, ctx, { wantsMail: false })
}

/** The login that he had is nobody's any more if he comes back without it. */
async function forgetFormerLogin({ loginDataId: former }: UserRow, { loginDataId }: UserRow) {
  if (former !== null && former !== loginDataId) await acrossPartners(() => deleteUnlinkedLogin(former))
}
