import 'server-only'
import { insertAuditEntry } from '@/db/queries/audit'
import type { FieldChanges } from '@/db/types'
import type { Context } from '@/lib/action/context'

type Row = Record<string, unknown>

type Change = {
  action: string
  target?: { type: string; id: string; key?: number }
  /** The rows around the change; what differs is recorded by field. */
  before?: Row
  after?: Row
  reason?: string
  /** The code of a refusal; a success without it. */
  result?: string
  /** By which browser, for what a person looks through to find a stranger's sign-in. */
  device?: string
  /** The partner it happened in, where the context has none yet (sign-in). */
  partnerId?: number
}

/** Never in the log: secrets, and what other columns are derived from. */
export const unlisted = /password|secret|seed|hash|^searchText$|Key$|^key$|^partnerId$|^version$|^updatedAt$|^formerStatus$/i

/** Writes who did what, in the transaction of the change itself. */
export async function recordChange(
  ctx: Context,
  { action, target, before, after, reason, result = 'OK', device, partnerId }: Change,
) {
  await insertAuditEntry({
    partnerId: partnerId ?? ctx.partner?.id ?? 0,
    at: ctx.now,
    ...actorOf(ctx),
    action,
    result,
    targetType: target?.type,
    targetId: target?.id,
    targetKey: target?.key,
    changes: changesBetween(before, after),
    reason,
    origin: ctx.origin,
    address: ctx.address || null,
    device,
    requestId: ctx.requestId,
  })
}

function actorOf({ actor, origin }: Context) {
  if (actor.kind === 'user') return { actorKind: 'user' as const, actorId: actor.userId }
  if (actor.kind === 'operator')
    return { actorKind: origin === 'usher' ? ('usher' as const) : ('operator' as const), actorId: null }
  return { actorKind: 'anonymous' as const, actorId: null }
}

function changesBetween(before: Row = {}, after: Row = {}): FieldChanges {
  const changes: FieldChanges = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (unlisted.test(field)) continue
    const [was, is] = [present(before[field]), present(after[field])]
    if (JSON.stringify(was) !== JSON.stringify(is)) changes[field] = { before: was, after: is }
  }
  return changes
}

/** Absent, null, empty and no items are the same to a reader. */
function present(value: unknown) {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value
}
