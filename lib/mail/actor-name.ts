import 'server-only'
import { fullNameOf } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { withoutDots } from './without-dots'

/** Who did it where no person did: an operator or a program (§7). Nobody reads it: mails have their own words for it. */
export const unknownName = 'Unknown'

/** Who did it, as is kept with a mail. */
export function actorName({ actor }: Context) {
  const name = actor.kind === 'user' && actor.user ? fullNameOf(actor.user) : ''
  return withoutDots(name) || unknownName
}
