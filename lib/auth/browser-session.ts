import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findLoginData } from '@/db/queries/login-data'
import { permissionsInForce } from '@/db/queries/roles'
import { endBrowserSession, findBrowserSession, insertBrowserSession, touchBrowserSession } from '@/db/queries/sessions'
import { findUserByKey, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Context, Partner } from '@/lib/action/context'
import { grantsOf } from '@/lib/action/permissions'
import { recordChange } from '@/lib/audit/record-change'
import { env } from '@/lib/env'
import { hashOf, newToken } from '@/lib/id'
import { heldRoles } from './held-roles'
import { loginEmailOf } from './login-email'
import { findPartner, isOpen } from './partner'
import { signIn } from './sign-in'

/** What the browser's cookie holds: enough to find the session's row, which is asked on every request. */
export type SessionTicket = { sessionId: string; partnerId: number }

const minute = 60_000

/** Signs in with e-mail, password and one-time code through the one verifier and opens a new session. Throws the verifier's codes. */
export async function openBrowserSession(ctx: Context, email: string, password: string, otp?: string): Promise<SessionTicket> {
  return acrossPartners(async () => {
    const loginEmail = loginEmailOf(email)
    const named = loginEmail ? await findLoginData(loginEmail) : null
    const { login, user, partner } = await signIn(ctx, { login: named, password, otp, action: 'browser.signIn' })
    const sessionId = newToken()
    await insertBrowserSession({
      partnerId: partner.id,
      idHash: hashOf(sessionId),
      userKey: user.key,
      loginDataId: login.id,
      startedAt: ctx.now,
      lastSeenAt: ctx.now,
      expiresAt: ctx.now + env().sessionHours * 60 * minute,
      address: ctx.address,
      userAgent: ctx.userAgent?.slice(0, 500),
    })
    return { sessionId, partnerId: partner.id }
  })
}

/** The context of the person behind the ticket, or null when the session is over: ended, idle, expired, or its right withdrawn. */
export async function withBrowserSession(ctx: Context, { sessionId, partnerId }: SessionTicket): Promise<Context | null> {
  const partner = await findPartner(partnerId)
  if (!partner || !isOpen(partner)) return null
  return withPartner(partnerId, async () => {
    const idHash = hashOf(sessionId)
    const session = await findBrowserSession(partnerId, idHash)
    const user = session && (await findUserByKey(partnerId, session.userKey))
    if (!session || !user || isOver(session, user, ctx.now)) return null
    if (ctx.now - session.lastSeenAt > minute) await touchBrowserSession(partnerId, idHash, ctx.now)
    return { ...ctx, partner, actor: await actorOf(partner, user, session.expiresAt) }
  })
}

type Session = { endedAt: number | null; expiresAt: number; lastSeenAt: number; startedAt: number }

function isOver({ endedAt, expiresAt, lastSeenAt, startedAt }: Session, user: UserRow, now: number) {
  const isIdle = now - lastSeenAt > env().sessionIdleMinutes * minute
  return (
    endedAt !== null ||
    expiresAt <= now ||
    isIdle ||
    user.status !== userStatus.active ||
    user.loginDataId === null ||
    startedAt < user.sessionsValidFrom
  )
}

async function actorOf(partner: Partner, user: UserRow, expiresAt: number) {
  return {
    kind: 'user' as const,
    userId: user.id,
    user,
    isAdminSession: user.isAdmin,
    source: 'signIn' as const,
    privileges: '',
    grants: grantsOf(await permissionsInForce(partner.id, heldRoles(partner, user))),
    expiresAt: Math.floor(expiresAt / 1000),
    ks: null,
  }
}

/** Signs out. */
export async function closeBrowserSession(ctx: Context, ticket: SessionTicket) {
  const { partnerId, sessionId } = ticket
  const known = await withBrowserSession(ctx, ticket)
  await withPartner(partnerId, () =>
    transaction(async () => {
      await endBrowserSession(partnerId, hashOf(sessionId), ctx.now)
      if (known) await recordChange(known, { action: 'browser.signOut' })
    }),
  )
}
