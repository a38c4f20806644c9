import 'server-only'
import { z } from 'zod'
import { findLoginDataForUpdate } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { findLapsedLink } from '@/lib/auth/hash-key'
import { inviteToEnrol } from '@/lib/auth/invite-to-enrol'
import { answerAlike, mailPasswordLink, takeLinkRequest } from '@/lib/auth/link-request'
import { isCodeAsked, membershipsOf, recordLoginChange } from '@/lib/auth/memberships'
import { workOfOneHash } from '@/lib/auth/password'
import { isUsable } from '@/lib/auth/sign-in-target'
import { RenewLinkInput } from '../schema'

const action = 'account.renewLink'

/**
 * Mails another link in the place of one that is expired, used, replaced or void, to the address of the login that it was for; the caller
 * names none. The answer is null and takes as long for every key, ours or not, and counts as a request for a reset link does. Nothing is
 * sent for a link that is good, for an invitation to another account, nor to whom no account lets in.
 */
export const renewLink = defineAction({
  name: action,
  summary: 'Mails a new link in the place of one that works no more, to its owner alone; answers null in any case.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: RenewLinkInput,
  output: z.null(),
  errors: [],
  mask: answerAlike,

  async handle(ctx, { hashKey }) {
    // What follows is little beside it, so the time tells nothing (M07).
    await workOfOneHash()
    const lapsed = await findLapsedLink(hashKey, ctx.now)
    // Who makes a key up uses up nothing of the login that it names.
    return takeLinkRequest(ctx, lapsed?.login.loginEmail ?? hashKey, () => sendLink(ctx, hashKey))
  },
})

async function sendLink(ctx: Context, hashKey: string) {
  const lapsed = await findLapsedLink(hashKey, ctx.now, findLoginDataForUpdate)
  if (!lapsed) return
  const { login, purpose } = lapsed
  const memberships = await membershipsOf(login)
  if (!memberships.some(isUsable)) return
  // A confirmed authenticator is never replaced by a link, and to set one up takes a password that is there.
  const isToEnrol = purpose === 'enrolment' && login.otpConfirmedAt === null && login.passwordHash !== null
  if (!isToEnrol || !isCodeAsked(memberships)) return mailPasswordLink(ctx, login, action)
  await inviteToEnrol(ctx, login)
  await recordLoginChange(ctx, login, { action })
}
