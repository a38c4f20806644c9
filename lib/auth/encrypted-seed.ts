import 'server-only'
import { createCipheriv } from 'node:crypto'
import { findPartnerRow } from '@/db/queries/partners'
import { ActionError } from '@/lib/action/errors'
import { secretsOf } from './partner'

const block = 16

/**
 * A one-time code seed as the account's own programs read it (§6): AES-256-CBC under the account's admin secret, padded by zeros, the
 * initialisation vector zeros, base64. Empty without a seed.
 */
export async function encryptedSeed(partnerId: number, seed: string) {
  if (seed === '') return ''
  const partner = await findPartnerRow(partnerId)
  const secret = partner && secretsOf(partner).admin[0]
  if (!secret) throw new ActionError('INTERNAL_SERVERL_ERROR')
  const padded = Buffer.alloc(Math.ceil(seed.length / block) * block)
  padded.write(seed, 'ascii')
  const cipher = createCipheriv('aes-256-cbc', Buffer.from(secret, 'ascii'), Buffer.alloc(block)).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}
