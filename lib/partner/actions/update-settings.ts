import 'server-only'
import { transaction } from '@/db/client'
import { findPartnerForUpdate, updatePartner } from '@/db/queries/partners'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { inviteAdmins } from '@/lib/auth/invite-to-enrol'
import { refuseBadRules } from '@/lib/auth/password-policy'
import { refuseLongSessions } from '../refuse-long-sessions'
import { AccountSettings, UpdateSettingsInput } from '../schema'
import { toSettings } from '../to-settings'
import { laterVersion } from '../version'
import { withoutUndefined } from '../without-undefined'

const action = 'partner.updateSettings'

/**
 * Sets how people sign in to the caller's account. `VERSION_CONFLICT` when another change came before, `INVALID_FIELD_VALUE` for rules
 * that cannot be run and for lives that are longer than the installation's.
 */
export const updateSettings = defineAction({
  name: action,
  summary: 'Sets how people sign in to the account: rules of passwords, locks, second factor, lives of sessions.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ACCOUNT_UPDATE_SETTINGS'],
  input: UpdateSettingsInput,
  output: AccountSettings,
  errors: ['UNKNOWN_PARTNER_ID', 'VERSION_CONFLICT'],
  changes: ['partner', 'audit'],

  async handle(ctx, { version, ...sent }) {
    if (sent.passwordRules) refuseBadRules(sent.passwordRules)
    refuseLongSessions(sent)
    const { id } = ctx.partner
    return transaction(async () => {
      const before = await findPartnerForUpdate(id)
      if (!before) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: id })
      if (before.updatedAt !== version) throw new ActionError('VERSION_CONFLICT', { VERSION: before.updatedAt })
      const after = {
        settings: { ...before.settings, ...withoutUndefined(sent) },
        updatedAt: laterVersion(before, ctx.now),
      }
      await updatePartner(id, after)
      await recordChange(ctx, {
        action,
        target: { type: 'partner', id: String(id), key: id },
        before: before.settings,
        after: after.settings,
      })
      await inviteAdmins(ctx, id, before.settings.secondFactor, after.settings.secondFactor)
      return toSettings(after)
    })
  },
})
