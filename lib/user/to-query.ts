import 'server-only'
import { listRolePermissions } from '@/db/queries/roles'
import type { UserQuery } from '@/db/queries/user-conditions'
import { roleIdsOf, tagsOf } from '@/db/queries/user-links'
import { idKeyOf } from '@/db/queries/users'
import { fold } from '@/db/search-text'
import { userStatus } from '@/db/statuses'
import { items, mostValues, numbers, ordersOf, range } from '@/lib/action/listing'
import { type UserFilter, userOrders } from './schema'

/** Each of these is a look-up of its own. */
const mostTogether = 30

/**
 * A filter of the contract (§9.1) as a query. All conditions hold together; null and empty ones count for nothing. Without a
 * status the deleted are left out.
 */
export async function toQuery(partnerId: number, filter: UserFilter): Promise<UserQuery> {
  const roles = [...rolesOf(filter), ...(await rolesGranting(partnerId, filter))]
  const prefixes = prefixesOf(filter)
  return {
    statuses: statusesOf(filter),
    idKeys: idKeysOf(partnerId, filter),
    types: numbers('KalturaUserFilter::typeIn', filter.typeEqual, filter.typeIn),
    isAdmin: filter.isAdminEqual ?? undefined,
    hasLogin: filter.loginEnabledEqual ?? undefined,
    screenNameHas: foldedOrNone(filter.screenNameLike),
    emailHas: foldedOrNone(filter.emailLike),
    prefixes: prefixes.length > 0 ? prefixes : undefined,
    anyTag: tags('tagsMultiLikeOr', filter.tagsMultiLikeOr, mostValues),
    allTags: tags('tagsMultiLikeAnd', filter.tagsMultiLikeAnd, mostTogether),
    roles: roles.length > 0 ? roles : undefined,
    roleIdsEqual: filter.roleIdsEqual || undefined,
    freeText: filter.freeText?.trim() || undefined,
    createdAt: range(filter.createdAtGreaterThanOrEqual, filter.createdAtLessThanOrEqual),
    updatedAt: range(filter.updatedAtGreaterThanOrEqual, filter.updatedAtLessThanOrEqual),
    lastLoginAt: range(filter.lastLoginTimeGreaterThanOrEqual, filter.lastLoginTimeLessThanOrEqual),
    hasSignedIn: filter.neverSignedInEqual == null ? undefined : !filter.neverSignedInEqual,
  }
}

/** The known items of `orderBy` (§9.2), `-createdAt` if there are none. */
export const toOrders = (orderBy: string | null | undefined) =>
  ordersOf(orderBy, userOrders, { column: 'createdAt', isDescending: true })

function statusesOf({ statusEqual, statusIn }: UserFilter) {
  return numbers('KalturaUserFilter::statusIn', statusEqual, statusIn) ?? [userStatus.blocked, userStatus.active]
}

function idKeysOf(partnerId: number, { idEqual, idIn, partnerIdEqual }: UserFilter) {
  // Only the caller's own partner is accessible: another one has nobody in it.
  if (partnerIdEqual != null && partnerIdEqual !== partnerId) return []
  const listed = idIn ? items('KalturaUserFilter::idIn', idIn).map(idKeyOf) : undefined
  if (!idEqual) return listed
  const only = idKeyOf(idEqual)
  return !listed || listed.includes(only) ? [only] : []
}

const prefixFilters = {
  screenNameStartsWith: ['screenName'],
  emailStartsWith: ['email'],
  firstNameStartsWith: ['firstName'],
  lastNameStartsWith: ['lastName'],
  idOrScreenNameStartsWith: ['id', 'screenName'],
  firstNameOrLastNameStartsWith: ['fullName', 'lastName'],
} as const

function prefixesOf(filter: UserFilter) {
  return Object.entries(prefixFilters).flatMap(([name, anyOf]) => {
    const prefix = fold(filter[name as keyof typeof prefixFilters] ?? '')
    return prefix ? [{ anyOf: [...anyOf], prefix }] : []
  })
}

/** Each entry: the user has one of these roles. A role that cannot be is nobody's. */
function rolesOf({ roleIdEqual, roleIdsIn }: UserFilter) {
  return [roleIdEqual, roleIdsIn].flatMap((ids) => (ids ? [roleIdsOf(ids)] : []))
}

/** Users whose roles grant the permissions; a role with `*` grants each of them. */
async function rolesGranting(partnerId: number, filter: UserFilter): Promise<number[][]> {
  const anyOf = items('KalturaUserFilter::permissionNamesMultiLikeOr', filter.permissionNamesMultiLikeOr ?? '')
  const allOf = items('KalturaUserFilter::permissionNamesMultiLikeAnd', filter.permissionNamesMultiLikeAnd ?? '', mostTogether)
  if (anyOf.length === 0 && allOf.length === 0) return []

  const byRole = [...(await listRolePermissions(partnerId))]
  const granting = (names: string[]) =>
    byRole.filter(([, granted]) => granted.has('*') || names.some((name) => granted.has(name))).map(([id]) => id)
  return [...(anyOf.length > 0 ? [granting(anyOf)] : []), ...allOf.map((name) => granting([name]))]
}

function tags(name: string, value: string | null | undefined, most: number) {
  return noneIfEmpty(tagsOf(items(`KalturaUserFilter::${name}`, value ?? '', most).join()))
}

const foldedOrNone = (text: string | null | undefined) => fold(text ?? '') || undefined
const noneIfEmpty = <T>(list: T[]) => (list.length > 0 ? list : undefined)
