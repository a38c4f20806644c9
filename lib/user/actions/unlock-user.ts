import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataForUpdate } from '@/db/queries/login-data'
import { findUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { unlock } from '@/lib/auth/lockout'
import { ownerOf, recordLoginChange } from '@/lib/auth/memberships'
import { loginOf } from '@/lib/auth/prove'
import { queueMail } from '@/lib/mail/outbox'
import { refuseStronger } from '../policy'
import { User, UserIdInput } from '../schema'
import { refuseSharedLogin } from '../shared-login'
import { toUser } from '../to-user'

const action = 'user.unlock'

/**
 * Ends every lock of a user's sign-in and tells the person. `INVALID_USER_ID`, `USER_LOGIN_ALREADY_DISABLED` without a sign-in,
 * `SERVICE_FORBIDDEN` for one that another account depends on.
 */
export const unlockUser = defineAction({
  name: action,
  summary: 'Ends the locks that too many wrong attempts have put on a sign-in.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: UserIdInput,
  output: User,
  errors: ['INVALID_USER_ID', 'USER_LOGIN_ALREADY_DISABLED'],
  changes: ['user', 'audit'],

  async handle(ctx, { userId }) {
    const user = await findUser(ctx.partner.id, userId)
    if (!user) throw new ActionError('INVALID_USER_ID').at('userId')
    await refuseStronger(ctx, user, action)
    const login = await loginOf(user)
    if (!login) throw new ActionError('USER_LOGIN_ALREADY_DISABLED')
    await refuseSharedLogin(ctx, login, action)
    await acrossPartners(() =>
      transaction(async () => {
        await findLoginDataForUpdate(login.id)
        await unlock(login.id)
        await recordLoginChange(ctx, login, { action })
        const { here, recipient, language, about } = await ownerOf(ctx, login)
        await queueMail(here, { event: 'unlocked', recipient, language, params: about })
      }),
    )
    return toUser(ctx.partner, user)
  },
})
