import 'server-only'
import { transaction } from '@/db/client'
import { findPartnerForUpdate, updatePartner as store } from '@/db/queries/partners'
import { findRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { partnerSettings } from '@/lib/action/partner-settings'
import { recordChange } from '@/lib/audit/record-change'
import { inviteAdmins } from '@/lib/auth/invite-to-enrol'
import { refuseBadRules } from '@/lib/auth/password-policy'
import { refuseLongSessions } from '../refuse-long-sessions'
import { UpdatedPartner, UpdatePartnerInput } from '../schema'
import { laterVersion } from '../version'
import { withoutUndefined } from '../without-undefined'

/** Sets what is sent: the name, the status, and every setting of an account. */
export const updatePartner = defineAction({
  name: 'partner.update',
  summary: 'Sets the name, the status and the settings of an account.',
  kind: 'mutation',
  audience: 'operator',
  permission: [],
  input: UpdatePartnerInput,
  output: UpdatedPartner,
  changes: ['partner'],

  async handle(ctx, { partnerId, name, status, ...sent }) {
    if (sent.passwordRules) refuseBadRules(sent.passwordRules)
    refuseLongSessions(sent)
    for (const roleId of [sent.adminRoleId, sent.userSessionRoleId]) {
      if (roleId !== undefined && !(await findRole(partnerId, String(roleId))))
        throw new ActionError('UNKNOWN_ROLE_ID', { ID: roleId })
    }

    return transaction(async () => {
      const before = await findPartnerForUpdate(partnerId)
      if (!before) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: partnerId })
      const settings = { ...before.settings, ...withoutUndefined(sent) }
      const after = {
        name: name ?? before.name,
        status: status ?? before.status,
        settings,
        updatedAt: laterVersion(before, ctx.now),
      }
      await store(partnerId, after)
      await recordChange(ctx, {
        action: 'partner.update',
        partnerId,
        target: { type: 'partner', id: String(partnerId), key: partnerId },
        before: { name: before.name, status: before.status, ...before.settings },
        after: { name: after.name, status: after.status, ...settings },
      })
      await inviteAdmins(ctx, partnerId, before.settings.secondFactor, settings.secondFactor)
      return { partnerId, name: after.name, status: after.status, settings: partnerSettings(settings) }
    })
  },
})
