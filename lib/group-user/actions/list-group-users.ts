import 'server-only'
import { countGroupUsers, type GroupUserQuery, listGroupUsers as listRows } from '@/db/queries/group-users'
import { idKeyOf } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { changeRanges, numbers, ordersOf, pageOf, texts } from '@/lib/action/listing'
import { type GroupUserFilter, GroupUserListResponse, GroupUserStatus, groupUserOrders, ListGroupUsersInput } from '../schema'
import { toGroupUser } from '../to-group-user'

/** Lists the groups of users or the users of groups. Without either it is `PROPERTY_VALIDATION_CANNOT_BE_NULL`. */
export const listGroupUsers = defineAction({
  name: 'groupUser.list',
  summary: 'Lists who is in which group, for users or for groups that are named.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListGroupUsersInput,
  output: GroupUserListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle({ partner }, { filter, pager }) {
    const query = toQuery(filter ?? {})
    const orders = ordersOf(filter?.orderBy, groupUserOrders, { column: 'createdAt', isDescending: true })
    const rows = await listRows(partner.id, query, { orders, ...pageOf(pager) })
    return {
      objectType: 'KalturaGroupUserListResponse' as const,
      totalCount: await countGroupUsers(partner.id, query),
      objects: rows.map(toGroupUser),
    }
  },
})

function toQuery(filter: GroupUserFilter): GroupUserQuery {
  const { userIdEqual, userIdIn, groupIdEqual, groupIdIn } = filter
  if (!userIdEqual && !userIdIn && !groupIdEqual && !groupIdIn)
    throw new ActionError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: 'KalturaGroupUserFilter::userIdEqual' })

  const statuses = numbers('KalturaGroupUserFilter::statusIn', filter.statusEqual, filter.statusIn)
  // A deleted link is gone: who asks for those alone finds none.
  const isNone = statuses !== undefined && !statuses.includes(GroupUserStatus.ACTIVE)
  return {
    userIdKeys: isNone ? [] : idKeys('KalturaGroupUserFilter::userIdIn', userIdEqual, userIdIn),
    groupIdKeys: idKeys('KalturaGroupUserFilter::groupIdIn', groupIdEqual, groupIdIn),
    groupType: filter.groupType ?? undefined,
    ...changeRanges(filter),
  }
}

/** Ids compare without case. */
function idKeys(property: string, equal: string | null | undefined, listed: string | null | undefined) {
  return texts(property, equal && idKeyOf(equal), listed && idKeyOf(listed))
}
