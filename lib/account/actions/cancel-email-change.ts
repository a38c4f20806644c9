import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { deleteEmailChange } from '@/db/queries/email-changes'
import { defineAction } from '@/lib/action/define-action'
import { recordLoginChange } from '@/lib/auth/memberships'
import { ownLogin, ownMemberships } from '@/lib/auth/own-login'
import { NothingInput } from '../schema'

const action = 'account.cancelEmailChange'

/** Takes back a change of address that waits to be confirmed: its links are over. Succeeds where none waits. `MISSING_KS`. */
export const cancelEmailChange = defineAction({
  name: action,
  summary: 'Takes back a new sign-in address that waits to be confirmed.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: z.null(),
  errors: ['MISSING_KS'],
  changes: ['account', 'audit'],

  async handle(ctx) {
    await ownMemberships(ctx)
    await transaction(async () => {
      // Held, as a confirmation holds it: one that goes on at the same moment would bring back what is taken back here.
      const login = await ownLogin(ctx, { isHeld: true })
      if (await deleteEmailChange(login.id)) await recordLoginChange(ctx, login, { action })
    })
    return null
  },
})
