import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { createPartner } from './actions/create-partner'
import { getPartner } from './actions/get-partner'
import { getPartnerInfo } from './actions/get-partner-info'
import { getSettings } from './actions/get-settings'
import { listPartners } from './actions/list-partners'
import { listPartnersForUser } from './actions/list-partners-for-user'
import { setUp } from './actions/set-up'
import { showSecrets } from './actions/show-secrets'
import { updatePartner } from './actions/update-partner'
import { updateSettings } from './actions/update-settings'

/** Accounts: what the contract tells of them, what they set themselves, then how the operator makes and steers them. */
export const partnerService = {
  get: getPartner,
  getInfo: getPartnerInfo,
  list: listPartners,
  listPartnersForUser,

  getSettings,
  updateSettings,
  showSecrets,

  create: createPartner,
  update: updatePartner,
  setUp,
} satisfies Service
