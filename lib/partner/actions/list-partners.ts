import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ownPartner } from '../own-partner'
import { partnersOfPage } from '../partner-page'
import { ListPartnersInput, PartnerListResponse } from '../schema'
import { toPartnerAnswer } from '../to-partner'

/** Lists the accounts that the caller may read, which is his own; whom he can change to is `partner.listPartnersForUser`. */
export const listPartners = defineAction({
  name: 'partner.list',
  summary: 'Lists the accounts that the caller may read: his own.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE'],
  input: ListPartnersInput,
  output: PartnerListResponse,
  errors: ['QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle({ partner }, { filter, pager }) {
    const rows = partnersOfPage([await ownPartner(partner.id)], filter, pager)
    const objects = await Promise.all(rows.map(toPartnerAnswer))
    return { objectType: 'KalturaPartnerListResponse' as const, totalCount: objects.length, objects }
  },
})
