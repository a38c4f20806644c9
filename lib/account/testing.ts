import type { Context } from '@/lib/action/context'
import { openBrowserSession, type SessionTicket, withBrowserSession } from '@/lib/auth/browser-session'
import { newAddress, type Person } from '@/lib/auth/gates-testing'
import { noon, password, wire } from '@/lib/auth/testing'

/** For tests: people in their browsers. */

export type Browser = { ctx: Context; ticket: SessionTicket }

/** The person signed in, in a browser of its own. */
export async function inBrowser({ login }: Person, { otp, now = noon }: { otp?: string; now?: number } = {}): Promise<Browser> {
  const ctx = wire({ origin: 'page', address: newAddress(), now })
  const ticket = await openBrowserSession(ctx, login.loginEmail, password, { otp })
  const session = await withBrowserSession(ctx, ticket)
  if (!session) throw new Error('Not signed in')
  return { ctx: session, ticket }
}

/** Whether the browser is still signed in at that moment. */
export const isOpen = async ({ ctx, ticket }: Browser, now = ctx.now) =>
  (await withBrowserSession({ ...ctx, now }, ticket)) !== null
