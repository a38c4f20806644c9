import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { seconds } from '@/lib/action/listing'
import { deviceName } from '@/lib/auth/known-device'
import { ownMemberships } from '@/lib/auth/own-login'
import { placeOf } from '@/lib/auth/place'
import { endOf } from '@/lib/auth/session-life'
import { sameSecret } from '@/lib/id'
import { openSessionsOf } from '../own-sessions'
import { NothingInput, OwnSessions } from '../schema'

/** The browsers in which the signed-in person is signed in, in all accounts, the one used last first. `MISSING_KS`. */
export const listSessions = defineAction({
  name: 'account.listSessions',
  summary: 'Lists the browsers in which the signed-in person is signed in.',
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: NothingInput,
  output: OwnSessions,
  errors: ['MISSING_KS'],

  async handle(ctx) {
    const { memberships } = await ownMemberships(ctx)
    const here = ctx.actor.kind === 'user' ? (ctx.actor.browserSession ?? null) : null
    const open = await openSessionsOf(memberships, ctx.now)
    const objects = open.map(({ partner, session }) => ({
      objectType: 'UsherOwnSession' as const,
      id: session.idHash,
      device: deviceName(session.userAgent),
      address: session.address,
      place: placeOf(session.address),
      accountName: partner.name,
      startedAt: seconds(session.startedAt),
      lastSeenAt: seconds(session.lastSeenAt),
      expiresAt: seconds(endOf(session, partner.settings)),
      isThis: here !== null && sameSecret(session.idHash, here),
    }))
    return { objectType: 'UsherOwnSessions' as const, objects }
  },
})
