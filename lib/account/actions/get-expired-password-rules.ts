import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginData } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { loginEmailOf } from '@/lib/auth/login-email'
import { ruleSettingsOf } from '@/lib/auth/password-rules'
import { attempting, type Claim, prove } from '@/lib/auth/prove'
import { configPartner, isPasswordExpired } from '@/lib/auth/sign-in-target'
import { ExpiredPasswordRulesInput, PasswordRules } from '../schema'

const action = 'account.expiredPasswordRules'

/**
 * The rules for the next password of somebody who was refused with `PASSWORD_EXPIRED`, told to whoever has that password, which costs no
 * attempt. All else is a wrong guess and looks like one: `USER_WRONG_PASSWORD`, also for a right password that is good still.
 */
export const getExpiredPasswordRules = defineAction({
  name: action,
  summary: 'Tells whoever has a password that is too old by which rules to choose the next one.',
  // Not a query: it counts attempts, and no password belongs into an address.
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ExpiredPasswordRulesInput,
  output: PasswordRules,
  errors: ['LOGIN_BLOCKED', 'LOGIN_RETRIES_EXCEEDED', 'MISSING_OTP', 'USER_NOT_FOUND', 'USER_WRONG_PASSWORD'],
  mask: (error) =>
    isCode(error, 'USER_NOT_FOUND', 'LOGIN_BLOCKED', 'LOGIN_RETRIES_EXCEEDED', 'MISSING_OTP')
      ? new ActionError('USER_WRONG_PASSWORD')
      : error,

  async handle(ctx, { loginId, password }) {
    const named = loginEmailOf(loginId)
    const login = named ? await findLoginData(named) : null
    const refusal = await refusalOf(ctx, { login, password, action })
    if (!login || !isCode(refusal, 'PASSWORD_EXPIRED')) throw refusal
    const { settings } = await acrossPartners(() => configPartner(login))
    return { objectType: 'UsherPasswordRules' as const, ...ruleSettingsOf(settings) }
  },
})

/** Nobody is let in here: as at the sign-in, `PASSWORD_EXPIRED` gives the attempt back, clears no count, and is written down. */
async function refusalOf(ctx: Context, claim: Claim): Promise<unknown> {
  const proving = attempting(ctx, claim, () =>
    prove(ctx, claim, async (login) => {
      if (isPasswordExpired(login, await configPartner(login), ctx.now)) throw new ActionError('PASSWORD_EXPIRED')
      // For a code, which nobody can give here: the attempt stays counted.
      return true
    }),
  )
  return proving.catch((error) => error)
}
