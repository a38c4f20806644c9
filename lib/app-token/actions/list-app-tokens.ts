import 'server-only'
import type { z } from 'zod'
import { type AppTokenQuery, countAppTokens, listAppTokens as listRows } from '@/db/queries/app-tokens'
import { idKeyOf } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { changeRanges, numbers, ordersOf, pageOf, texts } from '@/lib/action/listing'
import { type AppTokenFilter, AppTokenListResponse, AppTokenStatus, appTokenOrders, ListAppTokensInput } from '../schema'
import { toAppToken } from '../to-app-token'

/** Lists tokens by filter, order and page, the newest first (appendix A). */
export const listAppTokens = defineAction({
  name: 'appToken.list',
  summary: 'Lists application tokens by filter, order and page.',
  kind: 'query',
  audience: 'partner',
  permission: ['APP_TOKEN_LIST'],
  input: ListAppTokensInput,
  output: AppTokenListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle(ctx, { filter, pager }) {
    const query = toQuery(filter ?? {})
    const orders = ordersOf(filter?.orderBy, appTokenOrders, { column: 'createdAt', isDescending: true })
    const rows = await listRows(ctx.partner.id, query, { orders, ...pageOf(pager) })
    return {
      objectType: 'KalturaAppTokenListResponse' as const,
      totalCount: await countAppTokens(ctx.partner.id, query),
      objects: await Promise.all(rows.map((row) => toAppToken(ctx, row))),
    }
  },
})

function toQuery(filter: z.output<typeof AppTokenFilter>): AppTokenQuery {
  const statuses = numbers('KalturaAppTokenFilter::statusIn', filter.statusEqual, filter.statusIn)
  const [disabled, active] = [statuses?.includes(AppTokenStatus.DISABLED), statuses?.includes(AppTokenStatus.ACTIVE)]
  // A deleted token is gone: who asks for those alone finds none.
  const isNone = statuses !== undefined && !disabled && !active
  return {
    ids: isNone ? [] : texts('KalturaAppTokenFilter::idIn', filter.idEqual, filter.idIn),
    userIdKey: filter.sessionUserIdEqual ? idKeyOf(filter.sessionUserIdEqual) : undefined,
    isActive: disabled === active ? undefined : active,
    ...changeRanges(filter),
  }
}
