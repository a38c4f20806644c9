import 'server-only'
import { cookies, headers } from 'next/headers'
import { type Language, languageCookie, languageOf, preferredLanguage } from '@/lib/language'
import { sessionCookie } from './session-cookie'

/** Seconds: a year. */
const age = 31_536_000

/** The language that was chosen in this browser, else the one that the browser asks for. */
export async function readLanguage(): Promise<Language> {
  const chosen = (await cookies()).get(languageCookie)?.value
  return languageOf(chosen) ?? preferredLanguage((await headers()).get('accept-language'))
}

/** As if it had been chosen in this browser. Not while a page is drawn. */
export async function writeLanguage(language: Language) {
  const { secure } = sessionCookie().options
  ;(await cookies()).set(languageCookie, language, { sameSite: 'lax', path: '/', secure, maxAge: age })
}
