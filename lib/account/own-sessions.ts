import 'server-only'
import { type BrowserSessionRow, listBrowserSessions } from '@/db/queries/sessions'
import type { Membership } from '@/lib/auth/memberships'
import { isOver } from '@/lib/auth/session-life'

/** The open browser sessions of a person in all accounts, the one that was used last first. */
export async function openSessionsOf(
  memberships: Membership[],
  now: number,
): Promise<(Membership & { session: BrowserSessionRow })[]> {
  const found: (Membership & { session: BrowserSessionRow })[] = []
  for (const membership of memberships) {
    const { partner, user } = membership
    const sessions = await listBrowserSessions(partner.id, user.key, now)
    for (const session of sessions) if (!isOver(session, membership, now)) found.push({ ...membership, session })
  }
  return found.sort((one, other) => other.session.lastSeenAt - one.session.lastSeenAt)
}
