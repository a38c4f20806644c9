import 'server-only'
import { transaction } from '@/db/client'
import { findUserForUpdate } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { endUser, forgetHistory } from '../end-user'
import { UserStatus } from '../enums'
import { refuseStronger } from '../policy'
import { DeleteUserInput, User } from '../schema'
import { toUser } from '../to-user'

/** Deletes a user (§8.4): every session ends; a sign-in that nobody else uses is destroyed after the time for restoring. */
export const deleteUser = defineAction({
  name: 'user.delete',
  summary: 'Deletes a user; pages can restore it for 30 days.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_DELETE'],
  input: DeleteUserInput,
  output: User,
  errors: ['CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER', 'INVALID_USER_ID'],
  changes: ['user', 'audit'],

  handle: (ctx, { userId }) =>
    transaction(async () => {
      const before = await findUserForUpdate(ctx.partner.id, userId)
      if (!before) throw new ActionError('INVALID_USER_ID')
      await refuseStronger(ctx, before, 'user.delete')
      const after = await endUser(ctx, before, UserStatus.DELETED)
      await recordChange(ctx, { action: 'user.delete', target: { type: 'user', id: after.id, key: after.key }, before, after })
      await forgetHistory(ctx, after)
      return toUser(ctx.partner, after)
    }),
})
