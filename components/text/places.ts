import type { Language } from '@/lib/language'

/** Where an address is, as `account.listSessions` tells it, in the reader's language: "Austria". */
export function placeName(
  place: string | null | undefined,
  language: Language,
  text: { localNetwork: string; unknownPlace: string },
): string {
  if (!place) return text.unknownPlace
  if (place === 'local') return text.localNetwork
  return new Intl.DisplayNames(language, { type: 'region' }).of(place) ?? text.unknownPlace
}
