import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { loginEmailOf } from '@/lib/auth/login-email'
import { recordLoginChange } from '@/lib/auth/memberships'
import { asksOwnCode, markField, proveAnew } from '@/lib/auth/own-login'
import { holdProven } from '@/lib/auth/prove'
import { countReset } from '@/lib/auth/reset-limit'
import { beginEmailChange, refuseNewEmail } from '../email-change'
import { RequestEmailChangeInput } from '../schema'

const action = 'account.requestEmailChange'

/**
 * Asks for another sign-in address, by the password and a code where there is one (Z10). Nothing is different until both addresses have
 * confirmed, for which each has 24 hours; a new request replaces the one before. `INVALID_FIELD_VALUE`, `LOGIN_ID_ALREADY_USED`,
 * `EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS`, the verifier's codes, `MISSING_KS`; `ACTION_BLOCKED` for a flood of mails.
 */
export const requestEmailChange = defineAction({
  name: action,
  summary: 'Asks for another sign-in address, which both addresses have to confirm.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: RequestEmailChangeInput,
  output: z.null(),
  errors: [
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'INVALID_FIELD_VALUE',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_ID_ALREADY_USED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_KS',
    'MISSING_OTP',
    'USER_WRONG_PASSWORD',
  ],
  changes: ['account', 'audit'],

  async handle(ctx, { newEmail: typed, ...proof }) {
    const newEmail = loginEmailOf(typed)
    if (newEmail === null) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'newEmail' }).at('newEmail')
    const proven = await proveAnew(ctx, { ...proof, partnerId: ctx.partner?.id, action }, async (login) => {
      await refuseNewEmail(login, newEmail)
      return asksOwnCode(login)
    })
    await transaction(async () => {
      const login = await holdProven(proven).catch(markField)
      if (!(await countReset(ctx, newEmail))) throw new ActionError('ACTION_BLOCKED', {})
      await beginEmailChange(ctx, login, newEmail)
      await recordLoginChange(ctx, login, { action })
    })
    return null
  },
})
