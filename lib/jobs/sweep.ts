import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { deleteExpiredSessions, deleteOrphanedLogins, listEndedBlocks } from '@/db/queries/sweep'
import { findUserForUpdate, updateUser } from '@/db/queries/users'
import { type Context, newContext, operator } from '@/lib/action/context'
import { recordChange } from '@/lib/audit/record-change'
import { log } from '@/lib/log'
import { restorableFor } from '@/lib/user/end-user'

const every = 10_000
const mostBlocks = 100

/** What time does by itself: ends blocks that have an end, forgets what has expired. Answers how to stop it. */
export function startSweep() {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => sweep(Date.now())).catch((error) => log().error({ err: error }, 'sweep failed'))
  }, every)
  timer.unref()
  return () => {
    clearInterval(timer)
    return running
  }
}

/** One round. Safe to run in several processes at once. */
export async function sweep(now: number) {
  const ctx = newContext({ origin: 'usher', actor: operator, now })
  await acrossPartners(async () => {
    for (const { partnerId, id } of await listEndedBlocks(now, mostBlocks)) {
      await withPartner(partnerId, () => endBlock(ctx, partnerId, id))
    }
    await deleteExpiredSessions(now)
    await deleteOrphanedLogins(now - restorableFor)
  })
}

async function endBlock(ctx: Context, partnerId: number, id: string) {
  await transaction(async () => {
    const before = await findUserForUpdate(partnerId, id)
    if (before?.status !== 0 || before.blockedUntil === null || before.blockedUntil > ctx.now) return
    const after = await updateUser(before, {
      status: 1,
      statusUpdatedAt: ctx.now,
      updatedAt: ctx.now,
      blockReason: null,
      blockedUntil: null,
    })
    await recordChange(ctx, {
      action: 'user.update',
      partnerId,
      target: { type: 'user', id: after.id, key: after.key },
      before,
      after,
      reason: 'The block ended',
    })
  })
}
