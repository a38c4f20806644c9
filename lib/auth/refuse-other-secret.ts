import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findSomePartnerRow } from '@/db/queries/partners'
import { SettingsError } from '@/lib/env'
import { unsealSecret } from './partner'

/**
 * Refuses to start with another secret than the database was sealed with, as after a restore without it (C09): nobody could sign in with a
 * code, no program could call, and what is sealed from then on would be lost to the right one.
 */
export async function refuseOtherSecret() {
  const partner = await acrossPartners(findSomePartnerRow)
  if (!partner) return
  try {
    unsealSecret(partner.id, partner.userSecret)
  } catch {
    throw new SettingsError(
      'The database was sealed with another secret: set AUTH_SECRET, or the file auth-secret in the data folder, to the one that was in use with it.',
    )
  }
}
