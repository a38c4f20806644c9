import { expect, it } from 'vitest'
import { isReadable, isWirePath } from './request-path'

it.each([
  ['/', true, false],
  ['/users/%E2%82%AC?q=%', true, false],
  ['/%', false, false],
  ['/users/%ff', false, false],
  ['/%E2%28', false, false],
  ['*', false, false],
  ['http://elsewhere.example/', false, false],
  ['users', false, false],
  ['/api_v3', true, true],
  ['/api_v3?service=user', true, true],
  ['/api_v3/service/user/action/%ff', true, true],
  ['/api_v30/', true, false],
])('%s: readable %s, for the wire %s', (url, readable, wire) => {
  expect([isReadable(url), isWirePath(url)]).toEqual([readable, wire])
})
