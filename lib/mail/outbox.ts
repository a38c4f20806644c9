import 'server-only'
import { insertMail } from '@/db/queries/outbox'
import type { PartnerContext } from '@/lib/action/context'
import { seal } from '@/lib/auth/seal'
import type { MailEvent, MailParams } from './events'

type Mail<E extends MailEvent> = {
  event: E
  /** The stored address of the login data or of the user, never a typed text. */
  recipient: string
  language?: string | null
  params: MailParams[E]
}

/** Puts a mail into the outbox, in the transaction of its cause; what is in it is sealed, as it may hold a link. */
export async function queueMail<E extends MailEvent>(ctx: PartnerContext, { event, recipient, language, params }: Mail<E>) {
  await insertMail({
    partnerId: ctx.partner.id,
    event,
    recipient,
    language,
    params: seal(JSON.stringify(params), mailLabel(ctx.partner.id)),
    status: 'queued',
    attempts: 0,
    nextAttemptAt: ctx.now,
    messageId: ctx.random(16).toString('hex'),
    createdAt: ctx.now,
  })
}

/** What the sealed parameters of a mail are bound to. */
export const mailLabel = (partnerId: number) => `mail:${partnerId}`
