import { and, between, eq, gte, inArray, isNotNull, isNull, lte, not, or } from 'drizzle-orm'
import { db } from '../client'
import { type Term, term } from '../prepared'
import { userRoles, users, userTags } from '../schema/people'
import { searchPhrase } from '../search-text'
import { contains, isOfPartner, plansSearches, rowHasText, searchTextHas, startsWith } from '../sql'
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

/** The texts of a query that the search index can look for. */
export function phrasesOf({ freeText, emailHas, screenNameHas }: UserQuery): string[] {
  const whole = [emailHas, screenNameHas].filter((text) => text !== undefined && isLong(text))
  return [freeText, ...whole].map((text) => searchPhrase(text ?? '')).filter((phrase) => phrase !== null)
}

/** Too short a text is in no trigram. */
const isLong = (text: string) => text.trim().length >= 3

/**
 * Where SQLite looks: `phrase` is the one text that its search index is asked for, null for none, and then `keys` may narrow the rows that
 * are looked through. What other database there is decides by itself.
 */
export type Search = { phrase: string | null; keys?: { from: number; to: number } }

/** What must hold for a user to be found, as terms of a query with many forms. */
export function conditionsOf(partnerId: number, query: UserQuery, { phrase, keys }: Search): Term[] {
  const isFoundElsewhere = !plansSearches() && (phrase !== null || keys !== undefined)
  const isIndexed = (text: string) => plansSearches() || text === phrase
  const terms = [
    isFoundElsewhere ? isOfPartner(partnerId) : term('partner', [partnerId], (id) => eq(users.partnerId, id)),
    keys && term('keys', [keys.from, keys.to], (from, to) => between(users.key, from, to)),
    statusIn(query.statuses),
    query.idKeys && term('id', query.idKeys, (...keys) => inArray(users.idKey, keys)),
    query.types && term('type', query.types, (...types) => inArray(users.type, types)),
    query.isAdmin === undefined ? undefined : isAdministrator(query.isAdmin),
    query.hasLogin === undefined ? undefined : hasLogin(query.hasLogin),
    ...(query.screenNameHas === undefined ? [] : hasText(partnerId, users.screenNameKey, query.screenNameHas, isIndexed)),
    ...(query.emailHas === undefined ? [] : hasText(partnerId, users.emailKey, query.emailHas, isIndexed)),
    ...(query.prefixes ?? []).map(({ anyOf, prefix }) =>
      either(anyOf.map((column) => startsWith(prefixColumns[column], prefix))),
    ),
    query.anyTag && hasTag(partnerId, query.anyTag),
    ...(query.allTags ?? []).map((tag) => hasTag(partnerId, [tag])),
    ...(query.roles ?? []).map((roles) => hasRole(partnerId, roles)),
    query.roleIdsEqual === undefined ? undefined : term('roles', [query.roleIdsEqual], (ids) => eq(users.roleIds, ids)),
    query.freeText === undefined ? undefined : freeText(partnerId, query.freeText, isIndexed),
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
function hasText(
  partnerId: number,
  column: typeof users.emailKey | typeof users.screenNameKey,
  text: string,
  isIndexed: (phrase: string) => boolean,
) {
  const phrase = isLong(text) ? searchPhrase(text) : null
  const candidates = phrase !== null && isIndexed(phrase) ? [searchTextHas(phrase, keysOf(partnerId))] : []
  return [...candidates, contains(column, text)]
}

function freeText(partnerId: number, text: string, isIndexed: (phrase: string) => boolean) {
  const phrase = searchPhrase(text)
  if (phrase === null) return undefined
  return isIndexed(phrase) ? searchTextHas(phrase, keysOf(partnerId)) : rowHasText(phrase)
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
