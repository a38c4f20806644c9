import 'server-only'
import { z } from 'zod'
import { findPartnerRow } from '@/db/queries/partners'
import { findRole } from '@/db/queries/roles'
import type { Partner } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { issueKs } from '@/lib/auth/issue-ks'
import { isOpen, secretsOf, toPartner } from '@/lib/auth/partner'
import { grantablePrivileges, readPrivileges } from '@/lib/auth/privileges'
import { sameSecret } from '@/lib/id'
import { StartSessionInput } from '../schema'

/** Starts a session with an account's secret (appendix A): an admin secret for any, the user secret for USER sessions. */
export const startSession = defineAction({
  name: 'session.start',
  summary: "Starts a session with an account's secret; answers a KS.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS'],
  input: StartSessionInput,
  output: z.string(),

  async handle(ctx, { secret, type, expiry, ...input }) {
    const partnerId = input.partnerId ?? ctx.partner?.id ?? 0
    const row = await findPartnerRow(partnerId)
    const partner = row && toPartner(row)
    const signing = row && signingSecret(secretsOf(row), secret, type)
    if (!partner || !isOpen(partner) || !signing) throw new ActionError('START_SESSION_ERROR', { PID: partnerId })

    const isUserSecret = !secretsOf(row).admin.some((own) => sameSecret(own, secret))
    const asked = input.privileges ?? ''
    const privileges = isUserSecret ? await plainPrivileges(partner, asked) : asked
    const role = readPrivileges(privileges).get('setrole')?.[0]
    if (role && role !== 'null' && !(await findRole(partnerId, role))) throw new ActionError('UNKNOWN_ROLE_ID', { ID: role })
    return issueKs(ctx, partner, { type, userId: input.userId ?? '', expiry, privileges, source: 'secret', secret: signing })
  },
})

/** The user secret is often public: it opens sessions with the plain role only, whoever is named as their user. */
async function plainPrivileges({ settings }: Partner, asked: string) {
  const kept = await grantablePrivileges(asked, { isAdmin: false, mayTake: async () => false })
  return [kept, `setrole:${settings.userSessionRoleId}`].filter(Boolean).join(',')
}

/** The admin secret that signs, or null: the user secret only opens USER sessions and never signs (§2.6). */
function signingSecret({ admin, user }: { admin: string[]; user: string }, given: string, type: number) {
  const own = admin.find((secret) => sameSecret(secret, given))
  if (own) return own
  return type === 0 && sameSecret(user, given) ? (admin[0] ?? null) : null
}
