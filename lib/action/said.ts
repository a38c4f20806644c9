import 'server-only'
import type { Language } from '@/lib/language'
import { catalogue, type ErrorCode, type Saying } from './errors'
import { type FieldProblem, fieldProblems, filled } from './field-problems'
import { messages as de } from './text/de'

/** In words of this language. */
export function said({ code, args }: Saying, language: Language): string {
  const message = isProblem(code) ? fieldProblems[language][code] : messageIn(language, code)
  return filled(message, args)
}

const isProblem = (code: Saying['code']): code is FieldProblem => Object.hasOwn(fieldProblems.en, code)
const translated: Record<Exclude<Language, 'en'>, Record<ErrorCode, string>> = { de }
const messageIn = (language: Language, code: ErrorCode) =>
  language === 'en' ? catalogue[code].message : translated[language][code]
