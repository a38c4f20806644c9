import 'server-only'
import { render, toPlainText } from '@react-email/render'
import { placeOf } from '@/lib/auth/place'
import type { MailEvent } from './enums'
import { linkTo } from './link-to'
import { neutralParams } from './neutral'
import type { StoredMail } from './stored-mail'
import { subjectOf } from './subject'
import { aboutLogin } from './templates/about-login'
import { ConfirmEmailChange } from './templates/confirm-email-change'
import { EmailChanged } from './templates/email-changed'
import { EnrolSecondFactor } from './templates/enrol-second-factor'
import { ExportReady } from './templates/export-ready'
import { Frame } from './templates/frame'
import { ImportFinished } from './templates/import-finished'
import { Locked } from './templates/locked'
import { LoginInvitation } from './templates/login-invitation'
import { MadeAdmin } from './templates/made-admin'
import { NewSignIn } from './templates/new-sign-in'
import { noticeOf } from './templates/notice'
import { ResetPassword } from './templates/reset-password'
import { SecondFactorRemoved } from './templates/second-factor-removed'
import type { Template } from './templates/template'
import { Unlocked } from './templates/unlocked'
import { UserAdded } from './templates/user-added'
import { mailText } from './text/catalogue'

const templates: { [E in MailEvent]: Template<E> } = {
  invitation: aboutLogin('invitation'),
  'login-invitation': LoginInvitation,
  'login-added': aboutLogin('login-added'),
  'login-enabled': aboutLogin('login-enabled'),
  'login-disabled': aboutLogin('login-disabled'),
  'user-added': UserAdded,
  'reset-password': ResetPassword,
  'password-changed': noticeOf('password-changed'),
  'email-changed': EmailChanged,
  'confirm-email-change': ConfirmEmailChange,
  'new-sign-in': NewSignIn,
  locked: Locked,
  unlocked: Unlocked,
  'enrol-second-factor': EnrolSecondFactor,
  'second-factor-enrolled': noticeOf('second-factor-enrolled'),
  'backup-codes-renewed': noticeOf('backup-codes-renewed'),
  'second-factor-removed': SecondFactorRemoved,
  'made-admin': MadeAdmin,
  'export-ready': ExportReady,
  'import-finished': ImportFinished,
}

export type RenderedMail = { subject: string; html: string; text: string }

/** The mail as it is read, in the reader's language. */
export async function renderMail(mail: StoredMail, language: string | null): Promise<RenderedMail> {
  const text = mailText(language)
  const subject = subjectOf(mail, language)
  const params = neutralParams(mail)
  // The event of a mail and its parameters belong together, which the compiler cannot follow through the table.
  const Message = templates[mail.event] as Template<MailEvent>
  const { preheader } = text[mail.event]

  const html = await render(
    <Frame text={text} partnerName={params.partnerName} title={subject} preheader={preheader}>
      <Message params={params} text={text} time={timeIn(text.language)} country={countryIn(text.language)} linkTo={linkTo} />
    </Frame>,
  )
  return { subject, html, text: plainText(html) }
}

function timeIn(language: string) {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return (at: number) => `${format.format(at)} UTC`
}

function countryIn(language: string) {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  return (address: string) => {
    const place = placeOf(address)
    return place && place !== 'local' ? (names.of(place) ?? null) : null
  }
}

/** One line for each paragraph, so that no link is cut. */
function plainText(html: string) {
  return toPlainText(html, {
    wordwrap: false,
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      // The address stands below the button.
      { selector: 'a.button', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
    ],
  })
}
