import 'server-only'
import { listRolePermissions, listRoles, type RoleRow } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { type Order, ordersOf, pageOf } from '@/lib/action/listing'
import { ListUserRolesInput, UserRoleListResponse, userRoleOrders } from '../schema'
import { toRoleTest } from '../to-role-test'
import { toUserRole } from '../to-user-role'

type RoleOrder = Order<(typeof userRoleOrders)[number]>

/** Lists the roles of the system and of the account by filter, order and page; without an order the system's first, by name. */
export const listUserRoles = defineAction({
  name: 'userRole.list',
  summary: "Lists the system's roles and the account's own.",
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListUserRolesInput,
  output: UserRoleListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle({ partner }, { filter, pager }) {
    const { limit, offset } = pageOf(pager)
    const matching = (await listRoles(partner.id)).filter(toRoleTest(filter ?? {}))
    const sorted = filter?.orderBy ? matching.toSorted(byOrders(ordersOf(filter.orderBy, userRoleOrders, byId))) : matching
    const permissions = await listRolePermissions(partner.id)
    const objects = sorted.slice(offset, offset + limit).map((role) => toUserRole(role, permissions.get(role.key) ?? []))
    return { objectType: 'KalturaUserRoleListResponse' as const, totalCount: matching.length, objects }
  },
})

const byId: RoleOrder = { column: 'id', isDescending: false }

function byOrders(orders: RoleOrder[]) {
  return (a: RoleRow, b: RoleRow) => {
    for (const { column, isDescending } of [...orders, byId]) {
      const key = column === 'id' ? 'key' : column
      if (a[key] !== b[key]) return a[key] < b[key] === isDescending ? 1 : -1
    }
    return 0
  }
}
