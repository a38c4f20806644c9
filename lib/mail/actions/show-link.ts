import 'server-only'
import { findMail } from '@/db/queries/outbox'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { recordChange } from '@/lib/audit/record-change'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { maySeeLink } from '../may-see-link'
import { MailKeyInput, MailLink } from '../schema'
import { keyLinkOf, readMail } from '../stored-mail'

/**
 * Shows the link of a mail that no mail server will deliver, so that an administrator can hand it over; that he saw it is recorded.
 * `INVALID_OBJECT_ID`, `SERVICE_FORBIDDEN` (see `maySeeLink`), `PROOF_REQUIRED` (S11).
 */
export const showLink = defineAction({
  name: 'mail.showLink',
  summary: 'Shows the link of a mail while no mail server is set, to hand it over in person.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: MailKeyInput,
  output: MailLink,
  errors: ['PROOF_REQUIRED'],
  changes: ['audit'],

  async handle(ctx, { key }) {
    const row = await findMail(ctx.partner.id, key)
    const stored = row && readMail(row)
    if (!stored) throw new ActionError('INVALID_OBJECT_ID', { ID: String(key) }).at('key')
    const link = keyLinkOf(stored)
    if (link === null || !(await maySeeLink(ctx, row, stored))) throw forbidden('mail.showLink')
    // It leads into somebody's sign-in, or to everybody's data.
    requireFreshProof(ctx)
    await recordChange(ctx, { action: 'mail.showLink', target: { type: 'mail', id: row.recipient, key } })
    return { link }
  },
})
