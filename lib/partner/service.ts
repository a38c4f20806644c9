import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { createPartner } from './actions/create-partner'
import { setUp } from './actions/set-up'
import { updatePartner } from './actions/update-partner'

/** Accounts, as the operator makes and steers them. */
export const partnerService = {
  create: createPartner,
  update: updatePartner,
  setUp,
} satisfies Service
