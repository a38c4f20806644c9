import { expect, it } from 'vitest'
import { itemsOf } from './comma-list'

it.each([
  [null, []],
  ['', []],
  [' , ,', []],
  ['a', ['a']],
  [' a,b , ,c,a', ['a', 'b', 'c', 'a']],
])('the items of %j are %j', (list, items) => {
  expect(itemsOf(list)).toEqual(items)
})
