import { redirect } from 'next/navigation'
import { getLinkState } from '@/lib/account/server-actions'
import { ActionError } from '@/lib/action/errors'
import { isWholeKey } from '@/lib/auth/hash-key'

const pathOf = { password: '/set-password', enrolment: '/enrol', invitation: '/accept-invitation' } as const

/**
 * What has become of the mailed link whose key ends the address, asked without using it up (M10); `none` where there is no key. A link of
 * another kind goes on to its own page, and one that works no more where that can say more of it.
 */
export async function openLink(purpose: 'password' | 'enrolment', segments: string[] | undefined) {
  const hashKey = keyIn(segments)
  if (hashKey === null) return { state: 'none', hashKey: '' } as const
  const found = await getLinkState({ hashKey })
  if (!found.ok) return { state: 'damaged', hashKey } as const
  const { state, purpose: actual } = found.data
  const isElsewhere = actual === 'invitation' || (state === 'valid' && actual !== purpose)
  if (actual && isElsewhere) redirect(`${pathOf[actual]}/${encodeURIComponent(hashKey)}`)
  return { state, hashKey }
}

/** Why a link of a kind that no sign-in has gives nothing, by what was thrown for its key. */
export async function problemOf(error: unknown, hashKey: string): Promise<'expired' | 'restored' | 'gone' | 'damaged'> {
  if (!(error instanceof ActionError)) throw error
  if (!isWholeKey(hashKey)) return 'damaged'
  if (error.code === 'NEW_PASSWORD_HASH_KEY_EXPIRED') return 'expired'
  const found = await getLinkState({ hashKey })
  return found.ok && found.data.state === 'restored' ? 'restored' : 'gone'
}

/** The key as it was sent: an address may have its characters escaped. */
export function keyIn(segments: string[] | undefined): string | null {
  if (!segments) return null
  const key = segments.join('/')
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
