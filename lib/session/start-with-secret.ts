import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import { findRole } from '@/db/queries/roles'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { issueKs } from '@/lib/auth/issue-ks'
import { isOpen, secretsOf, toPartner } from '@/lib/auth/partner'
import { grantablePrivileges, readPrivileges } from '@/lib/auth/privileges'
import { sameSecret } from '@/lib/id'

type Wish = { secret: string; userId: string; type: number; expiry: number; privileges: string }

/**
 * A KS for whoever knows a secret of the account (appendix A): an admin secret opens any session, the user secret USER sessions.
 * `START_SESSION_ERROR`, `UNKNOWN_ROLE_ID` for a `setrole` that is nobody's.
 */
export async function startWithSecret(ctx: Context, partnerId: number, { secret, type, privileges: asked, ...wish }: Wish) {
  const row = await findPartnerRow(partnerId)
  const partner = row && toPartner(row)
  const signing = row && signingSecret(secretsOf(row), secret, type)
  if (!partner || !isOpen(partner) || !signing) throw new ActionError('START_SESSION_ERROR', { PID: partnerId })

  const isUserSecret = !secretsOf(row).admin.some((own) => sameSecret(own, secret))
  const privileges = isUserSecret ? await plainPrivileges(partner, asked) : asked
  const role = readPrivileges(privileges).get('setrole')?.[0]
  if (role && role !== 'null' && !(await findRole(partnerId, role))) throw new ActionError('UNKNOWN_ROLE_ID', { ID: role })
  return issueKs(ctx, partner, { ...wish, type, privileges, source: 'secret', secret: signing })
}

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
