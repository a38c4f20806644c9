import 'server-only'
import { fullNameOf } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { withoutDots } from './without-dots'

/** Who did it, as mails tell; `Unknown` for a session without a person (§7). */
export function actorName({ actor }: Context) {
  const name = actor.kind === 'user' && actor.user ? fullNameOf(actor.user) : ''
  return withoutDots(name) || 'Unknown'
}
