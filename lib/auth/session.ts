import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import { decode, encode } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import { type Context, newContext, type PartnerContext, type SessionActor } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import {
  closeBrowserSession,
  confirmBrowserSession,
  openBrowserSession,
  type SessionTicket,
  switchBrowserSession,
  withBrowserSession,
} from './browser-session'

/** The header in which the front door hands on the client's address; it removes whatever a client sends under this name. */
export const addressHeader = 'x-usher-address'

const isSecure = () => env().publicUrl.startsWith('https:')
const cookieName = () => (isSecure() ? '__Host-usher.session' : 'usher.session')
const cookieOptions = () => ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const
/** Seconds. When a session ends is said by its row. */
const cookieAge = () => env().sessionHours * 3600

/** Who is signed in, asked of the database on every call; nobody for a session that is over. */
export async function sessionContext(): Promise<Context> {
  const ctx = await requestContext()
  const ticket = await readTicket()
  return (ticket && (await withBrowserSession(ctx, ticket))) ?? ctx
}

export type SignedInContext = PartnerContext & { actor: SessionActor & { user: NonNullable<SessionActor['user']> } }

/** The same for a page that needs a person: whoever is not signed in goes to sign in and comes back to `path`. */
export async function requireSession(path = '/'): Promise<SignedInContext> {
  const ctx = await sessionContext()
  if (isSignedIn(ctx)) return ctx
  redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}

export function isSignedIn(ctx: Context): ctx is SignedInContext {
  return ctx.partner !== null && ctx.actor.kind === 'user' && ctx.actor.user !== null
}

async function requestContext() {
  const sent = await headers()
  return newContext({ origin: 'page', address: sent.get(addressHeader) ?? '', userAgent: sent.get('user-agent') })
}

async function readTicket() {
  const sent = cookieIn((await headers()).get('cookie'), cookieName())
  // What this request has renewed counts from then on.
  return sent === null ? null : ticketOf((await cookies()).get(cookieName())?.value)
}

async function ticketOf(cookie: string | null | undefined): Promise<SessionTicket | null> {
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env().authSecret }).catch(() => null)
  return ticketIn(token)
}

function ticketIn(token: unknown): SessionTicket | null {
  const { sessionId, partnerId } = (token ?? {}) as Partial<SessionTicket>
  return typeof sessionId === 'string' && typeof partnerId === 'number' ? { sessionId, partnerId } : null
}

/** Puts the id under which the session goes on into the browser's cookie, as next-auth does with that of a sign-in. Not while a page is drawn. */
export async function keepRenewed({ renewed: { sessionId }, partner }: Context) {
  if (sessionId === null || !partner) return
  const [maxAge, ticket] = [cookieAge(), { sessionId, partnerId: partner.id } satisfies SessionTicket]
  const token = await encode({ token: ticket, secret: env().authSecret, maxAge })
  ;(await cookies()).set(cookieName(), token, { ...cookieOptions(), expires: new Date(Date.now() + maxAge * 1000) })
}

/** Sign-in by next-auth: its cookie carries a ticket to our own session row and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: 'jwt', maxAge: cookieAge() },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: isSecure(),
    // Rubbish in a cookie is no fault of ours.
    logger: {
      error: (code, metadata) => log().warn({ code, metadata }, 'next-auth'),
      warn: (code) => log().info({ code }, 'next-auth'),
      debug: () => {},
    },
    cookies: {
      sessionToken: { name: cookieName(), options: cookieOptions() },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, otp: {}, account: {} },
        async authorize(credentials, request) {
          const { email, password, otp, account } = credentials ?? {}
          if (typeof email !== 'string' || typeof password !== 'string') return null
          const options = {
            otp: typeof otp === 'string' ? otp.slice(0, 100) : undefined,
            preferredPartnerId: partnerIdIn(account) ?? undefined,
          }
          return openBrowserSession(contextOf(request), email, password, options).then(asUser, refuseNeutrally)
        },
      }),
      CredentialsProvider({
        id: 'account',
        credentials: { account: {} },
        async authorize(credentials, request) {
          const ticket = await ticketOf(cookieIn(request.headers?.['cookie'], cookieName()))
          const partnerId = partnerIdIn(credentials?.account)
          if (!ticket || partnerId === null) return null
          return switchBrowserSession(contextOf(request), ticket, partnerId).then(asUser, refuseSwitch)
        },
      }),
      CredentialsProvider({
        id: 'confirm',
        credentials: { password: {}, otp: {} },
        async authorize(credentials, request) {
          const ticket = await ticketOf(cookieIn(request.headers?.['cookie'], cookieName()))
          const { password, otp } = credentials ?? {}
          if (!ticket || typeof password !== 'string') return null
          const proof = { password, otp: typeof otp === 'string' ? otp.slice(0, 100) : undefined }
          return confirmBrowserSession(contextOf(request), ticket, proof).then(asUser, refusePlainly)
        },
      }),
    ],
    callbacks: {
      // Only at sign-in is there a user; afterwards the ticket stays as it is.
      jwt: ({ token, user }) => ({ ...(ticketIn(user) ?? ticketIn(token)) }),
      // The browser learns nothing from next-auth's own session route.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      async signOut({ token }) {
        const ticket = ticketIn(token)
        if (ticket) await closeBrowserSession(newContext({ origin: 'page' }), ticket)
      },
    },
  }
}

type SentHeaders = { headers?: Record<string, unknown> }

function contextOf({ headers: sent }: SentHeaders) {
  const text = (name: string) => (typeof sent?.[name] === 'string' ? sent[name] : null)
  return newContext({ origin: 'page', address: text(addressHeader) ?? '', userAgent: text('user-agent') })
}

/** The value of a cookie, or null: also for one that came twice with two values, as whoever planted one of them says which is read. */
function cookieIn(header: unknown, name: string) {
  const pairs = typeof header === 'string' ? header.split(';').map((pair) => pair.trim()) : []
  const values = new Set(pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1)))
  const [value = null] = values
  return values.size > 1 ? null : value
}

const partnerIdIn = (account: unknown) => (typeof account === 'string' && /^\d{1,9}$/.test(account) ? Number(account) : null)

const asUser = (ticket: SessionTicket) => ({ id: 'ticket', ...ticket })

/** What the person must do next is told, but only to whoever knows the password. */
const nextSteps: ErrorCode[] = ['PASSWORD_EXPIRED', 'MISSING_OTP', 'INVALID_OTP', 'ACTION_BLOCKED']

/** The page shows one text for every failure, except for a next step: its code, or `NOT_ENROLLED` where a code cannot be given yet. */
function refuseNeutrally(error: unknown) {
  if (!(error instanceof ActionError)) throw error
  if (nextSteps.includes(error.code)) throw new Error(error.reason ?? error.code)
  return null
}

/** To the person himself, who is signed in, everything may be told: the code, or `NOT_ENROLLED` where a code cannot be given yet. */
function refusePlainly(error: unknown): never {
  if (!(error instanceof ActionError)) throw error
  throw new Error(error.reason ?? error.code)
}

/** Whoever must sign in anew for an account is told so; any other reason why it stays closed is not. */
function refuseSwitch(error: unknown) {
  if (!(error instanceof ActionError)) throw error
  if (error.code === 'NEW_LOGIN_REQUIRED') throw new Error(error.code)
  return null
}
