import 'server-only'
import { de } from '@/components/text/de'
import { en, type Text } from '@/components/text/en'
import { readLanguage } from '@/lib/auth/language-cookie'
import type { Language } from '@/lib/language'

const texts: Record<Language, Text> = { en, de }

/** The strings of the reader's language, in server components. */
export const getText = async (): Promise<Text> => texts[await readLanguage()]
