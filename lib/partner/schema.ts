import { z } from 'zod'
import { anyText, bool, int, intEnum, list, nameText, object, plainText, stringEnum, text } from '@/lib/action/fields'

/** Accounts: how the operator makes and steers them. Safe to import in the browser. */

export const PartnerStatus = { DELETED: 0, ACTIVE: 1, CONTENT_BLOCK: 2, FULL_BLOCK: 3, READ_ONLY: 4 } as const

const owner = {
  name: nameText(255),
  adminEmail: anyText(320),
  adminFirstName: nameText(255).optional(),
  adminLastName: nameText(255).optional(),
}

/** `partner.create`. Without a password the e-mail must be that of an existing login, whose person then owns this account too. */
export const CreatePartnerInput = z.object({ ...owner, adminPassword: anyText(4096).optional() })

/** What a new account is reached with; the secrets are shown once. */
export const CreatedPartner = z.object({
  partnerId: int(),
  adminSecret: z.string(),
  userSecret: z.string(),
  adminUserId: z.string(),
})

/** The first account, made by whoever holds the one-time link of the set-up. */
export const SetUpInput = z.object({ ...owner, token: anyText(200), adminPassword: anyText(4096) })
export const SetUpResult = z.object({ partnerId: int(), adminUserId: z.string() })

const commaList = text(10_000).transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

export const PasswordRuleData = object('UsherPasswordRule', { pattern: anyText(500), message: plainText(500) })

/** `partner.update`: every setting of an account; what is not sent stays. */
export const UpdatePartnerInput = z.object({
  partnerId: int(),
  name: nameText(255).optional(),
  status: intEnum('KalturaPartnerStatus', PartnerStatus).optional(),
  acceptKsVersion1: bool().optional(),
  ksMaxExpiry: int(1, 315_360_000).optional(),
  secondFactor: stringEnum('UsherSecondFactor', ['none', 'all', 'admins', 'nonAdmins']).optional(),
  passwordPreset: stringEnum('UsherPasswordPreset', ['compatible', 'nist', 'own']).optional(),
  passwordRules: list(PasswordRuleData, 20).optional(),
  previousPasswordsKept: int(0, 100).optional(),
  passwordReplaceFrequency: int(0, 3_153_600_000).optional(),
  maxLoginAttempts: int(1, 1_000_000).optional(),
  loginBlockPeriod: int(0, 31_536_000).optional(),
  adminLoginUsersQuota: int(-1, 1_000_000).optional(),
  notificationUrl: plainText(2048).optional(),
  features: commaList.optional(),
  allowedAdminEmailDomains: commaList.optional(),
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
