import 'server-only'
import type { UserRow } from '@/db/queries/users'
import type { Context, SessionActor } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { issueKs, privilegesFor } from '@/lib/auth/issue-ks'
import { readPrivileges } from '@/lib/auth/privileges'
import { issueOf, readKs, validFrom } from '@/lib/auth/session-context'
import { recordingSwitch, type Switched, switchAccount } from '@/lib/auth/switch-account'
import { LoginByKsInput, SessionResponse } from '../sign-in-schema'

const longest = 86_400

/**
 * Changes to another account in which the caller's login has an administrator (§8.15). The new KS lives no longer than the old one and
 * has its privileges; the answer names the caller's user id in the account that he comes from, as old clients expect.
 */
export const loginByKs = defineAction({
  name: 'user.loginByKs',
  summary: 'Answers a KS of another account in which the same person is an administrator.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'KMC_ACCESS'],
  input: LoginByKsInput,
  output: SessionResponse,
  errors: [
    'DIRECT_LOGIN_BLOCKED',
    'INTERNAL_SERVER_ERROR',
    'INVALID_USER_ID',
    'LOGIN_BLOCKED',
    'LOGIN_DATA_NOT_FOUND',
    'NEW_LOGIN_REQUIRED',
    'PARTNER_CHANGE_ACCOUNT_DISABLED',
    'USER_DATA_ERROR',
    'USER_IS_BLOCKED',
  ],

  async handle(ctx, { requestedPartnerId: partnerId }) {
    const { actor, partner } = ctx
    // Only a KS is exchanged for a KS: a browser keeps to its cookie.
    if (actor.kind !== 'user' || !actor.ks) throw new ActionError('MISSING_KS')
    const { ks, user, userId } = actor
    const answer = { objectType: 'KalturaSessionResponse' as const, partnerId, userId }
    if (partnerId === partner.id) return { ...answer, ks }
    if (!userId) throw new ActionError('INVALID_USER_ID').withArgs({ PUSER: '' })
    if (!user) {
      refuseDisabled(actor, partnerId)
      throw new ActionError('USER_DATA_ERROR')
    }
    const changed = await recordingSwitch(ctx, { user, partnerId, action: 'user.loginByKs' }, async () => {
      refuseDisabled(actor, partnerId)
      const entered = await switchAccount(ctx, user, ks, partnerId)
      return { user: entered.user, ks: await newKs(ctx, { actor, ks }, entered) }
    })
    return { ...answer, ks: changed.ks }
  },
})

/** A KS without the privilege may change to any account, one with it only to those it names. */
function refuseDisabled({ privileges }: SessionActor, partnerId: number) {
  const allowed = readPrivileges(privileges).get('enablechangeaccount')
  if (allowed && !allowed.includes('*') && !allowed.includes(String(partnerId)))
    throw new ActionError('PARTNER_CHANGE_ACCOUNT_DISABLED')
}

async function newKs(ctx: Context, { actor, ks }: { actor: SessionActor; ks: string }, { partner, user, isProven }: Switched) {
  const privileges = await privilegesFor(partner, user, actor.privileges)
  // A session narrowed to one role must not become a wide one where there is no such role.
  if (readPrivileges(actor.privileges).has('setrole') && !readPrivileges(privileges).has('setrole'))
    throw new ActionError('NEW_LOGIN_REQUIRED')
  return issueKs(ctx, partner, {
    type: 2,
    userId: user.id,
    expiry: Math.min(longest, actor.expiresAt - Math.floor(ctx.now / 1000)),
    privileges,
    source: 'signIn',
    loginDataId: isProven ? user.loginDataId : null,
    issuedAt: await sinceOf(ctx, ks, user),
  })
}

/**
 * When the new KS counts as issued: when the old one was, so that a change of the password that is being reckoned ends both. No later than
 * now, whatever the old one says, which may be signed by anybody with the account's secret; no sooner than from when on sessions of the
 * user there are valid. Epoch milliseconds.
 */
async function sinceOf({ now }: Context, ks: string, user: UserRow) {
  const decoded = await readKs(ks)
  const issuedAt = decoded && issueOf(decoded).issuedAt
  return Math.max(Math.min(issuedAt ?? now, now), validFrom(user, 'signIn'))
}
