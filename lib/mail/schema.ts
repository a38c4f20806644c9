import { z } from 'zod'
import { bool, int, list, object, stringEnum, text } from '@/lib/action/fields'
import { mailEvents, mailStatuses } from './enums'

/** Mails that were written to people. Usher's own, so times are epoch milliseconds. Safe to import in the browser. */

const MailStatus = stringEnum('UsherMailStatus', mailStatuses)

export const MailFilter = object('UsherMailFilter', {
  statusEqual: MailStatus.nullish(),
  eventEqual: stringEnum('UsherMailEvent', mailEvents).nullish(),
  /** Anywhere in the address. */
  recipientLike: text(320).nullish(),
})

export const ListMailsInput = z.object({
  filter: MailFilter.nullish(),
  /** Read on below the key of the last mail, to older ones. */
  beforeKey: int().nullish(),
  /** Or above the key of the first, to newer ones. */
  afterKey: int().nullish(),
  pageSize: int(1, 200).default(50),
})

export const MailKeyInput = z.object({ key: int() })

export const Mail = z.object({
  key: int(),
  event: z.string(),
  recipient: z.string(),
  /** Null when what is stored cannot be read any more. */
  subject: z.string().nullable(),
  status: MailStatus,
  attempts: int(),
  /** When a queued mail is tried next. */
  nextAttemptAt: int(),
  /** What the mail server said at the last attempt that failed. */
  lastError: z.string().nullable(),
  createdAt: int(),
  sentAt: int().nullable(),
})
export type Mail = z.output<typeof Mail>

export const MailListResponse = object('UsherMailListResponse', { objects: list(Mail), hasOlder: bool(), hasNewer: bool() })
export type MailListResponse = z.output<typeof MailListResponse>

/** A mail as it was, or will be, read; a link in it leads nowhere. */
export const MailPreview = Mail.extend({
  html: z.string().nullable(),
  text: z.string().nullable(),
  /** A link was left out of both. */
  isMasked: bool(),
  /** The reader may have the link shown: there is one, and no mail server to bring it to its owner. */
  isLinkShowable: bool(),
})
export type MailPreview = z.output<typeof MailPreview>

export const MailLink = object('UsherMailLink', { link: z.string() })
