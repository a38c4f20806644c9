import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { anyText, int, list, object } from './fields'
import { shaped } from './shape'

const Person = object('Person', { id: anyText(10), version: int(), age: int().nullish() }, { pageOnly: ['version'] })
const stored = { id: 'a', version: 3, age: null, passwordHash: 'secret' }

describe('what leaves', () => {
  it.each([
    ['an object', Person, stored, { id: 'a', version: 3, age: null }],
    ['one that may be absent', Person.nullish(), stored, { id: 'a', version: 3, age: null }],
    ['a list', list(Person), [stored, null], [{ id: 'a', version: 3, age: null }, null]],
    [
      'an undeclared object',
      z.object({ who: Person.optional() }),
      { who: stored, hash: 1 },
      { who: { id: 'a', version: 3, age: null } },
    ],
    ['an undeclared list', z.array(z.object({ id: z.string() })), [stored], [{ id: 'a' }]],
    ['a record of objects', z.record(z.string(), z.object({ id: z.string() })), { a: stored }, { a: { id: 'a' } }],
    ['a text', z.string(), 'ks', 'ks'],
    ['nothing', z.null(), null, null],
  ])('O02 of %s is what is listed', (_what, schema, value, expected) => {
    expect(shaped(schema, value, 'page')).toEqual(expected)
  })

  it('leaves out for the wire what only pages get, at every depth', () => {
    const Answer = object('Answer', { objects: list(Person) })
    expect(JSON.stringify(shaped(Answer, { objects: [stored] }, 'wire'))).toBe('{"objects":[{"id":"a"}]}')
  })

  it('has no null for the wire, where nobody knows the fields either', () => {
    const Open = z.object({ changes: z.record(z.string(), z.object({ before: z.unknown() })) })
    const value = { changes: { email: { before: null }, tags: { before: { a: null, b: [1] } } } }
    expect(JSON.stringify(shaped(Open, value, 'wire'))).toBe('{"changes":{"email":{},"tags":{"before":{"b":[1]}}}}')
  })
})
