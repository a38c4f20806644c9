import 'server-only'
import { countUsers } from '@/db/queries/count-users'
import { listUsers } from '@/db/queries/list-users'
import { defineAction } from '@/lib/action/define-action'
import { pageOf } from '@/lib/action/listing'
import { toOrders, toQuery } from '@/lib/user/to-query'
import { GroupListResponse, GroupType, ListGroupsInput } from '../schema'
import { toGroups } from '../to-group'

/** Lists groups by the filter, order and pages of `user.list` (§9). */
export const listGroups = defineAction({
  name: 'group_group.list',
  summary: 'Lists groups by filter, order and page.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListGroupsInput,
  output: GroupListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle({ partner }, { filter, pager }) {
    const asked = await toQuery(partner.id, filter ?? {})
    const types = filter?.groupType ? [filter.groupType] : Object.values(GroupType)
    const query = { ...asked, types: types.filter((type) => asked.types?.includes(type) ?? true) }
    const rows = await listUsers(partner.id, query, { orders: toOrders(filter?.orderBy), ...pageOf(pager) })
    const totalCount = await countUsers(partner.id, query)
    return { objectType: 'KalturaGroupListResponse' as const, totalCount, objects: await toGroups(partner, rows) }
  },
})
