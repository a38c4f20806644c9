import 'server-only'
import { transaction } from '@/db/client'
import { findUserForUpdate, type UserRow, updateUser } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { endSessionsOfUser } from '@/lib/auth/end-sessions'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { isSelf, refuseStronger } from '../policy'
import { DemoteAdminInput, User } from '../schema'
import { toUser } from '../to-user'

/** Makes an administrator a plain user without roles (§8.24). The sign-in stays, every session ends, the seat is free. */
export const demoteAdmin = defineAction({
  name: 'user.demoteAdmin',
  summary: 'Makes an administrator a plain user without roles, who can still sign in.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_DELETE'],
  input: DemoteAdminInput,
  output: User,
  errors: [
    'CANNOT_CHANGE_OWN_ROLE',
    'CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN',
    'DEMOTE_ONLY_ADMIN',
    'INVALID_USER_ID',
    'USER_IS_BLOCKED',
  ],
  changes: ['user', 'audit'],

  handle: (ctx, { userId }) =>
    transaction(async () => {
      const before = await findUserForUpdate(ctx.partner.id, userId)
      if (!before) throw new ActionError('INVALID_USER_ID')
      await refuseToDemote(ctx, before)
      const after = await updateUser(before, { isAdmin: false, roleIds: '', updatedAt: ctx.now })
      await endSessionsOfUser(ctx.partner.id, before.key, ctx.now)
      await recordChange(ctx, {
        action: 'user.demoteAdmin',
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
      })
      return toUser(ctx.partner, after)
    }),
})

/** In the order of the contract; then that nobody changes his own rights (Z07), nor those of somebody who has more (Z08). */
async function refuseToDemote(ctx: PartnerContext, user: UserRow) {
  if (user.status === userStatus.blocked) throw new ActionError('USER_IS_BLOCKED')
  if (user.key === ctx.partner.ownerKey) throw new ActionError('CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN')
  if (!user.isAdmin) throw new ActionError('DEMOTE_ONLY_ADMIN')
  if (isSelf(ctx, user)) throw new ActionError('CANNOT_CHANGE_OWN_ROLE')
  await refuseStronger(ctx, user, 'user.demoteAdmin')
  requireFreshProof(ctx)
}
