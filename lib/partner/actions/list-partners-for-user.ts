import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { listActiveUsersOfLogin } from '@/db/queries/login-data'
import { findPartnerRow, type PartnerRow } from '@/db/queries/partners'
import type { PartnerContext, UserRow } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { isOpen, toPartner } from '@/lib/auth/partner'
import { ownPartner } from '../own-partner'
import { partnersOfPage } from '../partner-page'
import { ListPartnersForUserInput, PartnerListResponse } from '../schema'
import { toPartnerName } from '../to-partner'

/**
 * Lists the open accounts that the caller is an active administrator of by the same sign-in, for `user.loginByKs` (appendix A); without a
 * sign-in the current one. Only the names: his rights elsewhere are not asked here. `INVALID_USER_ID` for a session without a user.
 */
export const listPartnersForUser = defineAction({
  name: 'partner.listPartnersForUser',
  summary: 'Lists the accounts that the caller can change to.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'KMC_ACCESS'],
  input: ListPartnersForUserInput,
  output: PartnerListResponse,
  errors: ['INVALID_USER_ID', 'QUERY_EXCEEDED_MAX_MATCHES_ALLOWED'],

  async handle(ctx, { partnerFilter, pager }) {
    const user = ctx.actor.kind === 'user' ? ctx.actor.user : null
    if (!user) throw new ActionError('INVALID_USER_ID')
    const objects = partnersOfPage(await partnersOf(ctx, user), partnerFilter, pager).map(toPartnerName)
    // The contract counts what is on the page.
    return { objectType: 'KalturaPartnerListResponse' as const, totalCount: objects.length, objects }
  },
})

async function partnersOf({ partner }: PartnerContext, { loginDataId }: UserRow): Promise<PartnerRow[]> {
  if (loginDataId === null) return [await ownPartner(partner.id)]
  const users = await acrossPartners(() => listActiveUsersOfLogin(loginDataId))
  const rows = await Promise.all(users.filter((user) => user.isAdmin).map((user) => findPartnerRow(user.partnerId)))
  return rows.filter((row) => row !== null).filter((row) => isOpen(toPartner(row)))
}
