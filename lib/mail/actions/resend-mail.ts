import 'server-only'
import { transaction } from '@/db/client'
import { countMailsTo, findMailForUpdate, markMailReplaced } from '@/db/queries/outbox'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { queueMail } from '../outbox'
import { renewLink } from '../renew-link'
import { Mail, MailKeyInput } from '../schema'
import { readMail, type StoredMail } from '../stored-mail'
import { toMail } from '../to-mail'

/** Mails that one address gets from here in ten minutes, so that nobody is flooded (M08). */
const most = 10
const span = 10 * 60_000

/**
 * Sends a mail once more, as a new one that takes the place of one that has not arrived. A link that lets somebody in is made anew, and
 * the old one ends. `INVALID_OBJECT_ID`, `RESOURCE_IS_RESERVED`, and what `renewLink` refuses.
 */
export const resendMail = defineAction({
  name: 'mail.resend',
  summary: 'Sends a mail once more, with a new link where it has one.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: MailKeyInput,
  output: Mail,
  errors: ['INVALID_HASH', 'LOGIN_DATA_NOT_FOUND', 'RESOURCE_IS_RESERVED', 'USER_LOGIN_ALREADY_ENABLED'],
  changes: ['mail', 'audit'],

  handle: (ctx, { key }) =>
    transaction(async () => {
      const row = await findMailForUpdate(ctx.partner.id, key)
      const stored = row && readMail(row)
      if (!stored) throw new ActionError('INVALID_OBJECT_ID', { ID: String(key) }).at('key')
      await refuseFlood(ctx, row.recipient)
      const params = await renewLink(ctx, row, stored)
      await markMailReplaced(row)
      const sent = await queueMail(ctx, { ...row, ...({ event: stored.event, params } as StoredMail) })
      await recordChange(ctx, { action: 'mail.resend', target: { type: 'mail', id: sent.recipient, key: sent.key } })
      return toMail(sent)
    }),
})

async function refuseFlood({ partner, now }: PartnerContext, recipient: string) {
  const count = await countMailsTo(partner.id, recipient, now - span)
  if (count >= most) throw new ActionError('RESOURCE_IS_RESERVED', { RESOURCE_ID: recipient })
}
