import { expect, it } from 'vitest'
import { kept, sortedConflict } from './conflict'

const base = { firstName: 'Ada', city: 'London', company: 'Analytical', tags: 'eu', title: '' }
const yours = { ...base, firstName: 'Augusta', city: 'Paris', tags: 'staff' }
const theirs = { ...base, firstName: 'Ada K.', company: 'Engines', tags: 'staff', title: null }

it('asks only about fields that both changed to different values', () => {
  expect(sortedConflict({ base, yours, theirs })).toEqual({ both: ['firstName'], onlyYours: ['city'], onlyTheirs: ['company'] })
})

it('keeps what only you changed, and of the disputed what you did not give up', () => {
  expect(kept({ base, yours, theirs }, new Set())).toEqual(['city', 'firstName'])
  expect(kept({ base, yours, theirs }, new Set(['firstName']))).toEqual(['city'])
})
