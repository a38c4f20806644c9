import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataForUpdate, updateLoginData } from '@/db/queries/login-data'
import { findUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { removeSecondFactor } from '@/lib/auth/enrolment'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { inviteToEnrol } from '@/lib/auth/invite-to-enrol'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { newOtpSeed, sealSeed } from '@/lib/auth/otp'
import { isOwnLogin } from '@/lib/auth/own-login'
import { loginOf } from '@/lib/auth/prove'
import { actorName } from '@/lib/mail/actor-name'
import { refuseStronger } from '../policy'
import { User, UserIdInput } from '../schema'
import { refuseSharedLogin } from '../shared-login'
import { toUser } from '../to-user'

const action = 'user.resetSecondFactor'

/**
 * Takes the second factor from somebody who has lost it (A21), tells the person, and where one is asked for mails a link to enrol
 * anew. Nobody does it for himself: that would be a way around the code. `INVALID_USER_ID`, `USER_LOGIN_ALREADY_DISABLED` without a
 * sign-in, `SERVICE_FORBIDDEN` for oneself, for somebody with more rights, and for a sign-in that another account depends on.
 */
export const resetSecondFactor = defineAction({
  name: action,
  summary: 'Takes the second factor from a user who has lost it, and mails a link to enrol anew where one is needed.',
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
    if (isOwnLogin(ctx, login)) throw forbidden(action)
    await refuseSharedLogin(ctx, login, action)
    requireFreshProof(ctx)
    await acrossPartners(() =>
      transaction(async () => {
        const held = await findLoginDataForUpdate(login.id)
        if (!held) throw new ActionError('USER_LOGIN_ALREADY_DISABLED')
        // Whoever has none is told of none that was taken.
        if (held.otpConfirmedAt !== null) await removeSecondFactor(ctx, held, { action, byName: actorName(ctx) })
        if (!isCodeAsked(await membershipsOf(held))) return
        await updateLoginData(held.id, { otpSeed: sealSeed(newOtpSeed(ctx.random), held.loginEmail) })
        await inviteToEnrol(ctx, held)
      }),
    )
    return toUser(ctx.partner, user)
  },
})
