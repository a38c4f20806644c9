import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import { ActionError } from '@/lib/action/errors'

/** The stored account of a caller. `UNKNOWN_PARTNER_ID`. */
export async function ownPartner(id: number) {
  const row = await findPartnerRow(id)
  if (!row) throw new ActionError('UNKNOWN_PARTNER_ID', { PID: id })
  return row
}
