import 'server-only'
import { countRequest } from '@/db/queries/request-counts'
import type { Context } from '@/lib/action/context'
import { env } from '@/lib/env'
import { hashOf } from '@/lib/id'
import { loginEmailOf } from './login-email'
import { sourceOf } from './source-limit'

/** Milliseconds in which requests for reset links are counted together. */
export const resetSpan = 10 * 60 * 1000

const mostForAddress = 10

/**
 * Counts a request for a reset link, whether the address is known or not; false beyond 10 for one address or the setting's limit for
 * one source in ten minutes (§8.20). Inside the transaction of the request.
 */
export async function countReset(ctx: Context, email: string): Promise<boolean> {
  const window = { span: resetSpan, now: ctx.now }
  const forAddress = await countRequest(`reset-address:${hashOf(mailboxOf(email))}`, window)
  const fromSource = await countRequest(`reset-source:${sourceOf(ctx.address)}`, window)
  return forAddress <= mostForAddress && fromSource <= env().resetsPerAddress
}

/** Many providers deliver `a.b+c@…` to `ab@…`: a flood in all spellings is one flood (M08). Only for counting. */
function mailboxOf(email: string) {
  const canonical = loginEmailOf(email) ?? email.trim().toLowerCase()
  const [local = '', domain = ''] = canonical.split('@')
  return `${local.replace(/\+.*$/, '').replaceAll('.', '')}@${domain}`
}
