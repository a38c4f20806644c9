import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { endBrowserSession } from '@/db/queries/sessions'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { ownMemberships } from '@/lib/auth/own-login'
import { sameSecret } from '@/lib/id'
import { openSessionsOf } from '../own-sessions'
import { EndSessionInput } from '../schema'

const action = 'account.endSession'

/** Signs the person out of one browser. `INVALID_FIELD_VALUE` for what is no open session of this person, `MISSING_KS`. */
export const endSession = defineAction({
  name: action,
  summary: 'Signs the signed-in person out of one browser.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: EndSessionInput,
  output: z.null(),
  errors: ['MISSING_KS'],
  changes: ['account', 'audit'],

  async handle(ctx, { id }) {
    const { memberships } = await ownMemberships(ctx)
    const found = (await openSessionsOf(memberships, ctx.now)).find(({ session }) => sameSecret(session.idHash, id))
    if (!found) throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }).at('id')
    const { partner, user } = found
    await transaction(async () => {
      const ended = await endBrowserSession(partner.id, id, ctx.now)
      const target = { type: 'user', id: user.id, key: user.key }
      // Of two at once, one has ended it.
      if (ended) await recordChange(ctx, { action, partnerId: partner.id, target })
    })
    return null
  },
})
