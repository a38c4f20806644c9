import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { forbidden } from '@/lib/action/forbidden'
import { covers } from '@/lib/action/permissions'
import { recordChange } from '@/lib/audit/record-change'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { secretsOf } from '@/lib/auth/partner'
import { readPrivileges } from '@/lib/auth/privileges'
import { grantsOfSession } from '@/lib/auth/session-grants'
import { SessionType } from '@/lib/session/schema'
import { ownPartner } from '../own-partner'
import { AccountSecrets, ShowSecretsInput } from '../schema'

const action = 'partner.showSecrets'

/**
 * Shows what programs start sessions with; that somebody saw it is recorded. Whoever has the admin secret has all rights of the account
 * for good, so it is shown only to a person in the console who has them all (Z08), and to the operator: `SERVICE_FORBIDDEN` for others and
 * for any KS, which is to end. `PROOF_REQUIRED` (S11).
 */
export const showSecrets = defineAction({
  name: action,
  summary: 'Shows the secrets that programs start sessions with, to an administrator in the console.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ACCOUNT_UPDATE_SETTINGS'],
  input: ShowSecretsInput,
  output: AccountSecrets,
  errors: ['UNKNOWN_PARTNER_ID'],
  changes: ['audit'],

  async handle(ctx) {
    const { actor, partner } = ctx
    if (actor.kind === 'user' && actor.browserSession === null) throw forbidden(action)
    const ofSecret = await grantsOfSession(partner, null, SessionType.ADMIN, readPrivileges(''))
    if (!covers(actor.grants, ofSecret)) throw forbidden(action)
    requireFreshProof(ctx)
    const { admin, user } = secretsOf(await ownPartner(partner.id))
    await recordChange(ctx, { action, target: { type: 'partner', id: String(partner.id), key: partner.id } })
    return { adminSecret: admin[0] ?? '', userSecret: user }
  },
})
