import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { ownPartner } from '../own-partner'
import { PartnerAnswer } from '../schema'
import { toPartnerAnswer } from '../to-partner'

/** The same as `partner.get` without an id. */
export const getPartnerInfo = defineAction({
  name: 'partner.getInfo',
  summary: 'Reads the account, without its secrets.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE'],
  input: z.object({}),
  output: PartnerAnswer,
  errors: [],
  handle: async ({ partner }) => toPartnerAnswer(await ownPartner(partner.id)),
})
