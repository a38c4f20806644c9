import 'server-only'
import { transaction } from '@/db/client'
import { putEmailChange } from '@/db/queries/email-changes'
import { findLoginDataForUpdate } from '@/db/queries/login-data'
import { defineAction } from '@/lib/action/define-action'
import { recordLoginChange } from '@/lib/auth/memberships'
import { changeLogin } from '@/lib/user/login-change'
import { changeOfKey, refuseNewEmail } from '../email-change'
import { ConfirmEmailChangeInput, EmailConfirmation } from '../schema'

const action = 'account.confirmEmailChange'

/**
 * Confirms a change of address for the side that the link was mailed to. With the second side the address changes: every session ends,
 * and both addresses are told. Whether the address is still free is asked then (`LOGIN_ID_ALREADY_USED`).
 * `NEW_PASSWORD_HASH_KEY_INVALID`, `NEW_PASSWORD_HASH_KEY_EXPIRED`, `EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS`.
 */
export const confirmEmailChange = defineAction({
  name: action,
  summary: 'Confirms a new sign-in address by the link that was mailed to one of the two addresses.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ConfirmEmailChangeInput,
  output: EmailConfirmation,
  errors: [
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'LOGIN_ID_ALREADY_USED',
    'NEW_PASSWORD_HASH_KEY_EXPIRED',
    'NEW_PASSWORD_HASH_KEY_INVALID',
  ],
  changes: ['account', 'user', 'audit'],

  handle: (ctx, { hashKey }) =>
    transaction(async () => {
      const { login, change, side } = await changeOfKey(hashKey, ctx.now, findLoginDataForUpdate)
      const confirmed = { ...change, [side === 'old' ? 'oldConfirmedAt' : 'newConfirmedAt']: ctx.now }
      const isComplete = confirmed.oldConfirmedAt !== null && confirmed.newConfirmedAt !== null
      if (isComplete) {
        await refuseNewEmail(login, change.newEmail)
        await changeLogin(ctx, login, { loginEmail: change.newEmail }, action)
      } else {
        await putEmailChange(confirmed)
        await recordLoginChange(ctx, login, { action })
      }
      const state = isComplete ? ('changed' as const) : ('waiting' as const)
      return { objectType: 'UsherEmailConfirmation' as const, state }
    }),
})
