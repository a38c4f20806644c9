import 'server-only'
import { transaction } from '@/db/client'
import { updateAppToken as store } from '@/db/queries/app-tokens'
import { defineAction } from '@/lib/action/define-action'
import { refuseReadOnly } from '@/lib/action/read-only'
import { recordChange } from '@/lib/audit/record-change'
import { getToken, getTokenForUpdate, tokenTarget } from '../find-token'
import { refuseStrongerToken } from '../rights'
import { AppToken, UpdateAppTokenInput } from '../schema'
import { toAppToken } from '../to-app-token'
import { changedSettings, readOnly } from '../token-changes'

/** Changes what is sent of a token, for sessions that it starts from now on (appendix A). Rights as in `appToken.add`, before and after. */
export const updateAppToken = defineAction({
  name: 'appToken.update',
  summary: 'Changes the fields of an application token that are sent.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['APP_TOKEN_UPDATE'],
  input: UpdateAppTokenInput,
  output: AppToken,
  errors: ['APP_TOKEN_ID_NOT_FOUND', 'PROPERTY_VALIDATION_NOT_UPDATABLE'],
  changes: ['appToken', 'audit'],

  handle: (ctx, { id, appToken }) =>
    transaction(async () => {
      const before = await getTokenForUpdate(ctx.partner.id, id)
      await refuseStrongerToken(ctx, before, 'appToken.update')
      refuseReadOnly('KalturaAppToken', appToken, readOnly, await toAppToken(ctx, before))
      const settings = await changedSettings(ctx, before, appToken)
      await refuseStrongerToken(ctx, settings, 'appToken.update')
      await store(ctx.partner.id, id, { ...settings, updatedAt: ctx.now })

      const after = await getToken(ctx.partner.id, id)
      await recordChange(ctx, { action: 'appToken.update', target: tokenTarget(id), before, after })
      return toAppToken(ctx, after)
    }),
})
