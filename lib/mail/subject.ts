import 'server-only'
import type { MailEvent } from './enums'
import type { MailParams } from './events'
import { neutralParams } from './neutral'
import type { StoredMail } from './stored-mail'
import { mailText } from './text/catalogue'

/** What a mail is about, in the reader's language. */
export function subjectOf(mail: StoredMail, language: string | null): string {
  const { subject } = mailText(language)[mail.event] as { subject: (params: MailParams[MailEvent]) => string }
  return subject(neutralParams(mail))
}
