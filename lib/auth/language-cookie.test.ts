import { expect, it } from 'vitest'
import { languageFrom } from './language-cookie'

it.each([
  ['usher.session=x; usher.language=de', 'en-US', 'de'],
  ['usher.language=en', 'de-DE,de;q=0.9', 'en'],
  ['usher.language=de-AT; usher.language=en', null, 'de'],
  ['usher.language=', 'de', 'de'],
  ['usher.language=__proto__', 'de', 'de'],
  ['not-usher.language=de', null, 'en'],
  [null, 'de', 'de'],
  [null, null, 'en'],
])('cookies "%s" of a browser that asks for %s are read as %s', (cookie, accepted, language) => {
  expect(languageFrom(cookie, accepted)).toBe(language)
})
