import 'server-only'
import type { UserRow } from '@/db/queries/users'
import type { Context } from '@/lib/action/context'
import { recordChange } from '@/lib/audit/record-change'

/** Writes down that a user came into a group or left it, among the changes of the user. */
export async function recordLink(ctx: Context, action: string, user: UserRow, groups: { before?: string; after?: string }) {
  await recordChange(ctx, {
    action,
    target: { type: 'user', id: user.id, key: user.key },
    before: { group: groups.before },
    after: { group: groups.after },
  })
}
