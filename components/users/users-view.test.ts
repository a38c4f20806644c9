import { expect, it } from 'vitest'
import { hrefOf, readView, toListInput } from './users-view'

const now = 1_700_000_000

it('reads an address full of nonsense as the plain list', () => {
  const nonsense = {
    q: 'x'.repeat(300),
    status: 'gone',
    role: '1 or 1',
    size: '7',
    sort: 'password',
    createdFrom: 'soon',
    columns: ['a', 'b'],
  }
  expect(hrefOf(readView(nonsense), {})).toBe('/users')
  expect(hrefOf(readView({}), {})).toBe('/users')
})

it('says in the address what it shows, and reads it back', () => {
  const view = readView({
    q: 'ünal & co',
    status: 'blocked',
    login: 'enabled',
    sort: 'email',
    size: '50',
    columns: 'email,city',
    signedIn: 'never',
  })
  const params = new URLSearchParams(hrefOf(view, {}).split('?')[1])
  expect(readView(Object.fromEntries(params))).toEqual(view)
})

it('begins another selection at its first page, but stays there for a drawer', () => {
  const view = readView({ cursor: 'abc', q: 'ann' })
  expect(hrefOf(view, { user: 'ann' })).toContain('cursor=abc')
  expect(hrefOf(view, { status: 'all' })).not.toContain('cursor')
  expect(hrefOf(view, { sort: 'id' })).not.toContain('cursor')
})

it.each([
  [{}, {}],
  [{ status: 'all' }, { statusIn: '0,1,2' }],
  [{ status: 'deleted' }, { statusEqual: 2 }],
  [
    { admin: 'no', login: 'disabled' },
    { isAdminEqual: false, loginEnabledEqual: false },
  ],
  [
    { type: 'group', role: '5' },
    { typeEqual: 1, roleIdsIn: '5' },
  ],
  [{ created: 'week' }, { createdAtGreaterThanOrEqual: now - 604_800 }],
  [
    { createdFrom: '2020-01-01', createdTo: '2020-01-01' },
    { createdAtGreaterThanOrEqual: 1_577_836_800, createdAtLessThanOrEqual: 1_577_923_199 },
  ],
  [{ signedIn: 'never' }, { neverSignedInEqual: true }],
  [{ signedIn: 'dormant' }, { lastLoginTimeLessThanOrEqual: now - 7_776_000, neverSignedInEqual: false }],
  [{ signedInTo: '2020-01-01' }, { lastLoginTimeLessThanOrEqual: 1_577_923_199, neverSignedInEqual: false }],
])('asks the list action for %j as %j', (params, filter) => {
  const { filter: asked } = toListInput(readView(params as Record<string, string>), now)
  expect(JSON.parse(JSON.stringify(asked))).toEqual({ orderBy: '-createdAt', ...filter })
})
