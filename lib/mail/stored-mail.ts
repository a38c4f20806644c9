import 'server-only'
import type { MailRow } from '@/db/queries/outbox'
import { seal, unseal } from '@/lib/auth/seal'
import { isMailEvent, type MailEvent, type MailParams } from './events'

/** What a mail tells, by its event. */
export type StoredMail = { [E in MailEvent]: { event: E; params: MailParams[E] } }[MailEvent]

/** What the sealed parameters of a mail are bound to. */
const label = (partnerId: number) => `mail:${partnerId}`

export function sealParams(partnerId: number, params: MailParams[MailEvent]) {
  return seal(JSON.stringify(params), label(partnerId))
}

/** What the row tells; null when it was sealed under another secret of the installation, or is of an event that this version lacks. */
export function readMail({ partnerId, event, params }: Pick<MailRow, 'partnerId' | 'event' | 'params'>): StoredMail | null {
  if (!isMailEvent(event)) return null
  try {
    // What `queueMail` sealed for this event: the cast says so.
    return { event, params: JSON.parse(unseal(params, label(partnerId))) } as StoredMail
  } catch {
    return null
  }
}

const mask = '…'

/** The same mail with a link that only says where it led. */
export function withoutLink(mail: StoredMail): StoredMail {
  if (!('link' in mail.params)) return mail
  return { ...mail, params: { ...mail.params, link: `${new URL(mail.params.link).origin}/${mask}` } } as StoredMail
}

/** The link as long as the copy has it, else null. */
export function linkOf({ params }: StoredMail): string | null {
  return 'link' in params && !params.link.endsWith(`/${mask}`) ? params.link : null
}

/** When the link stops to work, epoch milliseconds; null where the mail does not say. */
export const linkEndsAt = ({ params }: StoredMail): number | null => ('expiresAt' in params ? params.expiresAt : null)
