import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetRules, keepRules, keptRules } from './kept-rules'

const settings = { passwordPreset: 'nist', passwordRules: [], secondFactor: 'none' } as const

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    setItem: (name: string, value: string) => kept.set(name, value),
    getItem: (name: string) => kept.get(name) ?? null,
    removeItem: (name: string) => kept.delete(name),
  })
})
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
