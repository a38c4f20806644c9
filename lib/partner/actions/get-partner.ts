import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { ownPartner } from '../own-partner'
import { GetPartnerInput, PartnerAnswer } from '../schema'
import { toPartnerAnswer } from '../to-partner'

/** Reads the account of the caller; another one is as unknown as one that does not exist: `UNKNOWN_PARTNER_ID`. */
export const getPartner = defineAction({
  name: 'partner.get',
  summary: 'Reads the account, without its secrets.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE'],
  input: GetPartnerInput,
  output: PartnerAnswer,
  errors: ['UNKNOWN_PARTNER_ID'],

  async handle({ partner }, { id }) {
    if (id && id !== partner.id) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: id })
    return toPartnerAnswer(await ownPartner(partner.id))
  },
})
