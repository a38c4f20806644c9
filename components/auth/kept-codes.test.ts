import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetCodes, keepCodes, keptCodes } from './kept-codes'
import { openTab } from './testing'

const given = { email: 'ann@acme.example', codes: ['one', 'two'] }
const hour = 60 * 60 * 1000

beforeEach(() => {
  openTab()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it.each([
  ['somebody else who signs in', '7', '8'],
  ['nobody, once the session is over', '7', null],
  ['whoever signs in after a link was used', null, '8'],
])('A21 S08 the backup codes that a tab keeps are not shown to %s', (_who, person, other) => {
  keepCodes(person, given)
  expect(keptCodes(other)).toBeNull()
  expect(keptCodes(person)).toEqual(given)
})

it('A21 S08 the backup codes that a tab keeps are gone after an hour, and when they are forgotten', () => {
  keepCodes('7', given)
  vi.advanceTimersByTime(hour - 1)
  expect(keptCodes('7')).toEqual(given)
  vi.advanceTimersByTime(1)
  expect(keptCodes('7')).toBeNull()
  keepCodes('7', given)
  forgetCodes()
  expect(keptCodes('7')).toBeNull()
})
