import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { StartSessionInput } from '../schema'
import { startWithSecret } from '../start-with-secret'

/** Starts a session with an account's secret (appendix A): an admin secret for any, the user secret for USER sessions. */
export const startSession = defineAction({
  name: 'session.start',
  summary: "Starts a session with an account's secret; answers a KS.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: StartSessionInput,
  output: z.string(),
  errors: ['START_SESSION_ERROR', 'UNKNOWN_ROLE_ID'],

  handle: (ctx, { secret, userId, type, partnerId, expiry, privileges }) =>
    startWithSecret(ctx, partnerId ?? ctx.partner?.id ?? 0, {
      secret,
      userId: userId ?? '',
      type,
      expiry,
      privileges: privileges ?? '',
    }),
})
