import 'server-only'
import { z } from 'zod'
import { findLoginData, findLoginDataForUpdate } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { answerAlike, mailPasswordLink, takeLinkRequest } from '@/lib/auth/link-request'
import { loginEmailOf } from '@/lib/auth/login-email'
import { workOfOneHash } from '@/lib/auth/password'
import { ResetPasswordInput } from '../sign-in-schema'

const action = 'user.resetPassword'

/**
 * Mails a link to set a new password (§8.20). The answer is null and takes as long for everybody, known or not, within the limit or
 * beyond it. The password that there is goes on until a new one is set. All kinds of link lead to the same page.
 */
export const resetPassword = defineAction({
  name: action,
  summary: 'Mails a link to set a new password, if the address is known; answers null in any case.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: ResetPasswordInput,
  output: z.null(),
  errors: [],
  mask: answerAlike,

  async handle(ctx, { email }) {
    // What follows is little beside it, so the time tells nothing (M07).
    await workOfOneHash()
    return takeLinkRequest(ctx, email, () => sendLink(ctx, loginEmailOf(email)))
  },
})

async function sendLink(ctx: Context, loginEmail: string | null) {
  const named = loginEmail ? await findLoginData(loginEmail) : null
  const login = named && (await findLoginDataForUpdate(named.id))
  if (login) await mailPasswordLink(ctx, login, action)
}
