import 'server-only'
import { transaction } from '@/db/client'
import { findDeletedUserForUpdate, updateUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { refuseDuplicate } from '../duplicates'
import { restorableFor } from '../end-user'
import { refuseStronger } from '../policy'
import { DeleteUserInput, User } from '../schema'
import { toUser } from '../to-user'

/** Takes a deletion back, within 30 days and while the id and the sign-in are free. Sessions stay ended. */
export const restoreUser = defineAction({
  name: 'user.restore',
  summary: 'Restores the newest deleted user of an id, for 30 days after the deletion.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_DELETE'],
  input: DeleteUserInput,
  output: User,
  changes: ['user', 'audit'],

  handle: (ctx, { userId }) =>
    transaction(async () => {
      const before = await findDeletedUserForUpdate(ctx.partner.id, userId)
      if (!before || (before.deletedAt ?? 0) < ctx.now - restorableFor) throw new ActionError('INVALID_USER_ID')
      await refuseStronger(ctx, before, 'user.restore')
      const restored = { status: 1, statusUpdatedAt: ctx.now, deletedAt: null, updatedAt: ctx.now }
      const after = await updateUser(before, restored).catch(refuseDuplicate(before))
      await recordChange(ctx, { action: 'user.restore', target: { type: 'user', id: after.id, key: after.key }, before, after })
      return toUser(ctx.partner, after)
    }),
})
