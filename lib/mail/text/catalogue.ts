import { de } from './de'
import { en, type MailText } from './en'

const catalogues: Record<string, MailText> = { en, de }

/** What mails say to a reader of this language (`de`, `de-AT`, `DE`); English where there are no words of it. */
export function mailText(language: string | null | undefined): MailText {
  const code = language?.toLowerCase().split(/[-_]/, 1)[0] ?? ''
  return Object.hasOwn(catalogues, code) ? (catalogues[code] ?? en) : en
}
