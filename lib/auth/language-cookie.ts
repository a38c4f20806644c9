import 'server-only'
import { cookies, headers } from 'next/headers'
import { type Language, languageCookie, languageOf, preferredLanguage } from '@/lib/language'
import { cookieValues, sessionCookie } from './session-cookie'

/** Seconds: a year. */
const age = 31_536_000

/** The language that was chosen in this browser, else the one that the browser asks for. */
export async function readLanguage(): Promise<Language> {
  const sent = await headers()
  return languageFrom(sent.get('cookie'), sent.get('accept-language'))
}

/** The same by the headers `Cookie` and `Accept-Language`. */
export function languageFrom(cookie: string | null, accepted: string | null): Language {
  const [chosen] = cookieValues(cookie, languageCookie)
  return languageOf(chosen) ?? preferredLanguage(accepted)
}

/** As if it had been chosen in this browser. Not while a page is drawn. */
export async function writeLanguage(language: Language) {
  const { secure } = sessionCookie().options
  ;(await cookies()).set(languageCookie, language, { sameSite: 'lax', path: '/', secure, maxAge: age })
}
