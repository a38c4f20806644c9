import 'server-only'
import type { MailRow } from '@/db/queries/outbox'
import { seal, unseal } from '@/lib/auth/seal'
import type { MailEvent } from './enums'
import { isKeyLink, isMailEvent, type MailParams } from './events'

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

/** The same mail, with only the place that its link leads to where the link holds a key. */
export function withoutKey(mail: StoredMail): StoredMail {
  if (!('link' in mail.params) || !hasKey(mail)) return mail
  return { ...mail, params: { ...mail.params, link: `${new URL(mail.params.link).origin}/${mask}` } } as StoredMail
}

const hasKey = ({ event }: StoredMail) => event in isKeyLink && isKeyLink[event as keyof typeof isKeyLink]

/** The link with a key, as long as the copy has it, else null. */
export function keyLinkOf(mail: StoredMail): string | null {
  return 'link' in mail.params && hasKey(mail) && !isMasked(mail) ? mail.params.link : null
}

/** Whether the copy lacks the key that it had. */
export const isMasked = ({ params }: StoredMail) => 'link' in params && params.link.endsWith(`/${mask}`)

/** When the link stops to work, epoch milliseconds; null where the mail does not say. */
export const linkEndsAt = ({ params }: StoredMail): number | null => ('expiresAt' in params ? params.expiresAt : null)
