import 'server-only'
import type { z } from 'zod'
import { transaction } from '@/db/client'
import { findListedUserByLogin } from '@/db/queries/list-users'
import { findUserForUpdate, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { disableLogin as takeLogin } from '@/lib/auth/disable-login'
import { loginEmailOf } from '@/lib/auth/login-email'
import { loginOf } from '@/lib/auth/prove'
import { refuseStronger } from '../policy'
import { User } from '../schema'
import { DisableLoginInput } from '../sign-in-schema'
import { toUser } from '../to-user'
import { queueLoginDisabled } from '../user-mails'

/** Takes sign-in from a user (§8.5), with every session, and tells him. Administrators are demoted first. */
export const disableLogin = defineAction({
  name: 'user.disableLogin',
  summary: 'Takes sign-in from a user who is no administrator.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: DisableLoginInput,
  output: User,
  errors: ['CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER', 'USER_LOGIN_ALREADY_DISABLED', 'USER_NOT_FOUND'],
  changes: ['user', 'audit'],

  async handle(ctx, input) {
    if (!input.userId && !input.loginId) throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'userId' })
    return transaction(async () => {
      const before = await named(ctx, input)
      if (!before) throw new ActionError('USER_NOT_FOUND')
      if (before.isAdmin) throw new ActionError('CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER')
      await refuseStronger(ctx, before, 'user.disableLogin')
      const login = await loginOf(before)
      const after = await takeLogin(ctx, before)
      if (login) await queueLoginDisabled(ctx, after, login.loginEmail)
      await recordChange(ctx, {
        action: 'user.disableLogin',
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
      })
      return toUser(ctx.partner, after)
    })
  },
})

async function named(
  { partner }: PartnerContext,
  { userId, loginId }: z.output<typeof DisableLoginInput>,
): Promise<UserRow | null> {
  if (!loginId) return findUserForUpdate(partner.id, userId ?? '')
  const loginEmail = loginEmailOf(loginId)
  const found = loginEmail ? await findListedUserByLogin(partner.id, loginEmail) : null
  const held = found && (await findUserForUpdate(partner.id, found.id))
  // He may have got another login before he could be held.
  return held?.loginDataId === found?.loginDataId ? held : null
}
