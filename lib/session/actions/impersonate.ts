import 'server-only'
import { z } from 'zod'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { ImpersonateInput } from '../schema'
import { startWithSecret } from '../start-with-secret'

/**
 * Starts a session for somebody of the account, for an administrator who knows a secret of it. Nobody is impersonated in another account:
 * `PARTNER_ACCESS_FORBIDDEN`.
 */
export const impersonate = defineAction({
  name: 'session.impersonate',
  summary: 'Starts a session for a user of the account; answers a KS.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ImpersonateInput,
  output: z.string(),
  errors: ['PARTNER_ACCESS_FORBIDDEN', 'START_SESSION_ERROR', 'UNKNOWN_ROLE_ID'],

  async handle(ctx, { secret, impersonatedPartnerId, userId, type, partnerId, expiry, privileges }) {
    const { actor, partner } = ctx
    if (actor.kind === 'user' && !actor.isAdminSession) throw forbidden('session.impersonate')
    const foreign = [impersonatedPartnerId, partnerId ?? partner.id].find((id) => id !== partner.id)
    if (foreign !== undefined)
      throw new ActionError('PARTNER_ACCESS_FORBIDDEN', { ACCESSING_PID: partner.id, ACCESSED_PID: foreign })
    return startWithSecret(ctx, partner.id, { secret, userId, type, expiry, privileges: privileges ?? '' })
  },
})
