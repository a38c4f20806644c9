/** Shapes of the JSON columns. */

/** Field name → what it was and what it became; absent means "was not there", or, where both are, that the values are not kept any more. */
export type FieldChanges = Record<string, { before?: unknown; after?: unknown }>

/** What a mailed link is for: the own sign-in, to join an account, or to change the address. */
export type LinkPurpose = 'password' | 'enrolment' | 'invitation' | 'email-change'

/** A key of a mail link that is over: its SHA-256, why, and what it was for, which was not written down at first. */
export type FormerHashKey = { hash: string; state: 'used' | 'replaced' | 'restored'; purpose?: LinkPurpose }

/** A partner's own password rule; every one must match. The message tells the person what is missing. */
export type PasswordRule = { pattern: string; message: string }

/** What a partner may set; read through `partnerSettings()` only, which fills in the defaults. */
export type PartnerSettings = {
  /** Accept KS of version 1 (§2.6). Version 2 is always accepted and always the one issued. */
  acceptKsVersion1?: boolean
  /** Longest life of a KS, seconds. */
  ksMaxExpiry?: number
  /** Of a browser session; 0 means as long as the installation lets it, which is also the most. */
  sessionIdleMinutes?: number
  sessionHours?: number
  /** Who must give a one-time code. */
  secondFactor?: 'none' | 'all' | 'admins' | 'nonAdmins'
  passwordPreset?: 'compatible' | 'nist' | 'own'
  passwordRules?: PasswordRule[]
  /** How many former passwords may not come back; 0 switches it off. */
  previousPasswordsKept?: number
  /** Seconds after which a password must be replaced; 0 means never. */
  passwordReplaceFrequency?: number
  maxLoginAttempts?: number
  /** Seconds. */
  loginBlockPeriod?: number
  /** −1 means unlimited. */
  adminLoginUsersQuota?: number
  /** Where `user.notifyBan` delivers. */
  notificationUrl?: string
  /** Mail about every bulk upload that ended. */
  bulkNotifications?: boolean
  /** To whom, where the upload itself names nobody; the account's own address when empty. */
  bulkNotificationsEmail?: string
  features?: string[]
  allowedAdminEmailDomains?: string[]
  /** Role of an admin added without roles; the default is the system's "Publisher Administrator". */
  adminRoleId?: number
  /** Role of a USER session without a user; the default is the system's "Basic User Session Role". */
  userSessionRoleId?: number
  /** A login of another partner is linked without asking, as the reference does. */
  linkLoginsAcrossPartners?: boolean
  /** Ids made from an external id are its keyed hash (§3.5). */
  hashExternalIds?: boolean
  /** People sign in at the partner's identity provider. */
  sso?: boolean
  ssoPerUserAllowed?: boolean
  /** Password sign-in is refused, except for users with `isSsoExcluded`. */
  directLoginBlocked?: boolean
}
