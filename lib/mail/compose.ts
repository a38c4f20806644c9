import 'server-only'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { MailRow } from '@/db/queries/outbox'
import { loginEmailOf } from '@/lib/auth/login-email'
import { env } from '@/lib/env'
import { DeliveryFailure } from './delivery-failure'
import { renderMail } from './render-mail'
import type { Letter } from './smtp'
import { readMail } from './stored-mail'

/**
 * The mail of a row as it goes over the wire: to exactly the stored address, from whom the settings say, with a `Message-ID` and a
 * date that are the same at every attempt. Throws `DeliveryFailure` (`never`) when the address or what is stored is not fit.
 */
export async function compose(row: MailRow): Promise<Letter> {
  if (!isOneAddress(row.recipient)) throw new DeliveryFailure('never', 'The address is not one plain e-mail address.')
  const stored = readMail(row)
  if (!stored) throw new DeliveryFailure('never', 'What is stored cannot be read: the secret of this installation was changed.')

  const { mailFrom, publicUrl } = env()
  const { subject, html, text } = await renderMail(stored, row.language)
  const mail = new MailComposer({
    from: mailFrom,
    to: { name: '', address: row.recipient },
    subject,
    html,
    text,
    messageId: `<${row.messageId}@${new URL(publicUrl).hostname}>`,
    date: new Date(row.createdAt),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    // Nothing that somebody wrote is taken for the name of a file or an address to fetch (M05).
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { from: mailFrom.address, to: row.recipient, message: await mail.compile().build() }
}

/** A user's e-mail address may be any text: what is not one plain address, in whatever case, gets no mail (M02, M03). */
const isOneAddress = (text: string) => loginEmailOf(text) === text.toLowerCase()
