import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { keepThisBrowser } from '@/lib/auth/end-sessions'
import { asksOwnCode, markField, ownMemberships, proveAnew } from '@/lib/auth/own-login'
import { prepareNewPassword, setPassword } from '@/lib/auth/password-change'
import { holdProven } from '@/lib/auth/prove'
import { ChangePasswordInput } from '../schema'

const action = 'account.changePassword'

/**
 * The signed-in person changes the own password by the old one, and a code wherever there is one: the rules of `user.updateLoginData`
 * (§8.23), except that this browser stays signed in, under a new id, while all other sessions end. The verifier's codes, `MISSING_KS`,
 * `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`.
 */
export const changePassword = defineAction({
  name: action,
  summary: "Changes the signed-in person's own password; every other session ends.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ChangePasswordInput,
  output: z.null(),
  errors: [
    'COMMON_PASSWORD',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_KS',
    'MISSING_OTP',
    'PASSWORD_ALREADY_USED',
    'PASSWORD_STRUCTURE_INVALID',
    'USER_WRONG_PASSWORD',
  ],
  changes: ['account', 'user', 'audit'],

  async handle(ctx, { newPassword, ...proof }) {
    await ownMemberships(ctx)
    let passwordHash = ''
    const proven = await proveAnew(ctx, { ...proof, partnerId: ctx.partner?.id, action }, async (login) => {
      if (newPassword === proof.password) throw new ActionError('PASSWORD_ALREADY_USED').at('newPassword')
      passwordHash = await prepareNewPassword(ctx, login, newPassword)
      return asksOwnCode(login)
    })
    ctx.renewed.sessionId = await transaction(async () => {
      await setPassword(ctx, await holdProven(proven).catch(markField), { passwordHash, action })
      return keepThisBrowser(ctx)
    })
    return null
  },
})
