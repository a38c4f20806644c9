import 'server-only'
import { transaction } from '@/db/client'
import { insertAppToken } from '@/db/queries/app-tokens'
import { defineAction } from '@/lib/action/define-action'
import { refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { getToken, tokenTarget } from '../find-token'
import { refuseStrongerToken } from '../rights'
import { AddAppTokenInput, AppToken } from '../schema'
import { sealToken, toAppToken } from '../to-app-token'
import { changedSettings, defaultSettings, readOnly } from '../token-changes'

/**
 * Adds a token that starts sessions (appendix A). Nobody makes one whose sessions may do more than he may: `SERVICE_FORBIDDEN`. A user who is
 * named and does not exist is added.
 */
export const addAppToken = defineAction({
  name: 'appToken.add',
  summary: 'Adds an application token, which starts sessions without the secret of the account.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['APP_TOKEN_ADD'],
  input: AddAppTokenInput,
  output: AppToken,
  errors: ['PROPERTY_VALIDATION_NOT_UPDATABLE'],
  changes: ['appToken', 'audit'],

  async handle(ctx, { appToken }) {
    refuseReadOnly('KalturaAppToken', appToken, readOnly)
    const partnerId = ctx.partner.id
    const id = `0_${ctx.random(8).toString('hex')}`
    const secret = sealToken(partnerId, id, ctx.random(16).toString('hex'))

    return transaction(async () => {
      const settings = await changedSettings(ctx, defaultSettings(ctx), appToken)
      await refuseStrongerToken(ctx, settings, 'appToken.add')
      await insertAppToken({ partnerId, id, secret, ...settings, createdAt: ctx.now, updatedAt: ctx.now })
      const added = await getToken(partnerId, id)
      await recordChange(ctx, { action: 'appToken.add', target: tokenTarget(id), after: added })
      return toAppToken(ctx, added)
    })
  },
})
