import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { withPartner } from '@/db/partner-guard'
import { insertRevocation } from '@/db/queries/sessions'
import { defineAction } from '@/lib/action/define-action'
import { recordChange } from '@/lib/audit/record-change'
import { endSessionsOfId } from '@/lib/auth/end-sessions'
import { readPrivileges } from '@/lib/auth/privileges'
import { sessionHash, tokenHash } from '@/lib/auth/session-context'
import { EndSessionInput } from '../schema'

/** Ends the caller's session (appendix A), with all that share its session id. Without a session there is nothing to end. */
export const endSession = defineAction({
  name: 'session.end',
  summary: "Ends the caller's session, and all that share its session id.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: EndSessionInput,
  output: z.null(),
  errors: [],

  async handle(ctx) {
    const { actor, partner } = ctx
    if (actor.kind !== 'user' || !actor.ks || !partner) return null
    const own = { partnerId: partner.id, tokenHash: tokenHash(actor.ks), expiresAt: actor.expiresAt * 1000 }
    const privileges = readPrivileges(actor.privileges)
    // Sessions of an application token share its id with those to come: one end must not shut the token out.
    const shared = privileges.has('apptoken') ? null : sessionHash(privileges)
    await withPartner(partner.id, () =>
      transaction(async () => {
        await insertRevocation(own)
        if (shared) await endSessionsOfId(partner.id, shared, ctx.now)
        await recordChange(ctx, { action: 'session.end' })
      }),
    )
    return null
  },
})
