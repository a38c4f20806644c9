import 'server-only'
import { cookies, headers } from 'next/headers'
import { decode, encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import type { SessionTicket } from './browser-session'

/** The cookie of a browser session, which next-auth makes at a sign-in: it carries a ticket to our own session row and nothing else. */
export const sessionCookie = () => ownCookie('session')

/** Where next-auth goes on to. Under the library's own name any site beside this one could set it, and the library fails at rubbish. */
export const callbackCookie = () => ownCookie('callback')

function ownCookie<N extends string>(purpose: N) {
  const secure = env().publicUrl.startsWith('https:')
  return {
    name: secure ? (`__Host-usher.${purpose}` as const) : (`usher.${purpose}` as const),
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const
}

/** A ticket, and whether the browser keeps it when it is closed. */
export type KeptTicket = SessionTicket & { isKept: boolean }

/** Seconds. When a session ends is said by its row. */
export const cookieAge = () => env().sessionHours * 3600

/** The ticket of whoever sent this request. */
export async function readTicket(): Promise<KeptTicket | null> {
  const sent = cookieIn((await headers()).get('cookie'))
  // What this request has renewed counts from then on.
  return sent === null ? null : ticketOf((await cookies()).get(sessionCookie().name)?.value)
}

/** The same by the header `Cookie`. */
export const ticketFrom = async (header: unknown): Promise<KeptTicket | null> => ticketOf(cookieIn(header))

/** All that the header holds: of several cookies of this name one may be planted, and nobody knows which. */
export async function ticketsFrom(header: unknown): Promise<KeptTicket[]> {
  const tickets = await Promise.all(cookiesIn(header).map(ticketOf))
  return tickets.filter((ticket) => ticket !== null)
}

/** Puts a ticket into the browser's cookie, as next-auth does with that of a sign-in. Not while a page is drawn. */
export async function writeTicket(ticket: KeptTicket) {
  const maxAge = cookieAge()
  const { name, options } = sessionCookie()
  const token = await encode({ token: ticket, secret: env().authSecret, maxAge })
  const life = ticket.isKept ? { expires: new Date(Date.now() + maxAge * 1000) } : {}
  ;(await cookies()).set(name, token, { ...options, ...life })
}

/** What a token, or what next-auth makes of it, says. */
export function ticketIn(token: unknown): KeptTicket | null {
  const { sessionId, partnerId, isKept } = (token ?? {}) as Partial<KeptTicket>
  if (typeof sessionId !== 'string' || typeof partnerId !== 'number') return null
  return { sessionId, partnerId, isKept: isKept === true }
}

/** What next-auth answers; it has every cookie kept, so one whose ticket is not to be goes with the browser's sitting. */
export async function withCookieLife(answer: Response): Promise<Response> {
  const sent = answer.headers.getSetCookie()
  if (!sent.some(isOurs)) return answer
  const headers = new Headers(answer.headers)
  headers.delete('set-cookie')
  for (const cookie of sent) headers.append('set-cookie', isOurs(cookie) ? await withLife(cookie) : cookie)
  return new Response(answer.body, { status: answer.status, headers })
}

const isOurs = (cookie: string) => cookie.startsWith(`${sessionCookie().name}=`)

/** Whether an answer takes the cookie away. */
export const isTakenAway = (answer: Response) =>
  answer.headers.getSetCookie().some((cookie) => isOurs(cookie) && /max-age=0/i.test(cookie))

/** One that takes the ticket away has none in it, and stays as it is. */
async function withLife(cookie: string) {
  const [pair = '', ...attributes] = cookie.split(';')
  const ticket = await ticketOf(pair.slice(pair.indexOf('=') + 1))
  if (!ticket || ticket.isKept) return cookie
  return [pair, ...attributes.filter((attribute) => !/^\s*(expires|max-age)=/i.test(attribute))].join(';')
}

async function ticketOf(cookie: string | null | undefined) {
  if (!cookie) return null
  const token = await decode({ token: cookie, secret: env().authSecret }).catch(() => null)
  return ticketIn(token)
}

/** The cookie's value, or null: also for one that came twice with two values, as whoever planted one of them says which is read. */
function cookieIn(header: unknown) {
  const [value = null, ...others] = cookiesIn(header)
  return others.length > 0 ? null : value
}

const cookiesIn = (header: unknown) => cookieValues(header, sessionCookie().name)

/** What the header `Cookie` has under a name, each value once and in its order. */
export function cookieValues(header: unknown, name: string) {
  const pairs = typeof header === 'string' ? header.split(';').map((pair) => pair.trim()) : []
  return [...new Set(pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1)))]
}
