import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { deleteAppToken as remove } from '@/db/queries/app-tokens'
import { defineAction } from '@/lib/action/define-action'
import { recordChange } from '@/lib/audit/record-change'
import { endSessionsOfAppToken } from '@/lib/auth/end-sessions'
import { getTokenForUpdate, tokenTarget } from '../find-token'
import { refuseStrongerToken } from '../rights'
import { OneAppTokenInput } from '../schema'

/** Deletes a token, and ends every session that it has started (appendix A). `APP_TOKEN_ID_NOT_FOUND`. */
export const deleteAppToken = defineAction({
  name: 'appToken.delete',
  summary: 'Deletes an application token and ends its sessions.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['APP_TOKEN_DELETE'],
  input: OneAppTokenInput,
  output: z.null(),
  errors: ['APP_TOKEN_ID_NOT_FOUND'],
  changes: ['appToken', 'audit'],

  async handle(ctx, { id }) {
    await transaction(async () => {
      const before = await getTokenForUpdate(ctx.partner.id, id)
      await refuseStrongerToken(ctx, before, 'appToken.delete')
      await remove(ctx.partner.id, id)
      await endSessionsOfAppToken(ctx.partner.id, id, ctx.now)
      await recordChange(ctx, { action: 'appToken.delete', target: tokenTarget(id), before })
    })
    return null
  },
})
