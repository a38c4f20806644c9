import { describe, expect, it } from 'vitest'
import { languageOf, preferredLanguage } from './language'

describe('languageOf', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['DE_ch', 'de'],
    [' en-US ', 'en'],
    ['fr', null],
    ['deu', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s is %s', (code, language) => expect(languageOf(code)).toBe(language))
})

describe('preferredLanguage', () => {
  it.each([
    ['de-DE,de;q=0.9,en;q=0.8', 'de'],
    ['en-US,en;q=0.9,de;q=0.8', 'en'],
    ['fr-FR, fr;q=0.9, de;q=0.5, en;q=0.4', 'de'],
    ['en;q=0.2, de;q=0.7', 'de'],
    ['de;q=0, en;q=0.1', 'en'],
    ['de;q=0', 'en'],
    ['de;q=rubbish', 'en'],
    ['ja', 'en'],
    ['*', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('of "%s" is %s', (accepted, language) => expect(preferredLanguage(accepted)).toBe(language))

  it('is found at once in a header of any length', () => {
    expect(preferredLanguage(`${'x;q=0.5,'.repeat(100_000)}de`)).toBe('en')
  })
})
