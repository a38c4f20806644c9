import type { Context } from '@/lib/action/context'
import { openBrowserSession, type SessionTicket, withBrowserSession } from '@/lib/auth/browser-session'
import { newAddress, type Person } from '@/lib/auth/gates-testing'
import { noon, password, wire } from '@/lib/auth/testing'

/** For tests: people in their browsers. */

export type Browser = { ctx: Context; ticket: SessionTicket }

type Entry = { otp?: string; now?: number; userAgent?: string; address?: string }

/** The person signed in, in a browser of its own. */
export async function inBrowser(
  { login }: Person,
  { otp, now = noon, userAgent, address = newAddress() }: Entry = {},
): Promise<Browser> {
  const ctx = wire({ origin: 'page', address, now, userAgent: userAgent ?? null })
  const ticket = await openBrowserSession(ctx, login.loginEmail, password, { otp })
  const session = await withBrowserSession(ctx, ticket)
  if (!session) throw new Error('Not signed in')
  return { ctx: session, ticket }
}

/** What the cookie holds after all that was done in the browser. */
export const ticketNow = ({ ctx: { renewed }, ticket }: Browser): SessionTicket => ({
  ...ticket,
  sessionId: renewed.sessionId ?? ticket.sessionId,
})

/** The person as the browser is signed in at that moment, or null. */
export const sessionAt = (browser: Browser, now = browser.ctx.now) =>
  withBrowserSession({ ...browser.ctx, now }, ticketNow(browser))

/** Whether the browser is still signed in at that moment. */
export const isOpen = async (browser: Browser, now?: number) => (await sessionAt(browser, now)) !== null
