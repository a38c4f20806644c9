import 'server-only'
import { findEmailChange } from '@/db/queries/email-changes'
import { defineAction } from '@/lib/action/define-action'
import { ownMemberships } from '@/lib/auth/own-login'
import { EmailChange, NothingInput } from '../schema'

/** The signed-in person's sign-in address, and the one that waits to be confirmed. `MISSING_KS`. */
export const getEmailChange = defineAction({
  name: 'account.getEmailChange',
  summary: "Tells the signed-in person's sign-in address, and which new one waits to be confirmed.",
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: EmailChange,
  errors: ['MISSING_KS'],

  async handle(ctx) {
    const { login } = await ownMemberships(ctx)
    const found = await findEmailChange(login.id)
    const change = found && found.expiresAt >= ctx.now ? found : null
    return {
      objectType: 'UsherEmailChange' as const,
      email: login.loginEmail,
      newEmail: change?.newEmail ?? null,
      isOldConfirmed: change?.oldConfirmedAt != null,
      isNewConfirmed: change?.newConfirmedAt != null,
      expiresAt: change && Math.floor(change.expiresAt / 1000),
    }
  },
})
