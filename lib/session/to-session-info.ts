import 'server-only'
import type { DecodedKs } from '@/lib/auth/ks'

/** What a session is, as it is answered (appendix A). */
export function toSessionInfo(ks: string, { partnerId, userId, expiry, privileges, type }: DecodedKs) {
  return { objectType: 'KalturaSessionInfo' as const, ks, sessionType: type, partnerId, userId, expiry, privileges }
}
