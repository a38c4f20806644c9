import { expect, it } from 'vitest'
import type { Language } from '@/lib/language'
import { placeName } from './places'

const text = { localNetwork: 'Local network', unknownPlace: 'Unknown place' }

it.each<[string | null | undefined, Language, string]>([
  ['AT', 'en', 'Austria'],
  ['AT', 'de', 'Österreich'],
  ['local', 'en', 'Local network'],
  [null, 'en', 'Unknown place'],
  [undefined, 'en', 'Unknown place'],
])('calls %s in the language %s %s', (place, language, name) => {
  expect(placeName(place, language, text)).toBe(name)
})
