import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginData, findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import { findUserOfLogin, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { encryptedSeed } from '@/lib/auth/encrypted-seed'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { loginEmailOf } from '@/lib/auth/login-email'
import { shownSeed } from '@/lib/auth/otp'
import { prepareNewPassword, setPassword } from '@/lib/auth/password-change'
import { refuseStronger } from '../policy'
import { User } from '../schema'
import { refuseSharedLogin } from '../shared-login'
import { LoginDataResetPasswordInput } from '../sign-in-schema'
import { toUser } from '../to-user'

const action = 'user.loginDataResetPassword'

/**
 * Sets the password of somebody who is no administrator, without the old one (§8.17). A login that another account depends on is
 * refused with `SERVICE_FORBIDDEN` (Z10). `LOGIN_DATA_NOT_FOUND`, `USER_NOT_FOUND`, `CANNOT_UPDATE_ADMIN_LOGIN_DATA`,
 * `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`.
 */
export const loginDataResetPassword = defineAction({
  name: action,
  summary: 'Sets the password of a user who is no administrator, named by the sign-in address.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: LoginDataResetPasswordInput,
  output: User,
  errors: [
    'CANNOT_UPDATE_ADMIN_LOGIN_DATA',
    'COMMON_PASSWORD',
    'LOGIN_DATA_NOT_FOUND',
    'PASSWORD_ALREADY_USED',
    'PASSWORD_STRUCTURE_INVALID',
    'USER_NOT_FOUND',
  ],
  changes: ['user', 'audit'],

  async handle(ctx, { loginDataId, newPassword }) {
    const { login, user } = await resettable(ctx, loginDataId)
    const passwordHash = await prepareNewPassword(ctx, login, newPassword)
    await acrossPartners(() =>
      transaction(async () => {
        const held = await findLoginDataForUpdate(login.id)
        if (!held) throw new ActionError('LOGIN_DATA_NOT_FOUND')
        await setPassword(ctx, held, { passwordHash, action })
      }),
    )
    return { ...(await toUser(ctx.partner, user)), encryptedSeed: await encryptedSeed(ctx.partner.id, shownSeed(login) ?? '') }
  },
})

async function resettable(ctx: PartnerContext, address: string): Promise<{ login: LoginDataRow; user: UserRow }> {
  const loginEmail = loginEmailOf(address)
  const login = loginEmail && (await acrossPartners(() => findLoginData(loginEmail)))
  if (!login) throw new ActionError('LOGIN_DATA_NOT_FOUND').at('loginDataId')
  const user = await findUserOfLogin(ctx.partner.id, login.id)
  if (!user) throw new ActionError('USER_NOT_FOUND').at('loginDataId')
  if (user.isAdmin) throw new ActionError('CANNOT_UPDATE_ADMIN_LOGIN_DATA')
  await refuseStronger(ctx, user, action)
  await refuseSharedLogin(ctx, login, action)
  requireFreshProof(ctx)
  return { login, user }
}
