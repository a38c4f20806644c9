import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { findUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { enqueue } from '@/lib/jobs/queue'
import { banNotification } from '@/lib/webhooks/notification'
import { NotifyBanInput } from '../schema'

/** Tells the account's own server that a user was banned (§8.18), where the account named one; changes nothing. `INVALID_USER_ID`. */
export const notifyBan = defineAction({
  name: 'user.notifyBan',
  summary: "Tells the account's own server that a user was banned.",
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: NotifyBanInput,
  output: z.null(),
  errors: ['INVALID_USER_ID'],

  async handle(ctx, { userId }) {
    const user = await findUser(ctx.partner.id, userId)
    if (!user) throw new ActionError('INVALID_USER_ID')
    if (!ctx.partner.settings.notificationUrl) return null

    await transaction(async () => {
      await enqueue(ctx, { kind: 'notification', payload: banNotification(user) })
      await recordChange(ctx, { action: 'user.notifyBan', target: { type: 'user', id: user.id, key: user.key } })
    })
    return null
  },
})
