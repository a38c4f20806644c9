import type { input } from 'zod'
// The small build of zod, as in the list of users.
import * as z from 'zod/mini'
import { mailEvents, mailStatuses } from '@/lib/mail/enums'
import type { ListMailsInput } from '@/lib/mail/schema'

/** What the list of mails shows: all of it is in the address, so that back, reload and a pasted link show the same. */

const orNothing = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined)
const key = orNothing(z.coerce.number().check(z.int(), z.minimum(1)))

const View = z.object({
  to: orNothing(z.string().check(z.maxLength(320))),
  status: orNothing(z.enum(mailStatuses)),
  event: orNothing(z.enum(mailEvents)),
  /** Older than this mail, or newer; see `mail.list`. */
  before: key,
  after: key,
  /** The mail whose drawer is open. */
  mail: key,
})
export type MailView = z.output<typeof View>

/** Every field has a fallback: an address with nonsense in it shows the plain list. */
export function readMailView(params: Record<string, string | string[] | undefined>): MailView {
  return View.parse(
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])),
  )
}

/** The address of the list with some of it changed. Another selection begins at the newest. */
export function mailHref(view: MailView, changes: Partial<MailView>) {
  const staysHere = Object.keys(changes).every((name) => ['mail', 'before', 'after'].includes(name))
  const next = { ...view, ...(!staysHere && atNewest), ...changes }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(next)) if (value !== undefined && value !== '') params.set(name, String(value))
  const query = params.toString()
  return query ? `/mail?${query}` : '/mail'
}

export const atNewest = { before: undefined, after: undefined }
export const noMailFilters = { to: undefined, status: undefined, event: undefined }

export const isFiltered = ({ to, status, event }: MailView) => Boolean(to || status || event)

/** The list action's input. */
export function toListInput({ to, status, event, before, after }: MailView): input<typeof ListMailsInput> {
  const filter = { recipientLike: to, statusEqual: status, eventEqual: event }
  return { filter, beforeKey: before, afterKey: after, pageSize: 50 }
}
