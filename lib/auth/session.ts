import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { type Context, newContext, type PartnerContext, type SessionActor } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import {
  confirmBrowserSession,
  type OpenedSession,
  openBrowserSession,
  type SessionTicket,
  switchBrowserSession,
  withBrowserSession,
} from './browser-session'
import { languageFrom, readLanguage, writeLanguage } from './language-cookie'
import {
  callbackCookie,
  cookieAge,
  type KeptTicket,
  readTicket,
  sessionCookie,
  ticketFrom,
  ticketIn,
  writeTicket,
} from './session-cookie'

/** The header in which the front door hands on the client's address; it removes whatever a client sends under this name. */
export const addressHeader = 'x-usher-address'

/** Who is signed in, asked of the database on every call; nobody for a session that is over. `isByItself` as in `withBrowserSession`. */
export async function sessionContext({ isByItself = false } = {}): Promise<Context> {
  const ctx = await requestContext()
  const ticket = await readTicket()
  return (ticket && (await withBrowserSession(ctx, ticket, { isByItself }))) ?? ctx
}

/** Runs this for whoever is signed in. Where it gives the session another id, the cookie has that from then on. Not while a page is drawn. */
export async function inSession<T>(run: (ctx: Context) => Promise<T>): Promise<T> {
  const before = await readTicket()
  const ctx = await sessionContext()
  const result = await run(ctx)
  const { sessionId } = ctx.renewed
  if (sessionId !== null && ctx.partner)
    await writeTicket({ sessionId, partnerId: ctx.partner.id, isKept: before?.isKept ?? false })
  return result
}

export type SignedInContext = PartnerContext & { actor: SessionActor & { user: NonNullable<SessionActor['user']> } }

/** Who is signed in, for a page that needs a person: whoever is not signed in goes to sign in and comes back to `path`. */
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
  return newContext({
    origin: 'page',
    address: sent.get(addressHeader) ?? '',
    userAgent: sent.get('user-agent'),
    language: await readLanguage(),
  })
}

/** Sign-in by next-auth: its cookie carries a ticket to our own session row and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: 'jwt', maxAge: cookieAge() },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    useSecureCookies: sessionCookie().options.secure,
    // Rubbish in a cookie is no fault of ours.
    logger: {
      error: (code, metadata) => log().warn({ code, metadata }, 'next-auth'),
      warn: (code) => log().info({ code }, 'next-auth'),
      debug: () => {},
    },
    cookies: { sessionToken: sessionCookie(), callbackUrl: callbackCookie() },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {}, otp: {}, account: {}, keep: {} },
        async authorize(credentials, request) {
          const { email, password, otp, account, keep } = credentials ?? {}
          if (typeof email !== 'string' || typeof password !== 'string') return null
          const options = {
            otp: typeof otp === 'string' ? otp.slice(0, 100) : undefined,
            preferredPartnerId: partnerIdIn(account) ?? undefined,
          }
          return openBrowserSession(contextOf(request), email, password, options).then(
            (opened) => enter(opened, keep === 'yes'),
            refuseNeutrally,
          )
        },
      }),
      CredentialsProvider({
        id: 'account',
        credentials: { account: {} },
        async authorize(credentials, request) {
          const ticket = await ticketFrom(request.headers?.['cookie'])
          const partnerId = partnerIdIn(credentials?.account)
          if (!ticket || partnerId === null) return null
          return switchBrowserSession(contextOf(request), ticket, partnerId).then(goingOn(ticket), refuseSwitch)
        },
      }),
      CredentialsProvider({
        id: 'confirm',
        credentials: { password: {}, otp: {} },
        async authorize(credentials, request) {
          const ticket = await ticketFrom(request.headers?.['cookie'])
          const { password, otp } = credentials ?? {}
          if (!ticket || typeof password !== 'string') return null
          const proof = { password, otp: typeof otp === 'string' ? otp.slice(0, 100) : undefined }
          return confirmBrowserSession(contextOf(request), ticket, proof).then(goingOn(ticket), refusePlainly)
        },
      }),
    ],
    callbacks: {
      // Only at sign-in is there a user; afterwards the ticket stays as it is.
      jwt: ({ token, user }) => ({ ...(ticketIn(user) ?? ticketIn(token)) }),
      // The browser learns nothing from next-auth's own session route.
      session: ({ session }) => ({ expires: session.expires }),
      // Where to go on is said by whoever asks: nowhere else than here, also where it is no address at all.
      redirect: ({ url, baseUrl }) => (isWithin(baseUrl, url) ? new URL(url, baseUrl).href : baseUrl),
    },
  }
}

const isWithin = (origin: string, url: string) =>
  URL.canParse(url, origin) && new URL(url, origin).origin === new URL(origin).origin

type SentHeaders = { headers?: Record<string, unknown> }

function contextOf({ headers: sent }: SentHeaders) {
  const text = (name: string) => (typeof sent?.[name] === 'string' ? sent[name] : null)
  const language = languageFrom(text('cookie'), text('accept-language'))
  return newContext({ origin: 'page', address: text(addressHeader) ?? '', userAgent: text('user-agent'), language })
}

const partnerIdIn = (account: unknown) => (typeof account === 'string' && /^\d{1,9}$/.test(account) ? Number(account) : null)

/** Whoever signs in is spoken to as the profile says, from then on in this browser. */
async function enter({ language, ...ticket }: OpenedSession, isKept: boolean) {
  if (language) await writeLanguage(language)
  return asUser({ ...ticket, isKept })
}

/** The next session is kept where the one before was. */
const goingOn =
  ({ isKept }: KeptTicket) =>
  (ticket: SessionTicket) =>
    asUser({ ...ticket, isKept })

const asUser = (ticket: KeptTicket) => ({ id: 'ticket', ...ticket })

/** What the person must do next is told, but only to whoever knows the password. */
const nextSteps: ErrorCode[] = ['PASSWORD_EXPIRED', 'MISSING_OTP', 'INVALID_OTP', 'ACTION_BLOCKED']

/** The page shows one text for every failure, except for a next step: its code, or why perhaps none can be given yet (`unenrolled`). */
function refuseNeutrally(cause: unknown) {
  const error = refusalOf(cause)
  if (nextSteps.includes(error.code)) throw new Error(error.reason ?? error.code)
  return null
}

/** To the person himself, who is signed in, everything may be told: the code, or why perhaps none can be given yet (`unenrolled`). */
function refusePlainly(cause: unknown): never {
  const error = refusalOf(cause)
  throw new Error(error.reason ?? error.code)
}

/** Whoever must sign in anew for an account is told so; any other reason why it stays closed is not. */
function refuseSwitch(cause: unknown) {
  const { code } = refusalOf(cause)
  if (code === 'NEW_LOGIN_REQUIRED') throw new Error(code)
  return null
}

/** The library puts into its answer whatever an error says: a failure of ours is logged, and told as being too busy (S12). */
function refusalOf(cause: unknown): ActionError {
  if (cause instanceof ActionError) return cause
  log().error({ err: cause }, 'sign-in failed unexpectedly')
  return new ActionError('ACTION_BLOCKED', {})
}
