import { z } from 'zod'
import { itemsOf } from '@/db/comma-list'
import { partnerStatus } from '@/db/statuses'
import type { Refusal } from '@/lib/action/field-problems'
import { anyText, bool, int, intEnum, list, nameText, object, plainText, stringEnum, text, time } from '@/lib/action/fields'
import { FilterPager } from '@/lib/action/listing'

/** Accounts: how the operator makes and steers them. Safe to import in the browser. */

export const PartnerStatus = {
  DELETED: partnerStatus.deleted,
  ACTIVE: partnerStatus.active,
  CONTENT_BLOCK: partnerStatus.contentBlock,
  FULL_BLOCK: partnerStatus.fullBlock,
  READ_ONLY: partnerStatus.readOnly,
} as const

const owner = {
  name: nameText(255),
  adminEmail: anyText(320),
  adminFirstName: nameText(255).optional(),
  adminLastName: nameText(255).optional(),
}

/** `partner.create`. Without a password the e-mail must be that of an existing login, whose person then owns this account too. */
export const CreatePartnerInput = z.object({ ...owner, adminPassword: anyText(4096).optional() })

/** What a new account is reached with; `partner.showSecrets` shows the secrets again. */
export const CreatedPartner = z.object({
  partnerId: int(),
  adminSecret: z.string(),
  userSecret: z.string(),
  adminUserId: z.string(),
})

export const ShowSecretsInput = z.object({})

/** What programs start sessions with: the admin secret all kinds, the user secret plain ones. */
export const AccountSecrets = CreatedPartner.pick({ adminSecret: true, userSecret: true })
export type AccountSecrets = z.output<typeof AccountSecrets>

/** The first account, made by whoever holds the one-time link of the set-up. */
export const SetUpInput = z.object({ ...owner, token: anyText(200), adminPassword: anyText(4096) })
export const SetUpResult = z.object({ partnerId: int(), adminUserId: z.string() })

const commaList = text(10_000).transform(itemsOf)

/** The domains of e-mail addresses, in small letters. */
const domainList = commaList
  .transform((domains) => domains.map((domain) => domain.toLowerCase()))
  .check(({ value: domains, issues }) => {
    const bad = domains.find((domain) => !isDomain(domain))
    if (bad === undefined) return
    const params: Refusal = { code: 'INVALID_FIELD_VALUE', problem: 'DOMAIN', args: { DOMAIN: bad } }
    issues.push({ code: 'custom', input: domains, params })
  })

/** Names of letters, digits and hyphens, at least two of them, with dots between. */
function isDomain(text: string) {
  const labels = text.split('.')
  return labels.length > 1 && text.length <= 255 && labels.every((part) => part.length <= 63 && label.test(part))
}

const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u

export const PasswordRuleData = object('UsherPasswordRule', { pattern: anyText(500), message: plainText(500) })

/** The longest spans of time that an account may set, in seconds. */
export const longest = { passwordReplaceFrequency: 3_153_600_000, loginBlockPeriod: 31_536_000, ksMaxExpiry: 315_360_000 }

/** How people sign in: what an account may set itself. Ages and periods are seconds. */
const security = {
  secondFactor: stringEnum('UsherSecondFactor', ['none', 'all', 'admins', 'nonAdmins']),
  passwordPreset: stringEnum('UsherPasswordPreset', ['compatible', 'nist', 'own']),
  passwordRules: list(PasswordRuleData, 20),
  previousPasswordsKept: int(0, 100),
  passwordReplaceFrequency: int(0, longest.passwordReplaceFrequency),
  /** At least two: where a code is asked for, the right password alone counts as one until the code comes (A03). */
  maxLoginAttempts: int(2, 1_000_000),
  loginBlockPeriod: int(0, longest.loginBlockPeriod),
  /** The longest life of a session that is issued to a program. */
  ksMaxExpiry: int(1, longest.ksMaxExpiry),
  /**
   * How long a browser stays signed in without use, and in any case; 0 for as long as the installation lets it, which is the most. The
   * bounds are those of `SESSION_IDLE_MINUTES` and `SESSION_HOURS`.
   */
  sessionIdleMinutes: int(0, 10_080),
  sessionHours: int(0, 720),
}

/** `partner.updateSettings`: what is not sent stays. `version` is the one that `partner.getSettings` answered. */
export const UpdateSettingsInput = z.object({
  version: int(),
  ...z.object(security).partial().shape,
  allowedAdminEmailDomains: domainList.optional(),
})

export const GetSettingsInput = z.object({})

