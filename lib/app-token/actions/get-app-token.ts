import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { getToken } from '../find-token'
import { AppToken, OneAppTokenInput } from '../schema'
import { toAppToken } from '../to-app-token'

/** Reads one token. `APP_TOKEN_ID_NOT_FOUND` (appendix A). */
export const getAppToken = defineAction({
  name: 'appToken.get',
  summary: 'Reads one application token.',
  kind: 'query',
  audience: 'partner',
  permission: ['APP_TOKEN_GET'],
  input: OneAppTokenInput,
  output: AppToken,
  errors: ['APP_TOKEN_ID_NOT_FOUND'],
  handle: async (ctx, { id }) => toAppToken(ctx, await getToken(ctx.partner.id, id)),
})
