import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { findLoginData, findLoginDataForUpdate } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError, isCode } from '@/lib/action/errors'
import { giveHashKey } from '@/lib/auth/hash-key'
import { loginEmailOf } from '@/lib/auth/login-email'
import { isResetOff, ownerOf, recordLoginChange } from '@/lib/auth/memberships'
import { isOpen } from '@/lib/auth/partner'
import { workOfOneHash } from '@/lib/auth/password'
import { countReset } from '@/lib/auth/reset-limit'
import { env } from '@/lib/env'
import { queueMail } from '@/lib/mail/outbox'
import { ResetPasswordInput } from '../sign-in-schema'

/**
 * Mails a link to set a new password (§8.20). The answer is null and takes as long for everybody, known or not, within the limit or
 * beyond it. The password that there is goes on until a new one is set. All kinds of link lead to the same page.
 */
export const resetPassword = defineAction({
  name: 'user.resetPassword',
  summary: 'Mails a link to set a new password, if the address is known; answers null in any case.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: ResetPasswordInput,
  output: z.null(),
  errors: [],
  mask: (error) => (isCode(error, 'RESOURCE_IS_RESERVED', 'INTERNAL_DATABASE_ERROR', 'INTERNAL_SERVERL_ERROR') ? null : error),

  async handle(ctx, { email }) {
    // What follows is little beside it, so the time tells nothing (M07).
    await workOfOneHash()
    const isAllowed = await transaction(async () => {
      if (!(await countReset(ctx, email))) return false
      await sendLink(ctx, loginEmailOf(email))
      return true
    })
    if (!isAllowed) throw new ActionError('RESOURCE_IS_RESERVED', { RESOURCE_ID: 'resetPassword' })
    return null
  },
})

async function sendLink(ctx: Context, loginEmail: string | null) {
  const named = loginEmail ? await findLoginData(loginEmail) : null
  const login = named && (await findLoginDataForUpdate(named.id))
  if (!login) return
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  if (isResetOff(here.partner) || !isOpen(here.partner)) return
  const { key, expiresAt } = await giveHashKey(ctx, login, 'password')
  await recordLoginChange(ctx, login, { action: 'user.resetPassword' })
  const params = { ...about, link: `${env().publicUrl}/set-password/${key}`, expiresAt }
  await queueMail(here, { event: 'reset-password', recipient, language, params })
}
