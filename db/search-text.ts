/**
 * Text as people look for it: without accents, case and spare space. Every word of a search text has two blanks before it, so
 * that one trigram index answers both a substring ("son" in "Anderson") and, for one or two letters, the beginning of a word.
 */
const wordGap = '  '

const foldedLetters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
}

/** Lower case, without accents; the same for every way of writing a letter. */
export function fold(text: string) {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  return plain.replace(/[ßøłđðþæœıħ]/g, (letter) => foldedLetters[letter] ?? letter)
}

/** Words with their gaps; scripts written without blanks count each character as a word. */
function spaced(text: string) {
  return fold(text)
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu, ' $& ')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => wordGap + word)
    .join('')
}

/** What the search index holds of a user. */
export function searchTextOf(fields: (string | null | undefined)[]) {
  return fields.map((field) => spaced(field ?? '')).join('')
}

/**
 * What to look for in the search index, at least three characters, or null for a blank term. A term of one or two letters
 * finds words that begin with it; a longer one is found anywhere.
 */
export function searchPhrase(term: string) {
  const words = spaced(term)
  if (words === '') return null
  const phrase = words.slice(wordGap.length)
  return phrase.length < 3 ? words : phrase
}
