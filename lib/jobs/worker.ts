import 'server-only'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { claimDueJob } from '@/db/queries/jobs'
import { newToken } from '@/lib/id'
import { log } from '@/lib/log'
import { type JobKind, runJob } from './run-job'

/** Jobs at once. */
const mostLanes = 4
const pollEvery = 1_000
/** How long a job stays with a worker that is gone. A living one renews its claims. */
const leaseTime = 30_000
/** How long jobs may take to come to a stop once the process is told to. */
const patience = 8_000

type Options = {
  kinds: readonly JobKind[]
  /** Epoch milliseconds. */
  clock?: () => number
  lanes?: number
  lease?: number
}

export type Worker = {
  /** Begins what is due. */
  wake(): void
  /** The same; answers when nothing is left to do for now. */
  runDue(): Promise<void>
  stop(): Promise<void>
}

/** Does the jobs of the queue while the process runs. Answers how to stop it. */
export function startWorker(kinds: readonly JobKind[]): () => Promise<void> {
  const worker = newWorker({ kinds })
  const timer = setInterval(worker.wake, pollEvery)
  timer.unref()
  return () => {
    clearInterval(timer)
    return worker.stop()
  }
}

/**
 * Takes jobs and does them, a few at once. Any number of workers may run, in any number of processes: a job is claimed for a time that is
 * renewed while its worker lives (R05), and goes to the next worker when its own is gone (R01).
 */
export function newWorker({ kinds, clock = Date.now, lanes: most = mostLanes, lease = leaseTime }: Options): Worker {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]))
  const lanes = new Set<Promise<void>>()
  const stopping = new AbortController()
  const conditions = { clock, lease, stopping: stopping.signal }
  let lastClaim: Promise<unknown> = Promise.resolve()

  function beginLane() {
    if (stopping.signal.aborted || lanes.size >= most) return
    const lane = acrossPartners(runLane)
      .catch((err) => log().error({ err }, 'the job queue failed'))
      .finally(() => lanes.delete(lane))
    lanes.add(lane)
  }

  async function runLane() {
    for (let job = await claim(); job; job = await claim()) {
      // Where one job is due there may be more.
      beginLane()
      const claimed = job
      await withPartner(claimed.partnerId, () => runJob(claimed, byName.get(claimed.kind), conditions))
    }
  }

  /** One claim after the other, so that no two lanes take jobs of the same kind for one account. */
  function claim() {
    const claimed = lastClaim.then(async () => {
      if (stopping.signal.aborted) return null
      return claimDueJob(clock(), { claimedBy: newToken(), leaseUntil: clock() + lease })
    })
    lastClaim = claimed.catch(() => {})
    return claimed
  }

  return {
    wake: beginLane,
    async runDue() {
      beginLane()
      while (lanes.size > 0) await Promise.all(lanes)
    },
    async stop() {
      stopping.abort()
      const late = Promise.withResolvers<void>()
      const timer = setTimeout(late.resolve, patience)
      await Promise.race([Promise.all(lanes), late.promise])
      clearTimeout(timer)
    },
  }
}
