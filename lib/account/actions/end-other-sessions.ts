import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { endSessionsOfLogin, keepThisBrowser } from '@/lib/auth/end-sessions'
import { recordLoginChange } from '@/lib/auth/memberships'
import { ownMemberships } from '@/lib/auth/own-login'
import { NothingInput } from '../schema'

const action = 'account.endOtherSessions'

/**
 * Ends every session of the signed-in person, in all accounts, with every token that was issued; only the browser that asks stays
 * signed in, under a new id. Whoever asks with a token has none left. `MISSING_KS`.
 */
export const endOtherSessions = defineAction({
  name: action,
  summary: 'Signs the signed-in person out everywhere but in this browser.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: z.null(),
  errors: ['MISSING_KS'],
  changes: ['account', 'audit'],

  async handle(ctx) {
    const { login } = await ownMemberships(ctx)
    ctx.renewed.sessionId = await transaction(async () => {
      await endSessionsOfLogin(login.id, ctx.now)
      await recordLoginChange(ctx, login, { action })
      return keepThisBrowser(ctx)
    })
    return null
  },
})
