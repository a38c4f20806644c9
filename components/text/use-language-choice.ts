'use client'

import { useRouter } from 'next/navigation'
import { type Language, languageCookie } from '@/lib/language'

/** Seconds: a year, as the server keeps it. */
const age = 31_536_000

/** Has this browser speak a language from now on, or the one that it asks for itself where none is chosen. The page follows at once. */
export function useLanguageChoice() {
  const router = useRouter()
  return (language: Language | null) => {
    const secure = window.location.protocol === 'https:' ? '; secure' : ''
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store needs a secure context, which an address in the local network is not
    document.cookie = `${languageCookie}=${language ?? ''}; path=/; samesite=lax; max-age=${language ? age : 0}${secure}`
    router.refresh()
  }
}
