import 'server-only'
import type { z } from 'zod'
import type { PartnerRow } from '@/db/queries/partners'
import { fold } from '@/db/search-text'
import { type FilterPager, items, numbers, type Order, ordersOf, pageOf, range } from '@/lib/action/listing'
import { type PartnerFilter, partnerOrders } from './schema'

/** The accounts of a page, out of the few that somebody may see. */
export function partnersOfPage(
  rows: PartnerRow[],
  filter: PartnerFilter | null | undefined,
  pager: z.output<typeof FilterPager> | null | undefined,
) {
  const { limit, offset } = pageOf(pager)
  const orders = ordersOf(filter?.orderBy, partnerOrders, byId)
  return rows
    .filter(toTest(filter ?? {}))
    .toSorted(byOrders(orders))
    .slice(offset, offset + limit)
}

function toTest(filter: PartnerFilter) {
  const ids = numbers('KalturaPartnerFilter::idIn', filter.idEqual, filter.idIn)
  const others = items('KalturaPartnerFilter::idNotIn', filter.idNotIn ?? '').map(Number)
  const statuses = numbers('KalturaPartnerFilter::statusIn', filter.statusEqual, filter.statusIn)
  const since = range(filter.createdAtGreaterThanOrEqual, null)?.from ?? 0
  return ({ id, name, status, createdAt }: PartnerRow) =>
    (ids?.includes(id) ?? true) &&
    !others.includes(id) &&
    id > (filter.idGreaterThan ?? 0) &&
    (statuses?.includes(status) ?? true) &&
    fold(name).includes(fold(filter.nameLike ?? '')) &&
    (!filter.nameEqual || name === filter.nameEqual) &&
    createdAt >= since
}

type PartnerOrder = Order<(typeof partnerOrders)[number]>

const byId: PartnerOrder = { column: 'id', isDescending: false }

function byOrders(orders: PartnerOrder[]) {
  return (a: PartnerRow, b: PartnerRow) => {
    for (const { column, isDescending } of [...orders, byId]) {
      const [one, other] = [a[column] ?? '', b[column] ?? '']
      if (one !== other) return one < other === isDescending ? 1 : -1
    }
    return 0
  }
}
