import 'server-only'
import type { z } from 'zod'
import type { PartnerRow } from '@/db/queries/partners'
import { findUserByKey } from '@/db/queries/users'
import { seconds } from '@/lib/action/listing'
import { partnerSettings } from '@/lib/action/partner-settings'
import { AuthenticationType, type PartnerAnswer, TwoFactorMode } from './schema'

type Answer = z.input<typeof PartnerAnswer>

/** An account as its own administrators see it: no secrets. Inside the account. */
export async function toPartnerAnswer(row: PartnerRow): Promise<Answer> {
  const settings = partnerSettings(row.settings)
  const owner = row.ownerKey === null ? null : await findUserByKey(row.id, row.ownerKey)
  return {
    ...toPartnerName(row),
    adminEmail: row.adminEmail,
    adminUserId: owner?.id,
    notificationUrl: settings.notificationUrl,
    adminLoginUsersQuota: settings.adminLoginUsersQuota,
    authenticationType: settings.sso
      ? AuthenticationType.SSO
      : settings.secondFactor === 'none'
        ? AuthenticationType.PASSWORD_ONLY
        : AuthenticationType.TWO_FACTOR_AUTH,
    useTwoFactorAuthentication: settings.secondFactor !== 'none',
    twoFactorAuthenticationMode: modes[settings.secondFactor],
    useSso: settings.sso,
    blockDirectLogin: settings.directLoginBlocked,
    maxLoginAttempts: settings.maxLoginAttempts,
    loginBlockPeriod: settings.loginBlockPeriod,
    numPrevPassToKeep: settings.previousPasswordsKept,
    passReplaceFreq: settings.passwordReplaceFrequency,
    allowedEmailDomainsForAdmins: settings.allowedAdminEmailDomains.join(),
  }
}

/** An account as anybody who belongs to it may know it. */
export function toPartnerName({ id, name, status, createdAt }: PartnerRow): Answer {
  return { objectType: 'KalturaPartner', id, name, status: status as Answer['status'], createdAt: seconds(createdAt) }
}

const modes = {
  none: null,
  all: TwoFactorMode.ALL,
  admins: TwoFactorMode.ADMIN_USERS_ONLY,
  nonAdmins: TwoFactorMode.NON_ADMIN_USERS_ONLY,
} as const
