import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { findLoginData } from '@/db/queries/login-data'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { loginEmailOf } from '@/lib/auth/login-email'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { prepareNewPassword, setPassword } from '@/lib/auth/password-change'
import { attempting, holdProven, prove } from '@/lib/auth/prove'
import { ReplaceExpiredPasswordInput } from '../schema'

const action = 'account.replaceExpiredPassword'

/**
 * A new password for somebody who was refused with `PASSWORD_EXPIRED`: by the old one, and a code wherever there is one. Signs nobody
 * in. Unknown, wrong and locked look alike: `USER_WRONG_PASSWORD`. Else `MISSING_OTP`, `INVALID_OTP`, `PASSWORD_STRUCTURE_INVALID`,
 * `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`.
 */
export const replaceExpiredPassword = defineAction({
  name: action,
  summary: 'Replaces a password that is too old by a new one.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ReplaceExpiredPasswordInput,
  output: z.null(),
  errors: [
    'COMMON_PASSWORD',
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_OTP',
    'PASSWORD_ALREADY_USED',
    'PASSWORD_STRUCTURE_INVALID',
    'USER_NOT_FOUND',
    'USER_WRONG_PASSWORD',
  ],
  mask: (error) =>
    isCode(error, 'USER_NOT_FOUND', 'LOGIN_BLOCKED', 'LOGIN_RETRIES_EXCEEDED') ? new ActionError('USER_WRONG_PASSWORD') : error,

  async handle(ctx, { loginId, password, newPassword, otp }) {
    const named = loginEmailOf(loginId)
    const claim = { login: named ? await findLoginData(named) : null, password, otp, action }
    await attempting(ctx, claim, async () => {
      let passwordHash = ''
      const proven = await prove(ctx, claim, async (login) => {
        if (newPassword === password) throw new ActionError('PASSWORD_ALREADY_USED').at('newPassword')
        passwordHash = await prepareNewPassword(ctx, login, newPassword)
        return login.otpConfirmedAt !== null || isCodeAsked(await membershipsOf(login))
      })
      await transaction(async () => setPassword(ctx, await holdProven(proven), { passwordHash, action }))
    })
    return null
  },
})
