import 'server-only'
import { findPartnerRow } from '@/db/queries/partners'
import type { Context, Partner, UserRow } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { encodeKsV2 } from './ks'
import { secretsOf } from './partner'
import { grantablePrivileges } from './privileges'

type Session = { type: number; userId: string; expiry: number; privileges: string; source: 'signIn' | 'secret'; secret?: string }

/** A KS of this account, of version 2. `expiry` is seconds from now, at least 1 and at most the account's maximum. */
export async function issueKs(ctx: Context, partner: Partner, { source, secret, ...session }: Session) {
  const row = await findPartnerRow(partner.id)
  const signing = secret ?? (row && secretsOf(row).admin[0])
  if (!signing) throw new ActionError('INTERNAL_SERVERL_ERROR')
  const life = Math.min(Math.max(session.expiry, 1), partner.settings.ksMaxExpiry)
  const fields = { ...session, partnerId: partner.id, expiry: Math.floor(ctx.now / 1000) + life }
  // The format has no time of issue: sessions that must be ended by an event carry it as additional data.
  return encodeKsV2({ ...fields, additionalData: `${source}.${ctx.now}` }, signing, ctx.random(16))
}

/** The KS of a person who has signed in (§5.12). */
export function issueSignInKs(ctx: Context, partner: Partner, user: UserRow, asked: { expiry: number; privileges: string }) {
  return issueKs(ctx, partner, {
    type: user.isAdmin ? 2 : 0,
    userId: user.id,
    expiry: asked.expiry,
    privileges: user.ksPrivileges || grantablePrivileges(asked.privileges, user.isAdmin),
    source: 'signIn',
  })
}
