import 'server-only'
import type { z } from 'zod'
import { countUsers } from '@/db/queries/count-users'
import { type Keyset, type ListedUser, listUsers as listRows, orderValueOf, type UserOrder } from '@/db/queries/list-users'
import type { UserQuery } from '@/db/queries/user-conditions'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { ListUsersInput, UserListResponse } from '../schema'
import { toOrders, toQuery } from '../to-query'
import { toUsers } from '../to-user'

const defaultPageSize = 30
const largestPage = 500
const offsetLimit = 10_000

type Pager = NonNullable<z.output<typeof ListUsersInput>['pager']>
type Orders = [UserOrder, ...UserOrder[]]

/** Lists users by filter, order and page (§9). A cursor reads on without a limit and stops counting at 10,000. */
export const listUsers = defineAction({
  name: 'user.list',
  summary: 'Lists users by filter, order and page.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'EP_BASE', 'CAPTURE_DEVICE_PERMISSION', 'WEBCAST_PRODUCER_PERMISSION'],
  input: ListUsersInput,
  output: UserListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle({ partner }, { filter, pager }) {
    const query = await toQuery(partner.id, filter ?? {})
    const orders = toOrders(filter?.orderBy)
    const size = Math.min(Math.max(pager?.pageSize ?? defaultPageSize, 0), largestPage)
    const page =
      pager?.cursor == null
        ? await pageByIndex(partner.id, query, orders, size, pager)
        : await pageByCursor(partner.id, query, orders, size, pager.cursor)
    return { objectType: 'KalturaUserListResponse' as const, ...page, objects: await toUsers(partner, page.objects) }
  },
})

/** The contract's pages: any page below 10,000 rows, with the exact count. */
async function pageByIndex(partnerId: number, query: UserQuery, orders: Orders, size: number, pager: Pager | null | undefined) {
  const offset = (Math.max(pager?.pageIndex ?? 1, 1) - 1) * size
  if (offset >= offsetLimit) throw new ActionError('QUERY_EXCEEDED_MAX_MATCHES_ALLOWED')
  const objects = size === 0 ? [] : await listRows(partnerId, query, { orders, limit: size, offset })
  return { objects, totalCount: await totalOf(partnerId, query, objects, size, offset), isTotalExact: true }
}

/** A page that is not full is the last one, which tells the total without counting. */
async function totalOf(partnerId: number, query: UserQuery, objects: ListedUser[], size: number, offset: number) {
  const isLast = objects.length < size && (objects.length > 0 || offset === 0)
  return isLast ? offset + objects.length : countUsers(partnerId, query)
}

/** Pages for people: as deep as they like, each found from the row before it. */
async function pageByCursor(partnerId: number, query: UserQuery, orders: Orders, size: number, cursor: string) {
  const after = cursor === '' ? undefined : readCursor(cursor)
  const limit = Math.max(size, 1)
  // One row more than shown tells whether there is a page behind.
  const rows = await listRows(partnerId, query, { orders: [orders[0]], limit: limit + 1, after })
  const hasMore = rows.length > limit
  const objects = after?.isBackwards ? rows.slice(hasMore ? 1 : 0) : rows.slice(0, limit)
  const hasPrevious = after?.isBackwards ? hasMore : after !== undefined
  const hasNext = after?.isBackwards ? true : hasMore

  const counted = await countUsers(partnerId, query, offsetLimit + 1)
  return {
    objects,
    totalCount: counted,
    isTotalExact: isExact(query, counted),
    previousCursor: hasPrevious ? cursorAt(objects[0], orders[0], true) : null,
    nextCursor: hasNext ? cursorAt(objects.at(-1), orders[0], false) : null,
  }
}

/** A count by status alone is exact however large; any other stops above the limit. */
function isExact(query: UserQuery, counted: number) {
  const { statuses: _, ...rest } = query
  return counted <= offsetLimit || Object.values(rest).every((condition) => condition === undefined)
}

function cursorAt(user: ListedUser | undefined, order: UserOrder, isBackwards: boolean) {
  if (!user) return null
  return Buffer.from(JSON.stringify([orderValueOf(user, order), user.key, isBackwards])).toString('base64url')
}

function readCursor(cursor: string): Keyset {
  try {
    const [value, key, isBackwards] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if ((typeof value === 'string' || typeof value === 'number') && Number.isSafeInteger(key)) {
      return { value, key: Number(key), isBackwards: isBackwards === true }
    }
  } catch {
    // Not one of ours: said below.
  }
  throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'cursor' })
}
