import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import { findRole, permissionsInForce, permissionsOfRoles } from '@/db/queries/roles'
import type { UserRow } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { covers, grantsOf } from '@/lib/action/permissions'
import { heldRoles } from './held-roles'
import { encodeKsV2 } from './ks'
import { secretsOf } from './partner'
import { grantablePrivileges } from './privileges'
import { provenIssue } from './sign-in-proof'

type Session = {
  type: number
  userId: string
  expiry: number
  privileges: string
  source: 'signIn' | 'secret'
  secret?: string
  /** The login by which the person signed in; without it the KS opens no other account. */
  loginDataId?: number | null
  /** Epoch milliseconds; without it, now. A KS that comes from another one is ended by whatever would have ended that. */
  issuedAt?: number
}

/** A KS of this account, of version 2. `expiry` is seconds from now, at least 1 and at most the account's maximum. */
export async function issueKs(
  ctx: Context,
  partner: Partner,
  { source, secret, loginDataId, issuedAt = ctx.now, ...session }: Session,
) {
  const row = await findPartnerRow(partner.id)
  const signing = secret ?? (row && secretsOf(row).admin[0])
  if (!signing) throw new ActionError('INTERNAL_SERVERL_ERROR')
  const life = Math.min(Math.max(session.expiry, 1), partner.settings.ksMaxExpiry)
  const fields = { ...session, partnerId: partner.id, expiry: Math.floor(ctx.now / 1000) + life }
  // The format has no time of issue: sessions that must be ended by an event carry it as additional data.
  const additionalData = loginDataId ? provenIssue({ ...fields, loginDataId, issuedAt }) : `${source}.${issuedAt}`
  return encodeKsV2({ ...fields, additionalData }, signing, ctx.random(16))
}

/** The KS of a person who has signed in (§5.12); privileges raise no rights, whoever wrote them down. */
export async function issueSignInKs(
  ctx: Context,
  partner: Partner,
  user: UserRow,
  asked: { expiry: number; privileges: string },
) {
  return issueKs(ctx, partner, {
    type: user.isAdmin ? 2 : 0,
    userId: user.id,
    expiry: asked.expiry,
    privileges: await privilegesFor(partner, user, user.ksPrivileges || asked.privileges),
    source: 'signIn',
    loginDataId: user.loginDataId,
  })
}

/** What the user is given of the privileges asked for. */
export function privilegesFor(partner: Partner, user: UserRow, asked: string) {
  return grantablePrivileges(asked, { isAdmin: user.isAdmin, mayTake: (role) => coversRole(partner, user, role) })
}

/** Whether the user holds all that the role grants. */
async function coversRole(partner: Partner, user: UserRow, role: string) {
  if (role === 'null') return true
  const asked = await findRole(partner.id, role)
  if (!asked) return false
  const held = await permissionsInForce(partner.id, heldRoles(partner, user))
  return covers(grantsOf(held), grantsOf(await permissionsOfRoles(partner.id, [asked.key])))
}
