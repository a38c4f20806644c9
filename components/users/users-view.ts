import { z } from 'zod'
import { type ListUsersInput, UserStatus, UserType, userOrders } from '@/lib/user/schema'

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

export const pageSizes = [25, 50, 100, 200] as const

const choice = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).optional().catch(undefined)
const words = z.string().max(256).optional().catch(undefined)
const day = z.iso.date().optional().catch(undefined)

const View = z.object({
  q: words,
  status: choice(['active', 'blocked', 'deleted', 'all']),
  login: choice(['enabled', 'disabled']),
  role: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .catch(undefined),
  type: choice(['user', 'group', 'applicativeGroup']),
  admin: choice(['yes', 'no']),
  created: choice(['day', 'week', 'month', 'year']),
  createdFrom: day,
  createdTo: day,
  signedIn: choice(['never', 'day', 'week', 'month', 'dormant']),
  sort: z
    .string()
    .refine((sort) => userOrders.some((order) => sort === order || sort === `-${order}`))
    .default('-createdAt')
    .catch('-createdAt'),
  size: z.coerce
    .number()
    .refine((size) => pageSizes.some((one) => one === size))
    .default(25)
    .catch(25),
  cursor: z.string().max(2000).optional().catch(undefined),
  columns: z
    .string()
    .transform((list) => columnNames.filter((name) => list.split(',').includes(name)))
    .default(defaultColumns)
    .catch(defaultColumns),
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
    params.set(name, String(value))
  }
  const query = params.toString()
  return query ? `/users?${query}` : '/users'
}

function isDefault(name: string, value: unknown) {
  if (name === 'sort') return value === '-createdAt'
  if (name === 'size') return value === 25
  return name === 'columns' && String(value) === String(defaultColumns)
}

const filterNames = ['q', 'status', 'login', 'role', 'type', 'admin', 'created', 'createdFrom', 'createdTo', 'signedIn'] as const
export type FilterName = (typeof filterNames)[number]

export const activeFilters = (view: UsersView): FilterName[] =>
  filterNames.filter((name) => view[name] !== undefined && view[name] !== '')

export const noFilters = Object.fromEntries(filterNames.map((name) => [name, undefined])) as Record<FilterName, undefined>

/** What of the view decides which rows are shown: the key of their query. */
export function rowsOf({ user: _user, add: _add, columns: _columns, ...rows }: UsersView) {
  return rows
}

const spans = { day: 86_400, week: 604_800, month: 2_592_000, year: 31_557_600, dormant: 7_776_000 }

/** The list action's input. `now` is epoch seconds, which "the last 7 days" counts from. */
export function toListInput(view: UsersView, now: number): z.input<typeof ListUsersInput> {
  return {
    filter: {
      orderBy: view.sort.startsWith('-') ? view.sort : `+${view.sort}`,
      freeText: view.q,
      ...statusFilter(view),
      loginEnabledEqual: view.login === undefined ? undefined : view.login === 'enabled',
      roleIdEqual: view.role,
      typeEqual:
        view.type && { user: UserType.USER, group: UserType.GROUP, applicativeGroup: UserType.APPLICATIVE_GROUP }[view.type],
      isAdminEqual: view.admin === undefined ? undefined : view.admin === 'yes',
      createdAtGreaterThanOrEqual: view.created ? now - spans[view.created] : startOf(view.createdFrom),
      createdAtLessThanOrEqual: endOf(view.createdTo),
      ...signInFilter(view, now),
    },
    pager: { pageSize: view.size, cursor: view.cursor ?? '' },
  }
}

function statusFilter({ status }: UsersView) {
  if (status === undefined) return {}
  if (status === 'all') return { statusIn: '0,1,2' }
  return { statusEqual: { active: UserStatus.ACTIVE, blocked: UserStatus.BLOCKED, deleted: UserStatus.DELETED }[status] }
}

function signInFilter({ signedIn }: UsersView, now: number) {
  if (signedIn === undefined) return {}
  if (signedIn === 'never') return { neverSignedInEqual: true }
  if (signedIn === 'dormant') return { lastLoginTimeLessThanOrEqual: now - spans.dormant, neverSignedInEqual: false }
  return { lastLoginTimeGreaterThanOrEqual: now - spans[signedIn] }
}

const startOf = (date: string | undefined) => (date ? Date.parse(`${date}T00:00:00Z`) / 1000 : undefined)
const endOf = (date: string | undefined) => (date ? Date.parse(`${date}T23:59:59Z`) / 1000 : undefined)
