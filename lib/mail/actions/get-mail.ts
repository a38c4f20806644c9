import 'server-only'
import { findMail } from '@/db/queries/outbox'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { maySeeLink } from '../may-see-link'
import { MailKeyInput, MailPreview } from '../schema'
import { isMasked, readMail, withoutKey } from '../stored-mail'
import { toMail } from '../to-mail'

/** A mail with both its bodies. Its link is for its reader alone and does not stand in them. `INVALID_OBJECT_ID`. */
export const getMail = defineAction({
  name: 'mail.get',
  summary: 'Gets a mail with its HTML and its text; a link in it is masked.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: MailKeyInput,
  output: MailPreview,
  errors: [],

  async handle(ctx, { key }) {
    const row = await findMail(ctx.partner.id, key)
    if (!row) throw new ActionError('INVALID_OBJECT_ID', { ID: String(key) }).at('key')
    const stored = readMail(row)
    if (!stored) return { ...toMail(row), html: null, text: null, isMasked: false, isLinkShowable: false }
    const shown = withoutKey(stored)
    // The templates take long to load, and most processes that know this action never show a mail.
    const { renderMail } = await import('../render-mail')
    const { html, text } = await renderMail(shown, row.language)
    return { ...toMail(row), html, text, isMasked: isMasked(shown), isLinkShowable: await maySeeLink(ctx, row, stored) }
  },
})
