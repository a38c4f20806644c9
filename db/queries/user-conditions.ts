import { and, eq, gte, inArray, isNotNull, isNull, lte, not, or } from 'drizzle-orm'
import { db } from '../client'
import { type Term, term } from '../prepared'
import { userRoles, users, userTags } from '../schema/people'
import { searchPhrase } from '../search-text'
import { contains, searchTextHas, startsWith } from '../sql'
import { userStatus } from '../statuses'
import { keysOf } from './user-counts'

/** What to look for; all of it must hold. Times are epoch milliseconds, texts are folded (see `search-text.ts`). */
export type UserQuery = {
  idKeys?: string[]
  types?: number[]
  statuses: number[]
  isAdmin?: boolean
  hasLogin?: boolean
  screenNameHas?: string
  emailHas?: string
  prefixes?: { anyOf: (keyof typeof prefixColumns)[]; prefix: string }[]
  anyTag?: string[]
  allTags?: string[]
  /** Each inner list: has one of these roles. */
  roles?: number[][]
  roleIdsEqual?: string
  freeText?: string
  createdAt?: Range
  updatedAt?: Range
  lastLoginAt?: Range
  hasSignedIn?: boolean
}

type Range = { from?: number; to?: number }

const prefixColumns = {
  id: users.idKey,
  screenName: users.screenNameKey,
  email: users.emailKey,
  firstName: users.firstNameKey,
  lastName: users.lastNameKey,
  fullName: users.fullNameKey,
} as const

/** What must hold for a user to be found, as terms of a query with many forms. */
export function conditionsOf(partnerId: number, query: UserQuery): Term[] {
  const terms = [
    term('partner', [partnerId], (id) => eq(users.partnerId, id)),
    statusIn(query.statuses),
    query.idKeys && term('id', query.idKeys, (...keys) => inArray(users.idKey, keys)),
    query.types && term('type', query.types, (...types) => inArray(users.type, types)),
    query.isAdmin === undefined ? undefined : isAdministrator(query.isAdmin),
    query.hasLogin === undefined ? undefined : hasLogin(query.hasLogin),
    ...(query.screenNameHas === undefined ? [] : hasText(partnerId, users.screenNameKey, query.screenNameHas)),
    ...(query.emailHas === undefined ? [] : hasText(partnerId, users.emailKey, query.emailHas)),
    ...(query.prefixes ?? []).map(({ anyOf, prefix }) =>
      either(anyOf.map((column) => startsWith(prefixColumns[column], prefix))),
    ),
    query.anyTag && hasTag(partnerId, query.anyTag),
    ...(query.allTags ?? []).map((tag) => hasTag(partnerId, [tag])),
    ...(query.roles ?? []).map((roles) => hasRole(partnerId, roles)),
    query.roleIdsEqual === undefined ? undefined : term('roles', [query.roleIdsEqual], (ids) => eq(users.roleIds, ids)),
    query.freeText === undefined ? undefined : freeText(partnerId, query.freeText),
    ...within(users.createdAt, query.createdAt),
    ...within(users.updatedAt, query.updatedAt),
    ...within(users.lastLoginAt, query.lastLoginAt),
    query.hasSignedIn === undefined ? undefined : hasSignedIn(query.hasSignedIn),
  ]
  return terms.filter((each) => each !== undefined)
}

/** Every status together needs no condition, which keeps the plain orders on their indices. */
function statusIn(statuses: number[]) {
  return new Set(statuses).size < Object.keys(userStatus).length
    ? term('status', statuses, (...bound) => inArray(users.status, bound))
    : undefined
}

const isAdministrator = (is: boolean) => term(`admin ${is}`, [], () => eq(users.isAdmin, is))

const hasLogin = (has: boolean) => term(`login ${has}`, [], () => (has ? isNotNull : isNull)(users.loginDataId))

const hasSignedIn = (has: boolean) =>
  term(`signed in ${has}`, [], () => (has ? not(eq(users.lastLoginAt, 0)) : eq(users.lastLoginAt, 0)))

/** The index finds the candidates of three letters and more; the column decides. */
function hasText(partnerId: number, column: typeof users.emailKey | typeof users.screenNameKey, text: string) {
  const phrase = text.trim().length < 3 ? null : searchPhrase(text)
  return [...(phrase ? [searchTextHas(phrase, keysOf(partnerId))] : []), contains(column, text)]
}

function freeText(partnerId: number, text: string) {
  const phrase = searchPhrase(text)
  return phrase === null ? undefined : searchTextHas(phrase, keysOf(partnerId))
}

/** One of the terms holds. */
function either(terms: Term[]): Term {
  const starts = terms.map((_, at) => terms.slice(0, at).reduce((sum, { values }) => sum + values.length, 0))
  return term(
    terms.map(({ form }) => form).join(' or '),
    terms.flatMap(({ values }) => values),
    (...bound) =>
      or(...terms.map(({ build, values }, at) => build(...bound.slice(starts[at], (starts[at] ?? 0) + values.length)))),
  )
}

const hasTag = (partnerId: number, tags: string[]) =>
  term('tag', [partnerId, ...tags], (id, ...bound) =>
    inArray(
      users.key,
      db()
        .select({ key: userTags.userKey })
        .from(userTags)
        .where(and(eq(userTags.partnerId, id as never), inArray(userTags.tag, bound))),
    ),
  )

const hasRole = (partnerId: number, roles: number[]) =>
  term('role', [partnerId, ...roles], (id, ...bound) =>
    inArray(
      users.key,
      db()
        .select({ key: userRoles.userKey })
        .from(userRoles)
        .where(and(eq(userRoles.partnerId, id as never), inArray(userRoles.roleId, bound))),
    ),
  )

function within(column: typeof users.createdAt | typeof users.updatedAt | typeof users.lastLoginAt, range: Range | undefined) {
  return [
    range?.from === undefined ? undefined : term(`${column.name} from`, [range.from], (from) => gte(column, from)),
    range?.to === undefined ? undefined : term(`${column.name} to`, [range.to], (to) => lte(column, to)),
  ]
}
