import 'server-only'
import type { BrowserSessionRow } from '@/db/queries/sessions'
import type { Settings } from '@/lib/action/partner-settings'
import { env } from '@/lib/env'

const minute = 60_000

type Lives = Pick<Settings, 'sessionIdleMinutes' | 'sessionHours'>

/** How long a browser stays signed in to an account, in milliseconds: as the account says, but no longer than the installation lets it. */
export function sessionLife({ sessionIdleMinutes, sessionHours }: Lives) {
  const most = env()
  const idleMinutes = Math.min(sessionIdleMinutes || most.sessionIdleMinutes, most.sessionIdleMinutes)
  const hours = Math.min(sessionHours || most.sessionHours, most.sessionHours)
  return { idle: idleMinutes * minute, whole: hours * 60 * minute }
}

/** When a session ends, however busy: what the account says now holds for those that are open too. Epoch milliseconds. */
export function endOf({ expiresAt, signedInAt, startedAt }: SessionTimes, settings: Lives) {
  return Math.min(expiresAt, (signedInAt ?? startedAt) + sessionLife(settings).whole)
}

type SessionTimes = Pick<BrowserSessionRow, 'expiresAt' | 'signedInAt' | 'startedAt'>
