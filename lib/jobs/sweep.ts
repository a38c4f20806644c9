import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { deleteExpiredEmailChanges } from '@/db/queries/email-changes'
import { retireExpiredHashKeys } from '@/db/queries/login-data'
import { deleteLoginSources } from '@/db/queries/login-sources'
import { deleteRequestCounts } from '@/db/queries/request-counts'
import { deleteExpiredEnrolments } from '@/db/queries/second-factor'
import { deleteExpiredInvitations, deleteExpiredSessions, deleteOrphanedLogins, listEndedBlocks } from '@/db/queries/sweep'
import { findUserForUpdate, type UserRow, updateUser } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { type Context, newContext, operator } from '@/lib/action/context'
import { isCode } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { takeSeat } from '@/lib/auth/admin-quota'
import { knownFor } from '@/lib/auth/lockout'
import { findPartner } from '@/lib/auth/partner'
import { resetSpan } from '@/lib/auth/reset-limit'
import { log } from '@/lib/log'
import { restorableFor } from '@/lib/user/end-user'
import { sweepFiles } from './sweep-files'
import { warnOfBacklog } from './warn-of-backlog'

const mostBlocks = 100

/** What time does by itself: ends blocks that have an end, forgets what has expired. Answers how to stop it. */
export function startSweep() {
  const stops = [repeat(sweep, 10_000), repeat(sweepFiles, 3_600_000)]
  return async () => void (await Promise.all(stops.map((stop) => stop())))
}

/** Runs `round` every so many milliseconds, one after the other. */
function repeat(round: (now: number) => Promise<void>, every: number) {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => round(Date.now())).catch((error) => log().error({ err: error }, 'sweep failed'))
  }, every)
  timer.unref()
  return () => {
    clearInterval(timer)
    return running
  }
}

/** One round. Safe to run in several processes at once. */
export async function sweep(now: number) {
  warnOfBacklog()
  const ctx = newContext({ origin: 'usher', actor: operator, now })
  await acrossPartners(async () => {
    for (const { partnerId, id } of await listEndedBlocks(now, mostBlocks)) {
      await withPartner(partnerId, () => endBlock(ctx, partnerId, id))
    }
    await deleteExpiredSessions(now)
    await deleteExpiredInvitations(now)
    await forgetSignIns(now)
    await deleteOrphanedLogins(now - restorableFor)
  })
}

/** What was kept around signing in, when it has no meaning any more. */
async function forgetSignIns(now: number) {
  await retireExpiredHashKeys(now)
  await deleteExpiredEnrolments(now)
  await deleteExpiredEmailChanges(now)
  await deleteLoginSources(now - knownFor)
  await deleteRequestCounts(now - resetSpan)
}

async function endBlock(ctx: Context, partnerId: number, id: string) {
  await transaction(async () => {
    const before = await findUserForUpdate(partnerId, id)
    if (before?.status !== userStatus.blocked || before.blockedUntil === null || before.blockedUntil > ctx.now) return
    const end = (await isOverQuota(partnerId, before)) ? overQuota : blockEnded(ctx.now)
    const after = await updateUser(before, { ...end.changes, updatedAt: ctx.now })
    await recordChange(ctx, {
      action: 'user.update',
      partnerId,
      target: { type: 'user', id: after.id, key: after.key },
      before,
      after,
      reason: end.reason,
    })
  })
}

const blockEnded = (now: number) => ({
  changes: { status: userStatus.active, statusUpdatedAt: now, blockReason: null, blockedUntil: null },
  reason: 'The block ended',
})

/** Somebody else was given the seat meanwhile: an administrator decides what comes next. */
const overQuota = {
  changes: { blockedUntil: null },
  reason: 'The block stays, as the account has no seat left for an administrator',
}

async function isOverQuota(partnerId: number, user: UserRow) {
  const partner = await findPartner(partnerId)
  try {
    if (partner) await takeSeat(partner, user, { ...user, status: userStatus.active })
    return false
  } catch (error) {
    if (isCode(error, 'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')) return true
    throw error
  }
}
