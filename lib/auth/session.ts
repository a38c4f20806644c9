import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import { type Context, newContext, type PartnerContext, type SessionActor } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { closeBrowserSession, openBrowserSession, type SessionTicket, withBrowserSession } from './browser-session'

/** The header in which the front door hands on the client's address; it removes whatever a client sends under this name. */
export const addressHeader = 'x-usher-address'

const isSecure = () => env().publicUrl.startsWith('https:')
const cookieName = () => (isSecure() ? '__Host-usher.session' : 'usher.session')

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

async function readTicket(): Promise<SessionTicket | null> {
  const cookie = (await cookies()).get(cookieName())?.value
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env().authSecret }).catch(() => null)
  return ticketIn(token)
}

function ticketIn(token: unknown): SessionTicket | null {
  const { sessionId, partnerId } = (token ?? {}) as Partial<SessionTicket>
  return typeof sessionId === 'string' && typeof partnerId === 'number' ? { sessionId, partnerId } : null
}

/** Sign-in by next-auth: its cookie carries a ticket to our own session row and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: 'jwt', maxAge: env().sessionHours * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: isSecure(),
    // Rubbish in a cookie is no fault of ours.
    logger: {
      error: (code, metadata) => log().warn({ code, metadata }, 'next-auth'),
      warn: (code) => log().info({ code }, 'next-auth'),
      debug: () => {},
    },
    cookies: {
      sessionToken: { name: cookieName(), options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, otp: {} },
        async authorize(credentials, request) {
          const sent = (name: string) => (request.headers?.[name] as string | undefined) ?? null
          const ctx = newContext({ origin: 'page', address: sent(addressHeader) ?? '', userAgent: sent('user-agent') })
          const { email, password, otp } = credentials ?? {}
          if (typeof email !== 'string' || typeof password !== 'string') return null
          const code = typeof otp === 'string' ? otp.slice(0, 100) : undefined
          return openBrowserSession(ctx, email, password, code).then(asUser, refuseNeutrally)
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

const asUser = (ticket: SessionTicket) => ({ id: 'ticket', ...ticket })

/** What the person must do next is told, but only to whoever knows the password. */
const nextSteps: ErrorCode[] = ['PASSWORD_EXPIRED', 'MISSING_OTP', 'INVALID_OTP', 'ACTION_BLOCKED']

/** The page shows one text for every failure, except for a next step: its code, or `NOT_ENROLLED` where a code cannot be given yet. */
function refuseNeutrally(error: unknown) {
  if (!(error instanceof ActionError)) throw error
  if (nextSteps.includes(error.code)) throw new Error(error.reason ?? error.code)
  return null
}
