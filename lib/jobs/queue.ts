import 'server-only'
import { findJobByUniqueKey, insertJob, type JobRow } from '@/db/queries/jobs'
import type { PartnerContext } from '@/lib/action/context'
import { hashOf } from '@/lib/id'

type Wish = {
  kind: string
  payload: unknown
  /** The caller's own name for this request: sent again, it is the same job (R20). */
  requestId?: string | null
}

/** Puts a job into the queue, inside the transaction of its cause. `isNew` is false when the caller's request had made it before. */
export async function enqueue(ctx: PartnerContext, { kind, payload, requestId }: Wish): Promise<{ job: JobRow; isNew: boolean }> {
  const createdBy = ctx.actor.kind === 'user' ? ctx.actor.userId : ''
  // Two people may number their requests alike.
  const uniqueKey = requestId ? hashOf(JSON.stringify([createdBy, requestId])) : null
  const partnerId = ctx.partner.id
  const added = await insertJob({ partnerId, kind, payload, uniqueKey, createdBy, createdAt: ctx.now, runAt: ctx.now })
  if (added) return { job: added, isNew: true }

  const known = uniqueKey && (await findJobByUniqueKey(partnerId, kind, uniqueKey))
  if (!known) throw new Error(`A job of kind ${kind} was neither added nor found`)
  return { job: known, isNew: false }
}
