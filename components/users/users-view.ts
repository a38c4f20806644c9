import type { input } from 'zod'
// The small build of zod: this runs before the first rows are seen, the action's own schema comes with the forms.
import * as z from 'zod/mini'
import type { ListUsersInput, userOrders } from '@/lib/user/schema'

/** What the list of users shows: all of it is in the address, so that back, reload and a pasted link show the same. */

const columnNames = [
  'id',
  'email',
  'roles',
  'status',
  'login',
  'lastSignIn',
  'created',
  'updated',
  'tags',
  'company',
  'title',
  'country',
  'city',
] as const
export type ColumnName = (typeof columnNames)[number]
export const optionalColumns: readonly ColumnName[] = columnNames
export const defaultColumns: ColumnName[] = ['id', 'email', 'roles', 'status', 'login', 'lastSignIn', 'created']

/** What each column is sorted by, where it can be. */
export const orderOf = {
  name: 'fullName',
  id: 'id',
  email: 'email',
  status: 'status',
  lastSignIn: 'lastLoginTime',
  created: 'createdAt',
  updated: 'updatedAt',
} as const satisfies Partial<Record<ColumnName | 'name', (typeof userOrders)[number]>>

export const pageSizes = [25, 50, 100, 200] as const

const orders = new Set<string>(Object.values(orderOf).flatMap((order) => [order, `-${order}`]))
const newestFirst = '-createdAt'

const orNothing = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined)
const choice = <const T extends readonly [string, ...string[]]>(values: T) => orNothing(z.enum(values))
const words = orNothing(z.string().check(z.maxLength(256)))
const day = orNothing(z.iso.date())

const View = z.object({
  q: words,
  status: choice(['active', 'blocked', 'deleted', 'all']),
  login: choice(['enabled', 'disabled']),
  role: orNothing(z.string().check(z.regex(/^\d{1,15}$/))),
  type: choice(['user', 'group', 'applicativeGroup']),
  admin: choice(['yes', 'no']),
  created: choice(['day', 'week', 'month', 'year']),
  createdFrom: day,
  createdTo: day,
  signedIn: choice(['never', 'day', 'week', 'month', 'dormant']),
  signedInFrom: day,
  signedInTo: day,
  sort: z.catch(z.string().check(z.refine((sort) => orders.has(sort))), newestFirst),
  size: z.catch(z.coerce.number().check(z.refine((size) => pageSizes.some((one) => one === size))), 25),
  cursor: orNothing(z.string().check(z.maxLength(2000))),
  columns: z.catch(z.pipe(z.string(), z.transform(namedColumns)), defaultColumns),
  /** The user whose drawer is open. */
  user: words,
  /** The drawer for a new user is open. */
  add: choice(['1']),
})
export type UsersView = z.output<typeof View>

/** Every field has a fallback: an address with nonsense in it shows the plain list. */
export function readView(params: Record<string, string | string[] | undefined>): UsersView {
  return View.parse(
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])),
  )
}

/** The address of the list with some of it changed. Another selection begins at its first page. */
export function hrefOf(view: UsersView, changes: Partial<UsersView>) {
  const opensOnly = Object.keys(changes).every((name) => ['user', 'add', 'columns', 'cursor'].includes(name))
  const next = { ...view, ...(!opensOnly && { cursor: undefined }), ...changes }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(next)) {
    if (value === undefined || value === '' || isDefault(name, value)) continue
    params.set(name, Array.isArray(value) ? value.join(',') || noColumns : String(value))
  }
  const query = params.toString()
  return query ? `/users?${query}` : '/users'
}

function isDefault(name: string, value: unknown) {
  if (name === 'sort') return value === newestFirst
  if (name === 'size') return value === 25
  return name === 'columns' && String(value) === String(defaultColumns)
}

const filterNames = [
  'q',
  'status',
  'login',
  'role',
  'type',
  'admin',
  'created',
  'createdFrom',
  'createdTo',
  'signedIn',
  'signedInFrom',
  'signedInTo',
] as const
export type FilterName = (typeof filterNames)[number]

export const activeFilters = (view: UsersView): FilterName[] =>
  filterNames.filter((name) => view[name] !== undefined && view[name] !== '')

export const noFilters = Object.fromEntries(filterNames.map((name) => [name, undefined])) as Record<FilterName, undefined>

/** What of the view decides which rows are shown: the key of their query. */
export function rowsOf({ user: _user, add: _add, columns: _columns, ...rows }: UsersView) {
  return rows
}

const spans = { day: 86_400, week: 604_800, month: 2_592_000, year: 31_557_600, dormant: 7_776_000 }

/** The list action's input. `now` is epoch seconds, which "the last 7 days" counts from; days begin and end in UTC. */
export function toListInput(view: UsersView, now: number): input<typeof ListUsersInput> {
  return {
    filter: {
      orderBy: view.sort.startsWith('-') ? view.sort : `+${view.sort}`,
      freeText: view.q,
      ...statusFilter(view),
      loginEnabledEqual: view.login === undefined ? undefined : view.login === 'enabled',
      roleIdsIn: view.role,
      typeEqual: view.type && types[view.type],
      isAdminEqual: view.admin === undefined ? undefined : view.admin === 'yes',
      createdAtGreaterThanOrEqual: view.created ? now - spans[view.created] : startOf(view.createdFrom),
      createdAtLessThanOrEqual: endOf(view.createdTo),
      ...signInFilter(view, now),
    },
    pager: { pageSize: view.size, cursor: view.cursor ?? '' },
  }
}

// The contract's numbers, typed by its schema but without loading it.
const types = { user: 0, group: 1, applicativeGroup: 2 } as const
const statuses = { active: 1, blocked: 0, deleted: 2 } as const

function statusFilter({ status }: UsersView) {
  if (status === undefined) return {}
  return status === 'all' ? { statusIn: '0,1,2' } : { statusEqual: statuses[status] }
}

function signInFilter({ signedIn, signedInFrom, signedInTo }: UsersView, now: number) {
  if (signedIn === 'never') return { neverSignedInEqual: true }
  if (signedIn === 'dormant') return { lastLoginTimeLessThanOrEqual: now - spans.dormant, neverSignedInEqual: false }
  if (signedIn) return { lastLoginTimeGreaterThanOrEqual: now - spans[signedIn] }
  if (!signedInFrom && !signedInTo) return {}
  return {
    lastLoginTimeGreaterThanOrEqual: startOf(signedInFrom),
    lastLoginTimeLessThanOrEqual: endOf(signedInTo),
    neverSignedInEqual: false,
  }
}

const startOf = (date: string | undefined) => (date ? Date.parse(`${date}T00:00:00Z`) / 1000 : undefined)
const endOf = (date: string | undefined) => (date ? Date.parse(`${date}T23:59:59Z`) / 1000 : undefined)

/** Only the name: an empty value in an address would read as "not said". */
const noColumns = '-'

function namedColumns(list: string) {
  if (list === noColumns) return []
  const named = columnNames.filter((name) => list.split(',').includes(name))
  return named.length > 0 ? named : defaultColumns
}
