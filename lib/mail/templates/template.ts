import type { ReactNode } from 'react'
import type { MailEvent } from '../enums'
import type { MailParams } from '../events'
import type { MailText } from '../text/en'

/** What a template is given: parameters that are fit to be read, the words of the reader's language, and times as he reads them. */
export type MailProps<E extends MailEvent> = {
  params: MailParams[E]
  text: MailText
  /** "24 November 2026 at 14:05 UTC", of epoch milliseconds: nobody knows where a mail is read. */
  time: (at: number) => string
  /** "Austria", of a network address; null where that is not known. */
  country: (address: string) => string | null
  /** The address of a page that anybody may open. It need not be kept with the mail, which may be read after it has changed. */
  linkTo: (page: 'forgot' | 'sign-in') => string
}

/** One kind of mail; the title is its subject too. */
export type Template<E extends MailEvent> = (props: MailProps<E>) => ReactNode
