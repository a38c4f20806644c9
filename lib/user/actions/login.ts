import 'server-only'
import { z } from 'zod'
import { findUser } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { issueSignInKs } from '@/lib/auth/issue-ks'
import { loginOf } from '@/lib/auth/prove'
import { signIn } from '@/lib/auth/sign-in'
import type { SignedIn } from '@/lib/auth/sign-in-target'
import { LoginInput } from '../sign-in-schema'

/** Signs in by user id (§8.14). Has no parameter for a one-time code: who needs one signs in by login id. */
export const login = defineAction({
  name: 'user.login',
  summary: 'Signs in by user id and password; answers a KS.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: LoginInput,
  output: z.string(),
  errors: [
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_PARTNER_ID',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_OTP',
    'PASSWORD_EXPIRED',
    'USER_IS_BLOCKED',
    'USER_NOT_FOUND',
    'USER_WRONG_PASSWORD',
  ],

  async handle(ctx, { partnerId, userId, password, ...asked }) {
    refuseOtherPartner(ctx, partnerId)
    const named = await loginOf(await findUser(partnerId, userId))
    const { partner, user } = await signIn(ctx, { login: named, password, partnerId, action: 'user.login' })
    return issueSignInKs(ctx, partner, user, asked)
  },
})

/** A session of another account cannot be used to enter this one (§5.10). */
export function refuseOtherPartner(ctx: Context, partnerId: number | null | undefined) {
  if (partnerId != null && ctx.partner && ctx.partner.id !== partnerId)
    throw new ActionError('INVALID_PARTNER_ID', { PID: partnerId })
}

/** Nor can it be left behind by entering another (§5.11). */
export function refuseOtherResult(ctx: Context, { partner }: SignedIn) {
  if (ctx.partner && ctx.partner.id !== partner.id) throw new ActionError('INVALID_PARTNER_ID', { PID: partner.id })
}
