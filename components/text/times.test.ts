import { expect, it } from 'vitest'
import { relativeTime, timeAgo } from './times'

const now = 1_800_000_000

it.each([
  [now, 'now'],
  [now - 59, 'now'],
  [now - 60, '1 minute ago'],
  [now - 7200, '2 hours ago'],
  // The server's clock is ahead, or this one has stood still.
  [now + 1, 'now'],
  [now + 75, 'now'],
  [now + 7200, 'now'],
])('%d has happened %s', (at, told) => {
  expect(timeAgo('en', at, now)).toBe(told)
})

it('tells what is still to come', () => {
  expect(relativeTime('en', now + 75, now)).toBe('in 1 minute')
})
