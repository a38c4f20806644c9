import 'server-only'
import { ActionError } from '@/lib/action/errors'
import type { Params } from './params'

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The language of a call (§1.6) is a code of two letters that stands for one, or `multi`; nothing that is answered depends on it. */
export function refuseUnknownLanguage({ language }: Params) {
  if (language === undefined || language === null || language === '' || language === 'multi') return
  const isKnown = typeof language === 'string' && /^[a-z]{2}$/i.test(language) && names.of(language) !== undefined
  if (!isKnown)
    throw new ActionError('INVALID_LANGUAGE_CODE', { LANG: typeof language === 'object' ? 'object' : String(language) })
}
