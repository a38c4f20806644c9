import 'server-only'
import { createHmac } from 'node:crypto'
import { sameSecret } from '@/lib/id'
import type { KsFields } from './ks'
import { keyFor } from './seal'

/**
 * Shows that the person himself signed in for a KS, which whoever holds the account's secret could claim but not prove: it is made with
 * the installation's key, for this login, this user and this expiry. Needed where a KS opens another account.
 */
type Signed = Pick<KsFields, 'partnerId' | 'userId' | 'expiry'> & { loginDataId: number; issuedAt: number }

const proofOf = ({ partnerId, userId, expiry, loginDataId, issuedAt }: Signed) =>
  createHmac('sha256', keyFor('sign-in-proof'))
    .update(JSON.stringify([partnerId, userId, expiry, loginDataId, issuedAt]))
    .digest('base64url')

/** What a KS carries as additional data: who made it and when (epoch milliseconds), and the proof. */
export const provenIssue = (signed: Signed) => `signIn.${signed.issuedAt}.${proofOf(signed)}`

/** Whether the KS comes from a sign-in with this login. */
export function isProvenSignIn({ additionalData, ...fields }: KsFields, loginDataId: number) {
  const [, issuedAt, proof] = /^signIn\.(\d{1,15})\.([\w-]{43})$/.exec(additionalData ?? '') ?? []
  if (issuedAt === undefined || proof === undefined) return false
  return sameSecret(proof, proofOf({ ...fields, loginDataId, issuedAt: Number(issuedAt) }))
}
