import 'server-only'
import type { BrowserSessionRow } from '@/db/queries/sessions'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import type { Settings } from '@/lib/action/partner-settings'
import { env } from '@/lib/env'
import type { Membership } from './memberships'

/** How long a browser stays signed in to an account: as the account says, but no longer than the installation lets it. */

const minute = 60_000
const hour = 60 * minute

type Lives = Pick<Settings, 'sessionIdleMinutes' | 'sessionHours'>
type SessionTimes = Pick<BrowserSessionRow, 'expiresAt' | 'signedInAt' | 'startedAt'>

/** Whether a session of the user is ended, idle, expired, or its right withdrawn. */
export function isOver(session: BrowserSessionRow, { partner, user }: Membership, now: number) {
  const { endedAt, lastSeenAt, startedAt } = session
  return (
    endedAt !== null ||
    endOf(session, partner.settings) <= now ||
    now - lastSeenAt > idleLife(partner.settings) ||
    user.status !== userStatus.active ||
    user.loginDataId === null ||
    startedAt < user.sessionsValidFrom
  )
}

/** When a session ends, however busy: what the account says now holds for those that are open too. Epoch milliseconds. */
export function endOf({ expiresAt, signedInAt, startedAt }: SessionTimes, { sessionHours }: Lives) {
  const most = env().sessionHours
  return Math.min(expiresAt, (signedInAt ?? startedAt) + Math.min(sessionHours || most, most) * hour)
}

/** The latest end of a session whose person signs in now, whatever an account says later. Epoch milliseconds. */
export const latestEnd = (now: number) => now + env().sessionHours * hour

/** Milliseconds between two notes that a session was seen: few writes, yet whoever is busy is never taken for idle. */
export const seenEvery = ({ settings }: Partner) => Math.min(minute, idleLife(settings) / 10)

/** Milliseconds. */
function idleLife({ sessionIdleMinutes }: Lives) {
  const most = env().sessionIdleMinutes
  return Math.min(sessionIdleMinutes || most, most) * minute
}
