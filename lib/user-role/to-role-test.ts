import 'server-only'
import type { RoleRow } from '@/db/queries/roles'
import { tagsOf } from '@/db/queries/user-links'
import { fold } from '@/db/search-text'
import { changeRanges, items, numbers, texts } from '@/lib/action/listing'
import type { UserRoleFilter } from './schema'

/**
 * A filter of roles as a test of one role; all conditions hold together. An account has so few roles that they are filtered here, by the
 * same rules on every database.
 */
export function toRoleTest(filter: UserRoleFilter): (role: RoleRow) => boolean {
  const { createdAt, updatedAt } = changeRanges(filter)
  const tests = [
    isOneOf((role) => role.key, numbers('KalturaUserRoleFilter::idIn', filter.idEqual, filter.idIn)),
    isOneOf((role) => role.name, texts('KalturaUserRoleFilter::nameIn', filter.nameEqual, filter.nameIn)),
    isOneOf(
      (role) => role.systemName ?? '',
      texts('KalturaUserRoleFilter::systemNameIn', filter.systemNameEqual, filter.systemNameIn),
    ),
    isOneOf((role) => role.status, numbers('KalturaUserRoleFilter::statusIn', filter.statusEqual, filter.statusIn)),
    isOneOf((role) => role.partnerId, numbers('KalturaUserRoleFilter::partnerIdIn', filter.partnerIdEqual, filter.partnerIdIn)),
    hasText(filter.descriptionLike),
    hasAnyTag(items('KalturaUserRoleFilter::tagsMultiLikeOr', filter.tagsMultiLikeOr ?? '')),
    ...items('KalturaUserRoleFilter::tagsMultiLikeAnd', filter.tagsMultiLikeAnd ?? '').map((tag) => hasAnyTag([tag])),
    isWithin((role) => role.createdAt, createdAt),
    isWithin((role) => role.updatedAt, updatedAt),
  ]
  return (role) => tests.every((test) => test(role))
}

function isOneOf<T>(fieldOf: (role: RoleRow) => T, values: T[] | undefined) {
  return (role: RoleRow) => !values || values.includes(fieldOf(role))
}

function hasText(text: string | null | undefined) {
  return (role: RoleRow) => !text || fold(role.description ?? '').includes(fold(text))
}

function hasAnyTag(tags: string[]) {
  const wanted = tagsOf(tags.join())
  return (role: RoleRow) => wanted.length === 0 || tagsOf(role.tags).some((tag) => wanted.includes(tag))
}

function isWithin(timeOf: (role: RoleRow) => number, range: { from?: number; to?: number } | undefined) {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range ?? {}
  return (role: RoleRow) => timeOf(role) >= from && timeOf(role) <= to
}
