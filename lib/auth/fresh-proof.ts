import 'server-only'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { env } from '@/lib/env'

const minute = 60_000

/**
 * What gives rights, takes many people's data along or shows the account's secrets asks a person in a browser for a password that was typed
 * not long ago (S11): an unlocked screen, or a stolen cookie, is not enough for it. `PROOF_REQUIRED`. A KS is asked for nothing.
 */
export function requireFreshProof({ actor, now }: Context) {
  if (actor.kind !== 'user' || actor.browserSession === null) return
  if (now - (actor.provenAt ?? 0) > env().sessionProofMinutes * minute) throw new ActionError('PROOF_REQUIRED')
}
