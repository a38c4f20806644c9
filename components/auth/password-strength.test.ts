import { expect, it } from 'vitest'
import { strengthOf } from './password-strength'

it.each([
  ['', 'weak'],
  ['velvet', 'weak'],
  ['abcdefghijklmnopqrstuvwxyz', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['98765432109876543210', 'weak'],
  ['kr7!kr7!', 'fair'],
  ['abababababababababababababab', 'weak'],
  ['Orchard-2', 'fair'],
  ['Tr4velling-l', 'good'],
  ['Tr4velling-light', 'strong'],
  ['four plain words together', 'strong'],
  ['сорок тысяч обезьян', 'strong'],
])('A14 %s is %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength)
})
