import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findLoginData, type LoginDataRow } from '@/db/queries/login-data'
import { permissionsInForce } from '@/db/queries/roles'
import {
  type BrowserSessionRow,
  endBrowserSession,
  findBrowserSession,
  insertBrowserSession,
  renewProvenSession,
  touchBrowserSession,
} from '@/db/queries/sessions'
import { findUserByKey, type UserRow } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { grantsOf } from '@/lib/action/permissions'
import { recordChange } from '@/lib/audit/record-change'
import { hashOf, newToken } from '@/lib/id'
import { type Language, languageOf } from '@/lib/language'
import { heldRoles } from './held-roles'
import { loginEmailOf } from './login-email'
import { asksOwnCode, proveAnew } from './own-login'
import { findPartner, isOpen } from './partner'
import { holdProven } from './prove'
import { endOf, isOver, latestEnd, seenEvery } from './session-life'
import { signIn } from './sign-in'
import { blocksDirectLogin, firstTarget, isUsable, type SignedIn } from './sign-in-target'
import { recordingSwitch, switchAccount } from './switch-account'

/** What the browser's cookie holds: enough to find the session's row, which is asked on every request. */
export type SessionTicket = { sessionId: string; partnerId: number }

/** A session that has just begun, and the language of the person's profile, where it is one of ours. */
export type OpenedSession = SessionTicket & { language: Language | null }

type Options = {
  otp?: string
  /** The account that was chosen on this device, which need not be one of this person's. */
  preferredPartnerId?: number
}

/** Signs in with e-mail, password and one-time code through the one verifier and opens a new session. Throws the verifier's codes. */
export async function openBrowserSession(
  ctx: Context,
  email: string,
  password: string,
  { otp, preferredPartnerId }: Options = {},
): Promise<OpenedSession> {
  return acrossPartners(async () => {
    const loginEmail = loginEmailOf(email)
    const login = loginEmail ? await findLoginData(loginEmail) : null
    const partnerId = login && preferredPartnerId ? await usablePartnerId(login, preferredPartnerId) : null
    const signedIn = await signIn(ctx, { login, password, otp, partnerId, action: 'browser.signIn' })
    const ticket = await beginSession(ctx, signedIn, { provenAt: ctx.now, signedInAt: ctx.now, expiresAt: latestEnd(ctx.now) })
    return { ...ticket, language: languageOf(signedIn.user.language) }
  })
}

/** A choice that leads nowhere any more must not look like a wrong password. */
async function usablePartnerId(login: LoginDataRow, partnerId: number) {
  const target = await firstTarget(login, partnerId)
  return isUsable(target) && !blocksDirectLogin(target) ? partnerId : null
}

/**
 * Goes on in another account without typing again, by the rules of `user.loginByKs`: a new session in the place of this one, which ends
 * no later (S09, S15). Throws the codes of `switchAccount`; `MISSING_KS` when this session is over.
 */
export async function switchBrowserSession(ctx: Context, ticket: SessionTicket, partnerId: number): Promise<SessionTicket> {
  const here = await withBrowserSession(ctx, ticket)
  const user = here?.actor.kind === 'user' ? here.actor.user : null
  if (!here?.partner || here.actor.kind !== 'user' || !user) throw new ActionError('MISSING_KS')
  const { partner } = here
  if (partnerId === partner.id) return ticket

  const changed = await recordingSwitch({ ...here, partner }, { user, partnerId, action: 'browser.switchAccount' }, async () => {
    const entered = await switchAccount({ ...here, partner }, user, null, partnerId)
    // Of two at once, or beside a sign-out, one still finds the session.
    const ended = await endBrowserSession(partner.id, hashOf(ticket.sessionId), ctx.now)
    if (!ended) throw new ActionError('MISSING_KS')
    const { provenAt, signedInAt, startedAt } = ended
    const life = { provenAt, signedInAt: signedInAt ?? startedAt, expiresAt: endOf(ended, partner.settings) }
    // There a sign-in of that long ago may count no more.
    if (endOf({ ...life, startedAt }, entered.partner.settings) <= ctx.now) throw new ActionError('NEW_LOGIN_REQUIRED')
    return { user: entered.user, next: await beginSession(ctx, entered, life) }
  })
  return changed.next
}

/**
 * The person gives the password once more, and a code wherever there is one, as at sign-in and counted like it. The session goes on under
 * a new id (S09) and ends no later. Throws the verifier's codes; `MISSING_KS` when the session is over.
 */
export async function confirmBrowserSession(
  ctx: Context,
  ticket: SessionTicket,
  proof: { password: string; otp?: string },
): Promise<SessionTicket> {
  const { partnerId } = ticket
  const here = await withBrowserSession(ctx, ticket)
  if (!here) throw new ActionError('MISSING_KS')
  const sessionId = newToken()
  await acrossPartners(async () => {
    const proven = await proveAnew(here, { ...proof, partnerId, action: 'browser.confirm' }, asksOwnCode)
    await transaction(async () => {
      await holdProven(proven)
      const renewed = { idHash: hashOf(sessionId), provenAt: ctx.now }
      if (!(await renewProvenSession(partnerId, hashOf(ticket.sessionId), renewed))) throw new ActionError('MISSING_KS')
      await recordChange(here, { action: 'browser.confirm' })
    })
  })
  return { sessionId, partnerId }
}

type Life = Pick<BrowserSessionRow, 'provenAt' | 'signedInAt' | 'expiresAt'>

async function beginSession(ctx: Context, { login, user, partner }: SignedIn, life: Life): Promise<SessionTicket> {
  const sessionId = newToken()
  await insertBrowserSession({
    partnerId: partner.id,
    idHash: hashOf(sessionId),
    userKey: user.key,
    loginDataId: login.id,
    startedAt: ctx.now,
    lastSeenAt: ctx.now,
    ...life,
    address: ctx.address,
    userAgent: ctx.userAgent?.slice(0, 500),
  })
  return { sessionId, partnerId: partner.id }
}

/**
 * The context of the person behind the ticket, or null when the session is over: ended, idle, expired, or its right withdrawn. What a page
 * asks `isByItself` shows nobody to be there, and lets the session become idle.
 */
export async function withBrowserSession(
  ctx: Context,
  { sessionId, partnerId }: SessionTicket,
  { isByItself = false } = {},
): Promise<Context | null> {
  const partner = await findPartner(partnerId)
  if (!partner || !isOpen(partner)) return null
  return withPartner(partnerId, async () => {
    const idHash = hashOf(sessionId)
    const session = await findBrowserSession(partnerId, idHash)
    const user = session && (await findUserByKey(partnerId, session.userKey))
    if (!session || !user || isOver(session, { partner, user }, ctx.now)) return null
    const isNews = !isByItself && ctx.now - session.lastSeenAt > seenEvery(partner)
    if (isNews) await touchBrowserSession(partnerId, idHash, ctx.now)
    return { ...ctx, partner, actor: await actorOf(partner, user, session) }
  })
}

async function actorOf(partner: Partner, user: UserRow, session: BrowserSessionRow) {
  return {
    kind: 'user' as const,
    userId: user.id,
    user,
    isAdminSession: user.isAdmin,
    source: 'signIn' as const,
    privileges: '',
    grants: grantsOf(await permissionsInForce(partner.id, heldRoles(partner, user))),
    expiresAt: Math.floor(endOf(session, partner.settings) / 1000),
    ks: null,
    browserSession: session.idHash,
    provenAt: session.provenAt,
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
