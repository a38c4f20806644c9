import 'server-only'
import { createHash } from 'node:crypto'
import type { ListedAppToken } from '@/db/queries/app-tokens'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { issueKs } from '@/lib/auth/issue-ks'
import { invalidKs, readKs } from '@/lib/auth/session-context'
import { sameSecret } from '@/lib/id'
import { SessionInfo } from '@/lib/session/schema'
import { toSessionInfo } from '@/lib/session/to-session-info'
import { getToken } from '../find-token'
import { StartAppTokenSessionInput } from '../schema'
import { isActive, tokenOf } from '../to-app-token'
import { sessionOfToken } from '../token-session'

/**
 * Starts a session of a token for whoever proves to know it (appendix A). `APP_TOKEN_ID_NOT_FOUND`, `APP_TOKEN_NOT_ACTIVE`,
 * `APP_TOKEN_EXPIRED`, `INVALID_APP_TOKEN_HASH`.
 */
export const startAppTokenSession = defineAction({
  name: 'appToken.startSession',
  summary: 'Starts a session of an application token, by the hash of the current KS and the token.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: StartAppTokenSessionInput,
  output: SessionInfo,
  errors: ['APP_TOKEN_EXPIRED', 'APP_TOKEN_ID_NOT_FOUND', 'APP_TOKEN_NOT_ACTIVE', 'INVALID_APP_TOKEN_HASH'],

  async handle(ctx, { id, tokenHash, ...asked }) {
    const token = await getToken(ctx.partner.id, id)
    if (!isActive(token)) throw new ActionError('APP_TOKEN_NOT_ACTIVE', { ID: id })
    if (token.expiresAt !== null && token.expiresAt <= ctx.now) throw new ActionError('APP_TOKEN_EXPIRED', { ID: id })
    const ks = ctx.actor.kind === 'user' ? ctx.actor.ks : null
    // Without a KS in it the hash would be the same every time, and whoever saw it could use it again.
    if (!ks || !sameSecret(hashOf(token, ks), tokenHash.toLowerCase())) throw new ActionError('INVALID_APP_TOKEN_HASH')

    const started = await issueKs(ctx, ctx.partner, await sessionOfToken(ctx, token, asked))
    const decoded = await readKs(started)
    if (!decoded) throw invalidKs(started, 'INVALID_STR')
    return toSessionInfo(started, decoded)
  },
})

/** MD5 and SHA-1 are the contract's; what they hide is 128 random bits. */
function hashOf(token: ListedAppToken, ks: string) {
  return createHash(token.hashType.toLowerCase())
    .update(ks + tokenOf(token))
    .digest('hex')
}
