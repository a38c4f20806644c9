import 'server-only'
import type { z } from 'zod'
import type { PartnerRow } from '@/db/queries/partners'
import { partnerSettings } from '@/lib/action/partner-settings'
import { env } from '@/lib/env'
import type { AccountSettings } from './schema'

/** What an account sees of its settings. The version is the moment of the last change. */
export function toSettings({ settings, updatedAt }: Pick<PartnerRow, 'settings' | 'updatedAt'>): z.input<typeof AccountSettings> {
  const { sessionIdleMinutes: mostSessionIdleMinutes, sessionHours: mostSessionHours } = env()
  const own = { ...partnerSettings(settings), version: updatedAt }
  return {
    ...own,
    objectType: 'UsherAccountSettings',
    // The installation may let them live shorter since they were set.
    sessionIdleMinutes: Math.min(own.sessionIdleMinutes, mostSessionIdleMinutes),
    sessionHours: Math.min(own.sessionHours, mostSessionHours),
    mostSessionIdleMinutes,
    mostSessionHours,
  }
}
