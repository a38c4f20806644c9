import 'server-only'
import { insertMail, type MailRow } from '@/db/queries/outbox'
import type { PartnerContext } from '@/lib/action/context'
import { env } from '@/lib/env'
import { languageOf } from '@/lib/language'
import type { MailEvent } from './enums'
import type { MailParams } from './events'
import { sealParams } from './stored-mail'

type Mail<E extends MailEvent> = {
  event: E
  /** The stored address of the login data or of the user, never a typed text. */
  recipient: string
  /** That of the reader's profile; where it is none of ours, the mail speaks as whoever causes it is spoken to. */
  language?: string | null
  params: MailParams[E]
}

/**
 * Puts a mail into the outbox, in the transaction of its cause; what is in it is sealed, as it may hold a link. Throws when a link
 * does not begin with `PUBLIC_URL` (M01): that is a fault of the program.
 */
export async function queueMail<E extends MailEvent>(
  ctx: PartnerContext,
  { event, recipient, language, params }: Mail<E>,
): Promise<MailRow> {
  if ('link' in params && !params.link.startsWith(`${env().publicUrl}/`)) throw new Error(`A link of "${event}" leads elsewhere`)
  return insertMail({
    partnerId: ctx.partner.id,
    event,
    recipient,
    language: languageOf(language) ?? ctx.language,
    params: sealParams(ctx.partner.id, params),
    status: 'queued',
    attempts: 0,
    nextAttemptAt: ctx.now,
    messageId: ctx.random(16).toString('hex'),
    createdAt: ctx.now,
  })
}
