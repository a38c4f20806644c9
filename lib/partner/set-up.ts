import 'server-only'
import { countPartners } from '@/db/queries/partners'
import { deleteSetting, findSetting, putSetting } from '@/db/queries/settings'
import { ActionError } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { hashOf, newToken, sameSecret } from '@/lib/id'

const tokenHash = 'set-up-token-hash'

/** Whether there is still no account. */
export async function setUpIsOpen() {
  return (await countPartners()) === 0
}

/** A new one-time link while there is no account, else null. The former link is void: only the newest start's works. */
export async function newSetUpLink() {
  if (!(await setUpIsOpen())) return null
  const token = newToken()
  await putSetting(tokenHash, hashOf(token))
  return `${env().publicUrl}/set-up?token=${token}`
}

/** Whether the link leads anywhere: the set-up is open and the token is the newest. */
export async function isSetUpToken(token: string) {
  const stored = await findSetting(tokenHash)
  return stored !== null && sameSecret(hashOf(token), stored) && (await setUpIsOpen())
}

export async function refuseBadToken(token: string) {
  if (!(await isSetUpToken(token))) throw new ActionError('INVALID_HASH').at('token')
}

export async function closeSetUp() {
  await deleteSetting(tokenHash)
}
