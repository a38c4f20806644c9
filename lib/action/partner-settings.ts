import type { PartnerSettings } from '@/db/types'

/** Every setting of a partner with its value, defaults filled in (§3.7). The one place that knows the defaults. */
export type Settings = Required<PartnerSettings>

const defaults: Settings = {
  acceptKsVersion1: false,
  ksMaxExpiry: 86_400,
  sessionIdleMinutes: 0,
  sessionHours: 0,
  secondFactor: 'none',
  passwordPreset: 'compatible',
  passwordRules: [],
  previousPasswordsKept: 0,
  passwordReplaceFrequency: 0,
  maxLoginAttempts: 10,
  loginBlockPeriod: 900,
  adminLoginUsersQuota: 10,
  notificationUrl: '',
  bulkNotifications: false,
  bulkNotificationsEmail: '',
  features: [],
  allowedAdminEmailDomains: [],
  adminRoleId: 1,
  userSessionRoleId: 2,
  linkLoginsAcrossPartners: false,
  hashExternalIds: false,
  sso: false,
  ssoPerUserAllowed: false,
  directLoginBlocked: false,
}

export function partnerSettings(stored: PartnerSettings): Settings {
  return { ...defaults, ...stored }
}
