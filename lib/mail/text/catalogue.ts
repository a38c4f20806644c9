import { type Language, languageOf } from '@/lib/language'
import { de } from './de'
import { en, type MailText } from './en'

const catalogues: Record<Language, MailText> = { en, de }

/** What mails say to a reader of this language (`de`, `de-AT`, `DE`); English where there are no words of it. */
export function mailText(language: string | null | undefined): MailText {
  return catalogues[languageOf(language) ?? 'en']
}
