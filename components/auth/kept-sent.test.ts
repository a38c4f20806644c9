import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetSent, keepSent, keptSent } from './kept-sent'
import { openTab } from './testing'

const now = Date.UTC(2026, 0, 5, 12)

beforeEach(() => {
  openTab()
  vi.useFakeTimers({ now })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('a tab knows for a minute that a link was asked for, and when', () => {
  expect(keptSent('ann@example.com')).toBeNull()
  keepSent('ann@example.com')
  vi.advanceTimersByTime(59_000)
  expect(keptSent('ann@example.com')).toEqual({ email: 'ann@example.com', at: now })
  expect(keptSent('bob@example.com')).toBeNull()
  vi.advanceTimersByTime(1_000)
  expect(keptSent('ann@example.com')).toBeNull()
})

it('a tab begins anew with the next link, and forgets it for another address', () => {
  keepSent('ann@example.com')
  vi.advanceTimersByTime(70_000)
  keepSent('ann@example.com')
  expect(keptSent('ann@example.com')).toEqual({ email: 'ann@example.com', at: now + 70_000 })
  forgetSent()
  expect(keptSent('ann@example.com')).toBeNull()
})
