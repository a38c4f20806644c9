import 'server-only'
import { cookies, headers } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import type { SessionTicket } from './browser-session'

/** The cookie of a browser session, which next-auth makes at a sign-in: it carries a ticket to our own session row and nothing else. */
export function sessionCookie() {
  const secure = env().publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-usher.session' : 'usher.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const
}

/** Seconds. When a session ends is said by its row. */
export const cookieAge = () => env().sessionHours * 3600

/** The ticket of whoever sent this request. */
export async function readTicket(): Promise<SessionTicket | null> {
  const sent = cookieIn((await headers()).get('cookie'))
  // What this request has renewed counts from then on.
  return sent === null ? null : ticketOf((await cookies()).get(sessionCookie().name)?.value)
}

/** The same by the header `Cookie`. */
export const ticketFrom = async (header: unknown): Promise<SessionTicket | null> => ticketOf(cookieIn(header))

/** Puts a ticket into the browser's cookie, as next-auth does with that of a sign-in. Not while a page is drawn. */
export async function writeTicket(ticket: SessionTicket) {
  const maxAge = cookieAge()
  const { name, options } = sessionCookie()
  const token = await encode({ token: ticket, secret: env().authSecret, maxAge })
  ;(await cookies()).set(name, token, { ...options, expires: new Date(Date.now() + maxAge * 1000) })
}

/** What a token, or what next-auth makes of it, says. */
export function ticketIn(token: unknown): SessionTicket | null {
  const { sessionId, partnerId } = (token ?? {}) as Partial<SessionTicket>
  return typeof sessionId === 'string' && typeof partnerId === 'number' ? { sessionId, partnerId } : null
}

async function ticketOf(cookie: string | null | undefined) {
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env().authSecret }).catch(() => null)
  return ticketIn(token)
}

/** The cookie's value, or null: also for one that came twice with two values, as whoever planted one of them says which is read. */
function cookieIn(header: unknown) {
  const { name } = sessionCookie()
  const pairs = typeof header === 'string' ? header.split(';').map((pair) => pair.trim()) : []
  const values = new Set(pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1)))
  const [value = null] = values
  return values.size > 1 ? null : value
}
