import { describe, expect, it } from 'vitest'
import { loginEmailOf } from './login-email'

describe('sign-in address', () => {
  it.each([
    ['Ann@Example.COM', 'ann@example.com'],
    ['ann+tag@example.co.uk', 'ann+tag@example.co.uk'],
    ["o'neil_{x}@example.com", "o'neil_{x}@example.com"],
    ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
    ['\uff21nn@example.com', 'ann@example.com'],
    ['ann\uff20example.com', 'ann@example.com'],
    ['ann@EXA\u212aPLE.com', 'ann@exakple.com'],
    ['ann@\u0430cme.example', 'ann@xn--cme-5cd.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('I11 %s is %s', (given, expected) => {
    expect(loginEmailOf(given)).toBe(expected)
  })

  it.each([
    '',
    'ann',
    '@example.com',
    'ann@',
    'ann@localhost',
    'ann@@example.com',
    'ann@example.com,bob@example.com',
    'ann@example.com\nbcc: x@example.com',
    'ann@exam\nple.com',
    'ann@example.com\t',
    'ann@example.com ',
    ' ann@example.com',
    'ann@example.com/path',
    'ann@example.com?x=1',
    'ann@example.com#x',
    'ann@exa%6dple.com',
    'ann@example.com:25',
    'ann@example..com',
    'ann@.example.com',
    'ann@example.com.',
    'ann@-example.com',
    '.ann@example.com',
    'ann.@example.com',
    'a..n@example.com',
    'a n@example.com',
    'ann\0@example.com',
    'Ann <ann@example.com>',
    '"ann"@example.com',
    'ann\u202e@example.com',
    'änn@example.com',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a'.repeat(64)}.com`,
    `ann@${'a.'.repeat(160)}com`,
    '\ud800@example.com',
    // A dotless i, a Cyrillic a, a combining accent, a joiner of no width: letters that look like others are other addresses.
    '\u0131nfo@example.com',
    '\u0430nn@example.com',
    'ann\u0301@example.com',
    'an\u200dn@example.com',
    'ann\uff20example.com@evil.example',
  ])('I11 refuses %j', (given) => {
    expect(loginEmailOf(given)).toBeNull()
  })

  it('I10 takes linear time', () => {
    const started = performance.now()
    for (const text of ['a.'.repeat(50_000), `a@${'a-'.repeat(50_000)}`, `${'a'.repeat(100_000)}@`, '@'.repeat(100_000)])
      loginEmailOf(text)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
