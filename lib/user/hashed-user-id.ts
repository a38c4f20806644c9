import 'server-only'
import { createHmac } from 'node:crypto'
import { keyFor } from '@/lib/auth/seal'

/** The id of a user known by an external id: its hash under the installation's key, 64 hex digits (§3.5). */
export function hashedUserId(partnerId: number, externalId: string) {
  const normalised = externalId.toLowerCase().replaceAll(' ', '').trim()
  return createHmac('sha256', keyFor('user-id')).update(`${partnerId}_${normalised}`).digest('hex')
}
