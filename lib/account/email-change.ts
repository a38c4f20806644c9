import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { type EmailChangeRow, findEmailChange, putEmailChange } from '@/db/queries/email-changes'
import { findLoginData, findLoginDataById, type LoginDataRow } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { newHashKey, readHashKey } from '@/lib/auth/hash-key'
import { membershipsOf, ownerOf } from '@/lib/auth/memberships'
import { isUsable } from '@/lib/auth/sign-in-target'
import { env } from '@/lib/env'
import { sameSecret } from '@/lib/id'
import { queueMail } from '@/lib/mail/outbox'
import { refuseForeignDomain } from '@/lib/user/policy'

/** A new sign-in address, which counts for nothing until the present address and the new one have both confirmed it (Z10). */

export type Side = 'old' | 'new'

/** `LOGIN_ID_ALREADY_USED`, `EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS`, both of the field `newEmail`. */
export async function refuseNewEmail(login: LoginDataRow, newEmail: string) {
  if (await findLoginData(newEmail)) throw new ActionError('LOGIN_ID_ALREADY_USED').at('newEmail')
  for (const { partner, user } of await membershipsOf(login)) if (user.isAdmin) refuseForeignDomain(partner, newEmail, 'newEmail')
}

/** Mails a link to each side; those of an earlier change are over. Inside a transaction that holds the login. */
export async function beginEmailChange(ctx: Context, login: LoginDataRow, newEmail: string) {
  const [toOld, toNew] = [newHashKey(login.id, ctx.now, ctx.random), newHashKey(login.id, ctx.now, ctx.random)]
  const { expiresAt } = toOld
  const hashes = { oldKeyHash: toOld.keyHash, newKeyHash: toNew.keyHash }
  await putEmailChange({ loginDataId: login.id, newEmail, ...hashes, oldConfirmedAt: null, newConfirmedAt: null, expiresAt })

  const { here, language, about } = await ownerOf(ctx, login)
  const params = { ...about, oldEmail: login.loginEmail, newEmail, expiresAt }
  const letters = [
    { side: 'old', recipient: login.loginEmail, key: toOld.key },
    { side: 'new', recipient: newEmail, key: toNew.key },
  ] as const
  for (const { side, recipient, key } of letters) {
    const link = `${env().publicUrl}/confirm-email/${key}`
    await queueMail(here, { event: 'confirm-email-change', recipient, language, params: { ...params, side, link } })
  }
}

export type LinkedChange = { login: LoginDataRow; change: EmailChangeRow; side: Side }

/**
 * The change that a mailed link is about, and which address it was mailed to. Changes nothing. `now` is epoch milliseconds; `find` may
 * hold the login. `NEW_PASSWORD_HASH_KEY_INVALID`, `NEW_PASSWORD_HASH_KEY_EXPIRED`.
 */
export async function changeOfKey(key: string, now: number, find = findLoginDataById): Promise<LinkedChange> {
  const named = readHashKey(key)
  const login = named && (await find(named.loginDataId))
  const change = login?.setAsideAt === null ? await findEmailChange(login.id) : null
  const side = named && change && sideOf(change, named.keyHash)
  if (!login || !change || !side) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
  // Whoever no account lets in any more changes nothing by a link from before.
  const memberships = await acrossPartners(() => membershipsOf(login))
  if (!memberships.some(isUsable)) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
  if (change.expiresAt < now) throw new ActionError('NEW_PASSWORD_HASH_KEY_EXPIRED')
  return { login, change, side }
}

function sideOf({ oldKeyHash, newKeyHash }: EmailChangeRow, keyHash: string): Side | null {
  if (sameSecret(oldKeyHash, keyHash)) return 'old'
  return sameSecret(newKeyHash, keyHash) ? 'new' : null
}
