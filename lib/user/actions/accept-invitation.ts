import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { withPartner } from '@/db/partner-guard'
import { findLoginDataForUpdate, takeLoginInvitation } from '@/db/queries/login-data'
import { findUserForUpdate, findUserOfLogin, updateUser } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { takeSeat } from '@/lib/auth/admin-quota'
import { noteFirstAccount } from '@/lib/auth/enable-login'
import { findInvited, type Invited } from '@/lib/auth/login-invitation'
import { verifyLogin } from '@/lib/auth/sign-in'
import { AcceptInvitationInput } from '../sign-in-schema'

/**
 * Links the login that a person has to the user of an account that asked for it. The mailed key works once, with the login's own
 * password and, where it has an authenticator, a code: neither the account nor the mailbox alone links anything (Z11).
 */
export const acceptInvitation = defineAction({
  name: 'user.acceptInvitation',
  summary: 'Accepts, with the mailed key and the password of the login, that an account uses a login.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: AcceptInvitationInput,
  output: z.null(),
  errors: [
    'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED',
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_ID_ALREADY_USED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_OTP',
    'NEW_PASSWORD_HASH_KEY_EXPIRED',
    'NEW_PASSWORD_HASH_KEY_INVALID',
    'PASSWORD_EXPIRED',
    'USER_IS_BLOCKED',
    'USER_WRONG_PASSWORD',
  ],
  changes: ['user', 'audit'],

  async handle(ctx, { hashKey, password, otp }) {
    const invited = await findInvited(hashKey, ctx.now)
    const { login, partner, user } = invited
    await verifyLogin(ctx, { login, password, otp, joins: { partner, user }, action: 'user.acceptInvitation' })
    await link(ctx, invited)
    return null
  },
})

/** What was read is asked again under the lock: one of two at once links, and nothing that has changed since. */
async function link(ctx: Context, { invitation, login, partner, user }: Invited) {
  await transaction(() =>
    withPartner(partner.id, async () => {
      const before = await findUserForUpdate(partner.id, user.id)
      const isOpen = before?.key === user.key && before.loginDataId === null && (await takeLoginInvitation(invitation))
      const held = await findLoginDataForUpdate(login.id)
      if (!isOpen || held?.setAsideAt !== null) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
      if (await findUserOfLogin(partner.id, login.id)) throw new ActionError('LOGIN_ID_ALREADY_USED')

      await takeSeat(partner, before, { ...before, loginDataId: login.id })
      const after = await updateUser(before, { loginDataId: login.id, updatedAt: ctx.now })
      await noteFirstAccount(held, after)
      await recordChange(ctx, {
        action: 'user.acceptInvitation',
        partnerId: partner.id,
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
      })
    }),
  )
}
