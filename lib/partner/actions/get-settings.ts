import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { AccountSettings, GetSettingsInput } from '../schema'
import { toSettings } from '../to-settings'

/** How people sign in to the caller's account, as the account may set it itself. */
export const getSettings = defineAction({
  name: 'partner.getSettings',
  summary: 'Tells how people sign in to the account: rules of passwords, locks, second factor, lives of sessions.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE'],
  input: GetSettingsInput,
  output: AccountSettings,
  errors: ['UNKNOWN_PARTNER_ID'],

  async handle({ partner }) {
    const row = await findPartnerRow(partner.id)
    if (!row) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: partner.id })
    return toSettings(row)
  },
})
