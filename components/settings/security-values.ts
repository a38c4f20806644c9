import type { UseFormReturn } from 'react-hook-form'
import type { z } from 'zod'
import type { AccountSettings, UpdateSettingsInput } from '@/lib/partner/schema'

/** What the form of the security policy holds: all that an account may set, as it is sent. */
export type SecurityValues = Required<z.input<typeof UpdateSettingsInput>>
export type SecurityForm = UseFormReturn<SecurityValues>

export function valuesOf({
  objectType: _,
  adminLoginUsersQuota: _quota,
  mostSessionIdleMinutes: _minutes,
  mostSessionHours: _hours,
  allowedAdminEmailDomains,
  ...settings
}: AccountSettings): SecurityValues {
  return { ...settings, allowedAdminEmailDomains: allowedAdminEmailDomains.join(', ') }
}
