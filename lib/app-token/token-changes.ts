import 'server-only'
import type { AppTokenRow } from '@/db/queries/app-tokens'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { provisionUser } from '@/lib/user/provision-user'
import { isUserId } from '@/lib/user/user-changes'
import type { AppTokenData } from './schema'

export const readOnly = ['id', 'token', 'partnerId', 'createdAt', 'updatedAt', 'status'] as const

/** What a caller can set, as it is stored. */
export type TokenSettings = Omit<AppTokenRow, 'partnerId' | 'id' | 'secret' | 'createdAt' | 'updatedAt'>

/**
 * What was sent over what was set: absent fields stay, `null` goes back to the default. A user who is named and does not exist is added
 * (appendix A); `INVALID_FIELD_VALUE` for an id that cannot be one.
 */
export async function changedSettings(ctx: PartnerContext, before: TokenSettings, sent: AppTokenData): Promise<TokenSettings> {
  const standard = defaultSettings(ctx)
  return {
    userKey: sent.sessionUserId === undefined ? before.userKey : await userKeyOf(ctx, sent.sessionUserId),
    sessionType: sent.sessionType === undefined ? before.sessionType : sent.sessionType,
    sessionDuration:
      sent.sessionDuration === undefined ? before.sessionDuration : (sent.sessionDuration ?? standard.sessionDuration),
    sessionPrivileges: sent.sessionPrivileges === undefined ? before.sessionPrivileges : sent.sessionPrivileges,
    hashType: sent.hashType === undefined ? before.hashType : (sent.hashType ?? standard.hashType),
    description: sent.description === undefined ? before.description : sent.description,
    expiresAt: sent.expiry === undefined ? before.expiresAt : sent.expiry ? sent.expiry * 1000 : null,
  }
}

export function defaultSettings({ partner }: PartnerContext): TokenSettings {
  return {
    userKey: null,
    sessionType: null,
    sessionDuration: partner.settings.ksMaxExpiry,
    sessionPrivileges: null,
    hashType: 'SHA1',
    description: null,
    expiresAt: null,
  }
}

async function userKeyOf(ctx: PartnerContext, userId: string | null) {
  if (!userId) return null
  if (!isUserId(userId))
    throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'sessionUserId' }).at('appToken.sessionUserId')
  return (await provisionUser(ctx, userId)).key
}
