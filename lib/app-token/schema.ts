import { z } from 'zod'
import { anyText, int, intEnum, list, object, plainText, stringEnum, text } from '@/lib/action/fields'
import { changeTimes, FilterPager } from '@/lib/action/listing'
import { SessionType } from '@/lib/session/schema'

/** Application tokens (appendix A): they start sessions in place of the account's secret. Safe to import in the browser. */

/** Disabled is a token whose user is blocked. */
export const AppTokenStatus = { DISABLED: 1, ACTIVE: 2, DELETED: 3 } as const

export const appTokenHashTypes = ['MD5', 'SHA1', 'SHA256', 'SHA512'] as const

const settable = {
  /** Epoch seconds from which on it starts no session; 0 or null for never. */
  expiry: int(0, 253_402_300_799).nullish(),
  /** Null leaves it to whoever starts a session. */
  sessionType: intEnum('KalturaSessionType', SessionType).nullish(),
  /** Whose sessions it starts; without it, anybody's. */
  sessionUserId: anyText(1000).nullish(),
  /** Seconds. */
  sessionDuration: int(1, 315_360_000).nullish(),
  sessionPrivileges: text(8192).nullish(),
  hashType: stringEnum('KalturaAppTokenHashType', appTokenHashTypes).nullish(),
  description: plainText(8192).nullish(),
}

const status = intEnum('KalturaAppTokenStatus', AppTokenStatus)

/** A token as a caller sends it; `null` clears. */
export const AppTokenData = object('KalturaAppToken', {
  ...settable,
  id: text(100).nullish(),
  token: text(100).nullish(),
  partnerId: int().nullish(),
  createdAt: int().nullish(),
  updatedAt: int().nullish(),
  status: status.nullish(),
  objectType: text(100).optional(),
})
export type AppTokenData = z.output<typeof AppTokenData>

export const AppToken = object('KalturaAppToken', {
  objectType: stringEnum('objectType', ['KalturaAppToken']),
  id: text(100),
  /** Left out for a caller with fewer rights than the token's sessions have. */
  token: text(100).nullish(),
  partnerId: int(),
  createdAt: int(),
  updatedAt: int(),
  status,
  ...settable,
})
export type AppToken = z.output<typeof AppToken>

export const AddAppTokenInput = z.object({ appToken: AppTokenData })
export const UpdateAppTokenInput = z.object({ id: text(100), appToken: AppTokenData })

/** `appToken.get` and `appToken.delete`. */
export const OneAppTokenInput = z.object({ id: text(100) })

export const appTokenOrders = ['createdAt', 'updatedAt'] as const

export const AppTokenFilter = object('KalturaAppTokenFilter', {
  idEqual: text(100).nullish(),
  idIn: text(60_000).nullish(),
  ...changeTimes,
  statusEqual: intEnum('KalturaAppTokenStatus', AppTokenStatus).nullish(),
  statusIn: text(1000).nullish(),
  sessionUserIdEqual: anyText(1000).nullish(),
  orderBy: text(1000).nullish(),
  objectType: text(100).optional(),
})

export const ListAppTokensInput = z.object({ filter: AppTokenFilter.nullish(), pager: FilterPager.nullish() })

export const AppTokenListResponse = object('KalturaAppTokenListResponse', {
  objectType: stringEnum('objectType', ['KalturaAppTokenListResponse']),
  totalCount: int(),
  objects: list(AppToken),
})

/** `appToken.startSession`. `tokenHash` is the hex hash of the caller's KS followed by the token. */
export const StartAppTokenSessionInput = z.object({
  id: text(100),
  tokenHash: anyText(1000),
  userId: anyText(1000).nullish(),
  type: intEnum('KalturaSessionType', SessionType).nullish(),
  expiry: int().nullish(),
  sessionPrivileges: text(8192).nullish(),
})
