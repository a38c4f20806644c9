import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetRules, keepRules, keptRules } from './kept-rules'
import { openTab } from './testing'

const settings = { passwordPreset: 'nist', passwordRules: [], secondFactor: 'none' } as const

beforeEach(openTab)
afterEach(() => vi.unstubAllGlobals())

it('the rules that a tab keeps are those of one address, however it is typed', () => {
  expect(keptRules('ann@example.com')).toBeNull()
  keepRules(' Ann@example.com', { ...settings, passwordRules: [] })
  expect(keptRules('ann@example.com ')).toEqual(settings)
  expect(keptRules('bob@example.com')).toBeNull()
  expect(keptRules('')).toBeNull()
  forgetRules()
  expect(keptRules('ann@example.com')).toBeNull()
})
