import { describe, expect, it } from 'vitest'
import { safeNextPath } from './next-path'

/** What a browser on our site would make of the answer. */
const originOf = (path: string) => new URL(path, 'https://usher.example').origin

describe('where to go after sign-in', () => {
  it.each(['/', '/users', '/users?status=1&q=a%20b', '/users/ann%40example.com', '/a//b'])('%s is kept', (next) => {
    expect(safeNextPath(next)).toBe(next)
  })

  it.each([
    null,
    undefined,
    '',
    'users',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/./\\evil.example',
    '/%2e//evil.example',
    '/%2e%2e//evil.example',
    'https:evil.example',
    'https://evil.example',
    'https:/evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '@evil.example',
    '/@evil.example//..//..//evil.example',
    `/${'../'.repeat(50)}/evil.example`,
    '//usher.invalid/x',
    '/\0/evil.example',
    '/\ud800',
  ])('W05 %j stays on this site', (next) => {
    const path = safeNextPath(next)
    expect(path).toMatch(/^\/(?![/\\])/)
    expect(originOf(path)).toBe('https://usher.example')
  })
})
