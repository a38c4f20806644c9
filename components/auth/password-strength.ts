/**
 * How hard a password is to guess, as people read it while typing. A hint, not a rule. The libraries for it bring their dictionaries into the
 * page, hundreds of kilobytes; what is on the list of common passwords is refused by the server.
 */

export type Strength = 'weak' | 'fair' | 'good' | 'strong'

const leastBits: [Strength, number][] = [
  ['strong', 80],
  ['good', 60],
  ['fair', 40],
]

/** Kinds of signs, and among how many a guesser chooses; all that is not of the first three is as good as a sign of the keyboard. */
const kinds: [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/\d/, 10],
  [/[^a-zA-Z\d]/, 33],
]

/**
 * By the bits that somebody who guesses sign by sign has to find; what goes on from the sign before, such as `aaa`, `abc` and `321`, adds
 * none.
 */
export function strengthOf(password: string): Strength {
  const signs = [...password.normalize('NFC')]
  const choice = kinds.reduce((sum, [kind, count]) => (kind.test(password) ? sum + count : sum), 1)
  const surprises = signs.filter((sign, at) => isSurprise(sign, signs[at - 1])).length
  // A few signs over and over are no more than some of them.
  const counted = Math.min(surprises, 3 * new Set(signs).size)
  const bits = counted * Math.log2(choice)
  return leastBits.find(([, least]) => bits >= least)?.[0] ?? 'weak'
}

function isSurprise(sign: string, before: string | undefined) {
  return before === undefined || Math.abs((sign.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)) > 1
}
