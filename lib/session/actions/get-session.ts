import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { invalidKs, readKs } from '@/lib/auth/session-context'
import { GetSessionInput, SessionInfo } from '../schema'
import { toSessionInfo } from '../to-session-info'

/** Tells what a session is (appendix A): the caller's, or another of the same account, expired or not. */
export const getSession = defineAction({
  name: 'session.get',
  summary: "Tells what a session is: the caller's own, or another one of the account.",
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: GetSessionInput,
  output: SessionInfo,
  errors: ['PARTNER_ACCESS_FORBIDDEN'],

  async handle({ partner, actor }, { session }) {
    const ks = session || (actor.kind === 'user' ? actor.ks : null)
    const decoded = ks ? await readKs(ks) : null
    if (!ks || !decoded) throw invalidKs(ks ?? '', 'INVALID_STR')
    if (decoded.partnerId !== partner.id) {
      throw new ActionError('PARTNER_ACCESS_FORBIDDEN', { ACCESSING_PID: partner.id, ACCESSED_PID: decoded.partnerId })
    }
    return toSessionInfo(ks, decoded)
  },
})
