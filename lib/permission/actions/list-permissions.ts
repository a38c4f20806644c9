import 'server-only'
import { fold } from '@/db/search-text'
import { defineAction } from '@/lib/action/define-action'
import { numbers, ordersOf, pageOf, texts } from '@/lib/action/listing'
import { permissions } from '@/lib/action/permissions'
import {
  ListPermissionsInput,
  type PermissionAnswer,
  type PermissionFilter,
  PermissionListResponse,
  PermissionStatus,
  PermissionType,
} from '../schema'

/** Every permission, the same for all accounts: they belong to the system. */
const all = Object.entries(permissions).map(
  ([name, meaning]): PermissionAnswer => ({
    objectType: 'KalturaPermission',
    type: PermissionType.NORMAL,
    name,
    friendlyName: meaning,
    description: meaning,
    status: PermissionStatus.ACTIVE,
    partnerId: 0,
  }),
)

/** Lists what a role can grant; without an order, what belongs together stands together. */
export const listPermissions = defineAction({
  name: 'permission.list',
  summary: 'Lists the permissions that a role can grant.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListPermissionsInput,
  output: PermissionListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle(_ctx, { filter, pager }) {
    const { limit, offset } = pageOf(pager)
    const matching = all.filter(toTest(filter ?? {}))
    const sorted = filter?.orderBy ? byName(matching, filter.orderBy) : matching
    return {
      objectType: 'KalturaPermissionListResponse' as const,
      totalCount: matching.length,
      objects: sorted.slice(offset, offset + limit),
    }
  },
})

function toTest(filter: PermissionFilter) {
  const types = numbers('KalturaPermissionFilter::typeIn', filter.typeEqual, filter.typeIn)
  const names = texts('KalturaPermissionFilter::nameIn', filter.nameEqual, filter.nameIn)
  const statuses = numbers('KalturaPermissionFilter::statusIn', filter.statusEqual, filter.statusIn)
  const partnerIds = numbers('KalturaPermissionFilter::partnerIdIn', filter.partnerIdEqual, filter.partnerIdIn)
  return ({ type, name, friendlyName, description, status, partnerId }: PermissionAnswer) =>
    (types?.includes(type) ?? true) &&
    (names?.includes(name) ?? true) &&
    (statuses?.includes(status) ?? true) &&
    (partnerIds?.includes(partnerId) ?? true) &&
    fold(friendlyName).includes(fold(filter.friendlyNameLike ?? '')) &&
    fold(description).includes(fold(filter.descriptionLike ?? ''))
}

/** Of the contract's orders only the name tells permissions apart. */
function byName(found: PermissionAnswer[], orderBy: string) {
  const [{ isDescending }] = ordersOf(orderBy, ['name'], { column: 'name', isDescending: false })
  const sorted = found.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return isDescending ? sorted.reverse() : sorted
}
