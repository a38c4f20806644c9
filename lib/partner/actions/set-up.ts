import 'server-only'
import { transaction } from '@/db/client'
import { lockInstallation } from '@/db/queries/settings'
import { defineAction } from '@/lib/action/define-action'
import { createPartner } from '../new-partner'
import { SetUpInput, SetUpResult } from '../schema'
import { closeSetUp, refuseBadToken } from '../set-up'

/** Makes the first account and its administrator, once, for whoever holds the link that the start printed. */
export const setUp = defineAction({
  name: 'partner.setUp',
  summary: 'Makes the first account, with the one-time token of the set-up link.',
  kind: 'mutation',
  audience: 'anyone',
  permission: [],
  input: SetUpInput,
  output: SetUpResult,
  errors: ['COMMON_PASSWORD', 'INVALID_HASH', 'LOGIN_ID_ALREADY_USED', 'PASSWORD_STRUCTURE_INVALID', 'USER_NOT_FOUND'],

  async handle(ctx, { token, ...input }) {
    await refuseBadToken(token)
    return transaction(async () => {
      await lockInstallation()
      await refuseBadToken(token)
      const { partnerId, adminUserId } = await createPartner(ctx, input, 'partner.setUp')
      await closeSetUp()
      return { partnerId, adminUserId }
    })
  },
})
