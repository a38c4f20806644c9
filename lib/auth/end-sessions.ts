import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { listUsersOfLogin } from '@/db/queries/login-data'
import { lastSignInWithin } from '@/db/queries/login-sources'
import { endAllSessions, insertRevocation, renewEndedSession } from '@/db/queries/sessions'
import { findUserByKey } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { hashOf, newToken } from '@/lib/id'
import { sessionIdHash } from './session-context'

/** Milliseconds: no account can let a session live longer. What it allows today says nothing of sessions that were issued before. */
const longestLife = 315_360_000_000

/** Ends every session of a user, on every server process, from `now` (epoch milliseconds) on. */
export async function endSessionsOfUser(partnerId: number, userKey: number, now: number) {
  await endAllSessions(partnerId, userKey, now)
}

/** Milliseconds: no call that ends the sessions of a login takes longer. */
const longestCall = 60_000

/**
 * The same for everybody who signs in with this login, in all partners, and of whoever signed in since the call came: hashes take a while,
 * in which others may have come by the password that is over now. Inside a transaction that holds the login.
 */
export async function endSessionsOfLogin(loginDataId: number, now: number) {
  await acrossPartners(async () => {
    const meanwhile = await lastSignInWithin(loginDataId, { after: now, before: now + longestCall })
    const validFrom = meanwhile === null ? now : meanwhile + 1
    for (const user of await listUsersOfLogin(loginDataId)) await endAllSessions(user.partnerId, user.key, now, validFrom)
  })
}

/**
 * After the sessions of a login were ended: the browser that asked for it goes on, under a new id, as its cookie may have been copied
 * (S09). Inside the same transaction; the id it answers is for `renewed` of the context once that is over, null where no browser goes on.
 */
export async function keepThisBrowser({ actor, partner, now }: Context): Promise<string | null> {
  if (actor.kind !== 'user' || !actor.user || !actor.browserSession || !partner) return null
  const sessionId = newToken()
  const validFrom = (await findUserByKey(partner.id, actor.user.key))?.sessionsValidFrom ?? now
  const renewal = { idHash: hashOf(sessionId), startedAt: Math.max(now, validFrom), endedAt: now }
  return (await renewEndedSession(partner.id, actor.browserSession, renewal)) ? sessionId : null
}

/** Ends every session that an application token has started, all of which have its id as session id. */
export async function endSessionsOfAppToken(partnerId: number, tokenId: string, now: number) {
  await endSessionsOfId(partnerId, sessionIdHash(tokenId), now)
}

/** Ends every session with this session id, given as a hash. */
export async function endSessionsOfId(partnerId: number, tokenHash: string, now: number) {
  await insertRevocation({ partnerId, tokenHash, expiresAt: now + longestLife })
}
