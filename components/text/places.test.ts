import { expect, it } from 'vitest'
import { placeName } from './places'

const text = { localNetwork: 'Local network', unknownPlace: 'Unknown place' }

it.each([
  ['AT', 'en', 'Austria'],
  ['AT', 'de', 'Österreich'],
  ['NL', 'fr', 'Pays-Bas'],
  ['local', 'en', 'Local network'],
  [null, 'en', 'Unknown place'],
  [undefined, 'en', 'Unknown place'],
])('calls %s in the language %s %s', (place, language, name) => {
  expect(placeName(place, language, text)).toBe(name)
})
