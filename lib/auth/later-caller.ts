import 'server-only'
import { findUser, findUserByKey, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { type Actor, operator, type Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { findPartner, isOpen } from './partner'
import { readPrivileges } from './privileges'
import { grantsOfSession } from './session-grants'

/** Who asked for work that is done later: enough to ask again, when it is done, what he may do. */
export type LaterCaller =
  | { kind: 'operator' }
  | {
      kind: 'user'
      userId: string
      /** Of his user, if there was one. */
      userKey: number | null
      isAdminSession: boolean
      source: 'secret' | 'signIn'
      privileges: string
      /** Epoch seconds. */
      expiresAt: number
    }

/** `user` is the caller's own, where it was added after the session began. */
export function rememberCaller(actor: Actor, user: UserRow | null): LaterCaller {
  if (actor.kind === 'operator') return { kind: 'operator' }
  if (actor.kind === 'anonymous') throw new ActionError('MISSING_KS')
  const { userId, isAdminSession, source, privileges, expiresAt } = actor
  return { kind: 'user', userId, userKey: user?.key ?? null, isAdminSession, source, privileges, expiresAt }
}

/**
 * The caller with the rights that he has by now, and the account as it is by now. Ended sessions do not end the work that was asked for
 * in them; a blocked or deleted person (`USER_BLOCKED`) and a closed account (`SERVICE_FORBIDDEN_CONTENT_BLOCKED`) do.
 */
export async function callerNow(partnerId: number, caller: LaterCaller): Promise<{ partner: Partner; actor: Actor }> {
  const partner = await findPartner(partnerId)
  if (!partner || !isOpen(partner)) throw new ActionError('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  if (caller.kind === 'operator') return { partner, actor: operator }

  const { userKey: _, ...session } = caller
  const user = await userNow(partnerId, caller)
  const type = caller.isAdminSession ? 2 : 0
  const grants = await grantsOfSession(partner, user, type, readPrivileges(caller.privileges))
  return { partner, actor: { ...session, user, grants, ks: null, browserSession: null, provenAt: null } }
}

async function userNow(partnerId: number, { userId, userKey }: { userId: string; userKey: number | null }) {
  const user = userKey === null ? await findUser(partnerId, userId) : await findUserByKey(partnerId, userKey)
  const isGone = userKey !== null && user === null
  if (isGone || (user && user.status !== userStatus.active)) throw new ActionError('USER_BLOCKED')
  return user
}
