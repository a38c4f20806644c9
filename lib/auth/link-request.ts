import 'server-only'
import { transaction } from '@/db/client'
import type { LoginDataRow } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { ActionError, isCode } from '@/lib/action/errors'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'
import { giveHashKey } from './hash-key'
import { isResetOff, ownerOf, recordLoginChange } from './memberships'
import { isOpen } from './partner'
import { countReset } from './reset-limit'

/** A link by mail, for whoever asks: what becomes of it is told to the mailbox alone. */

/**
 * Sends by `send` what was asked for, inside a transaction, unless too much was asked for `address` or by this source (M08):
 * `RESOURCE_IS_RESERVED`. Null in any case that is not refused.
 */
export async function takeLinkRequest(ctx: Context, address: string, send: () => Promise<void>): Promise<null> {
  const isAllowed = await transaction(async () => {
    if (!(await countReset(ctx, address))) return false
    await send()
    return true
  })
  if (!isAllowed) throw new ActionError('RESOURCE_IS_RESERVED', { RESOURCE_ID: 'resetPassword' })
  return null
}

/** The mask of such an action: who asks learns of no refusal. */
export const answerAlike = (error: ActionError) =>
  isCode(error, 'RESOURCE_IS_RESERVED', 'INTERNAL_DATABASE_ERROR', 'INTERNAL_SERVERL_ERROR') ? null : error

/**
 * Mails a link to set a new password, unless the account has switched that off or is closed. Inside a transaction that holds the login.
 */
export async function mailPasswordLink(ctx: Context, login: LoginDataRow, action: string) {
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  if (isResetOff(here.partner) || !isOpen(here.partner)) return
  const { key, expiresAt } = await giveHashKey(ctx, login, 'password')
  await recordLoginChange(ctx, login, { action })
  const params = { ...about, link: `${env().publicUrl}/set-password/${key}`, expiresAt }
  await queueMail(here, { event: 'reset-password', recipient, language, params })
}
