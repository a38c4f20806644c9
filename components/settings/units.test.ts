import { expect, it } from 'vitest'
import { exactUnit } from './units'

it.each([
  [900, 'minutes', 'minutes'],
  [3600, 'minutes', 'minutes'],
  [20, 'minutes', 'seconds'],
  [90, 'minutes', 'seconds'],
  [0, 'minutes', 'minutes'],
  [86_400, 'hours', 'hours'],
  [1800, 'hours', 'minutes'],
  [43_200, 'days', 'hours'],
  [1.5, 'days', 'seconds'],
] as const)('%d seconds, wanted in %s, are shown in %s', (seconds, wanted, shown) => {
  expect(exactUnit(seconds, wanted)).toBe(shown)
})
