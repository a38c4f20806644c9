import 'server-only'
import { z } from 'zod'
import { findLoginData } from '@/db/queries/login-data'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { issueSignInKs } from '@/lib/auth/issue-ks'
import { loginEmailOf } from '@/lib/auth/login-email'
import { signIn } from '@/lib/auth/sign-in'
import { LoginByLoginIdInput } from '../sign-in-schema'
import { refuseOtherPartner, refuseOtherResult } from './login'

/** Signs in by e-mail (§8.16), with a one-time code where the account asks for one. */
export const loginByLoginId = defineAction({
  name: 'user.loginByLoginId',
  summary: 'Signs in by e-mail and password, with a one-time code where needed; answers a KS.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: LoginByLoginIdInput,
  output: z.string(),
  errors: ['DIRECT_LOGIN_BLOCKED', 'INVALID_OTP', 'MISSING_OTP', 'PASSWORD_EXPIRED', 'USER_WRONG_PASSWORD'],

  // Unknown, blocked and locked people look like a wrong password (§1.8). Being too busy tells nothing about anybody.
  mask: (error) => {
    const isTold = isCode(
      error,
      'USER_WRONG_PASSWORD',
      'PASSWORD_EXPIRED',
      'MISSING_OTP',
      'INVALID_OTP',
      'DIRECT_LOGIN_BLOCKED',
      'ACTION_BLOCKED',
    )
    return isTold ? error : new ActionError('USER_WRONG_PASSWORD')
  },

  async handle(ctx, { loginId, password, partnerId, otp, ...asked }) {
    refuseOtherPartner(ctx, partnerId)
    const email = loginEmailOf(loginId)
    const login = email ? await findLoginData(email) : null
    const signedIn = await signIn(ctx, {
      login,
      password,
      otp,
      partnerId: partnerId ?? ctx.partner?.id,
      action: 'user.loginByLoginId',
    })
    refuseOtherResult(ctx, signedIn)
    return issueSignInKs(ctx, signedIn.partner, signedIn.user, asked)
  },
})