export const AccountSettings = object('UsherAccountSettings', {
  objectType: stringEnum('objectType', ['UsherAccountSettings']),
  version: int(),
  ...security,
  allowedAdminEmailDomains: list(anyText(320)),
  /** How many administrators may sign in, which the operator sets; -1 for any number. */
  adminLoginUsersQuota: int(),
  /** What the operator lets browser sessions live, in all accounts. */
  mostSessionIdleMinutes: int(),
  mostSessionHours: int(),
})
export type AccountSettings = z.output<typeof AccountSettings>

/** `partner.update`: every setting of an account; what is not sent stays. */
export const UpdatePartnerInput = z.object({
  partnerId: int(),
  name: nameText(255).optional(),
  status: intEnum('KalturaPartnerStatus', PartnerStatus).optional(),
  acceptKsVersion1: bool().optional(),
  ...z.object(security).partial().shape,
  adminLoginUsersQuota: int(-1, 1_000_000).optional(),
  notificationUrl: plainText(2048).optional(),
  bulkNotifications: bool().optional(),
  bulkNotificationsEmail: anyText(320).optional(),
  features: commaList.optional(),
  allowedAdminEmailDomains: domainList.optional(),
  adminRoleId: int().optional(),
  userSessionRoleId: int().optional(),
  linkLoginsAcrossPartners: bool().optional(),
  hashExternalIds: bool().optional(),
  sso: bool().optional(),
  ssoPerUserAllowed: bool().optional(),
  directLoginBlocked: bool().optional(),
})

export const UpdatedPartner = z.object({
  partnerId: int(),
  name: z.string(),
  status: int(),
  settings: z.record(z.string(), z.unknown()),
})

/** 0 stands for everybody. */
export const TwoFactorMode = { ALL: 0, ADMIN_USERS_ONLY: 1, NON_ADMIN_USERS_ONLY: 2 } as const
export const AuthenticationType = { PASSWORD_ONLY: 0, TWO_FACTOR_AUTH: 1, SSO: 2 } as const

/** An account as it is answered: without its secrets, which only `partner.create` and `partner.showSecrets` tell. */
export const PartnerAnswer = object('KalturaPartner', {
  objectType: stringEnum('objectType', ['KalturaPartner']),
  id: int(),
  name: anyText(255),
  status: intEnum('KalturaPartnerStatus', PartnerStatus),
  createdAt: time(),
  adminEmail: anyText(320).nullish(),
  adminUserId: anyText(1000).nullish(),
  notificationUrl: anyText(2048).nullish(),
  adminLoginUsersQuota: int().nullish(),
  authenticationType: intEnum('KalturaPartnerAuthenticationType', AuthenticationType).nullish(),
  useTwoFactorAuthentication: bool().nullish(),
  twoFactorAuthenticationMode: intEnum('KalturaTwoFactorAuthenticationMode', TwoFactorMode).nullish(),
  useSso: bool().nullish(),
  blockDirectLogin: bool().nullish(),
  maxLoginAttempts: int().nullish(),
  loginBlockPeriod: int().nullish(),
  numPrevPassToKeep: int().nullish(),
  passReplaceFreq: int().nullish(),
  allowedEmailDomainsForAdmins: anyText(65_000).nullish(),
})

export const GetPartnerInput = z.object({ id: int().nullish() })

export const partnerOrders = ['id', 'name', 'adminEmail', 'createdAt', 'status'] as const

export const PartnerFilter = object('KalturaPartnerFilter', {
  idEqual: int().nullish(),
  idIn: text(60_000).nullish(),
  idNotIn: text(60_000).nullish(),
  idGreaterThan: int().nullish(),
  nameLike: text(256).nullish(),
  nameEqual: text(255).nullish(),
  statusEqual: intEnum('KalturaPartnerStatus', PartnerStatus).nullish(),
  statusIn: text(1000).nullish(),
  createdAtGreaterThanOrEqual: time().nullish(),
  orderBy: text(1000).nullish(),
  objectType: text(100).optional(),
})
export type PartnerFilter = z.output<typeof PartnerFilter>

export const ListPartnersInput = z.object({ filter: PartnerFilter.nullish(), pager: FilterPager.nullish() })
export const ListPartnersForUserInput = z.object({ partnerFilter: PartnerFilter.nullish(), pager: FilterPager.nullish() })

export const PartnerListResponse = object('KalturaPartnerListResponse', {
  objectType: stringEnum('objectType', ['KalturaPartnerListResponse']),
  totalCount: int(),
  objects: list(PartnerAnswer),
})
