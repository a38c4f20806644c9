import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { findUserForUpdate, rebuildIndex } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { IndexUserInput } from '../schema'

/** Makes anew what an active user is found by (§8.12): the search entry, the sort keys, the look-ups of roles and tags. */
export const indexUser = defineAction({
  name: 'user.index',
  summary: 'Rebuilds the search entry of an active user; answers the id.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: IndexUserInput,
  output: z.string(),
  errors: ['USER_NOT_FOUND'],
  changes: ['user'],

  handle: (ctx, { id }) =>
    transaction(async () => {
      const user = await findUserForUpdate(ctx.partner.id, id)
      if (user?.status !== userStatus.active) throw new ActionError('USER_NOT_FOUND')
      await rebuildIndex(user)
      await recordChange(ctx, { action: 'user.index', target: { type: 'user', id: user.id, key: user.key } })
      return user.id
    }),
})
