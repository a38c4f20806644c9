import 'server-only'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { allows } from '@/lib/action/permissions'
import { loginEmailOf } from '@/lib/auth/login-email'

const mostRecipients = 10

/**
 * Whom the uploader wants to be mailed (§7), each one address. Counts only for those who look after people: others could have
 * strangers mailed. `INVALID_FIELD_VALUE` (emailRecipients).
 */
export function recipientsOf({ actor }: PartnerContext, text: string | null | undefined): string[] {
  if (!text || !allows(actor.grants, ['ADMIN_BASE', 'ADMIN_USER_BULK'])) return []
  const given = text
    .split(/[,;]/)
    .map((item) => item.trim())
    .filter(Boolean)
  const addresses = given.map(loginEmailOf).filter((address) => address !== null)
  if (addresses.length < given.length || given.length > mostRecipients)
    throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'emailRecipients' })
  return [...new Set(addresses)]
}
