import 'server-only'
import { listMails as readMails } from '@/db/queries/outbox'
import { defineAction } from '@/lib/action/define-action'
import { ListMailsInput, MailListResponse } from '../schema'
import { toMail } from '../to-mail'

/** Lists the mails of the account, newest first, whatever became of them. */
export const listMails = defineAction({
  name: 'mail.list',
  summary: 'Lists the mails of the account, newest first: queued, sent, failed or replaced.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListMailsInput,
  output: MailListResponse,
  errors: [],

  async handle({ partner }, { filter, beforeKey, afterKey, pageSize }) {
    const chosen = {
      status: filter?.statusEqual ?? undefined,
      event: filter?.eventEqual ?? undefined,
      recipientHas: filter?.recipientLike || undefined,
    }
    const isUpward = typeof afterKey === 'number' && typeof beforeKey !== 'number'
    const place = isUpward ? { afterKey } : { beforeKey: beforeKey ?? undefined }
    const rows = await readMails(partner.id, { ...chosen, ...place }, pageSize + 1)
    const hasMore = rows.length > pageSize
    const shown = isUpward ? rows.slice(-pageSize) : rows.slice(0, pageSize)
    return {
      objects: shown.map(toMail),
      hasOlder: isUpward || hasMore,
      hasNewer: isUpward ? hasMore : typeof beforeKey === 'number',
    }
  },
})
