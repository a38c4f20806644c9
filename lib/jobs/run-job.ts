import 'server-only'
import { randomBytes, randomInt } from 'node:crypto'
import { transaction } from '@/db/client'
import { type JobRow, updateClaimed } from '@/db/queries/jobs'
import { ActionError } from '@/lib/action/errors'
import { log } from '@/lib/log'
import { backOff } from '@/lib/mail/back-off'

/** Tries without getting on, after which a job is put aside. */
export const mostTries = 5

/** What a kind of job does. */
export type JobKind = {
  kind: string
  /** Does the job, or what is left of it, and ends with `job.finish`. What it throws is tried again later, unless it is final. */
  run(job: RunningJob): Promise<void>
  /** Failures, beside those of the contract, that another try would not mend. */
  isFinal?(error: unknown): boolean
  /** Told inside the transaction that puts the job aside: after a final failure, or after the last try. */
  putAside?(job: RunningJob, reason: string): Promise<void>
}

export type RunningJob = Pick<JobRow, 'partnerId' | 'key' | 'payload' | 'createdBy' | 'createdAt'> & {
  /** How far it had come when this worker took it; null at the beginning. */
  progress: unknown
  /** Which try this is, counted from 1 since the job last got on. */
  attempts: number
  /** Aborted when the process stops or the job is somebody else's. */
  signal: AbortSignal
  /** Epoch milliseconds. */
  now: () => number
  random: (bytes: number) => Buffer
  /** One part of the job, answering how far it is then: both are committed, or neither. Throws when the job is not to go on. */
  step(change: () => Promise<unknown>): Promise<void>
  /** The same for the last part. */
  finish(change: () => Promise<unknown>): Promise<void>
}

type Conditions = {
  clock: () => number
  /** Milliseconds for which a claim holds when it is not renewed. */
  lease: number
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal
}

/** The worker is to let go of the job: the process stops, or the claim is lost. */
class LetGo extends Error {
  override name = 'LetGo'
}

/** Runs a claimed job and keeps the claim while it runs; afterwards the job is done, waits for its next try, or is put aside. Never throws. */
export async function runJob(row: JobRow, kind: JobKind | undefined, { clock, lease, stopping }: Conditions) {
  const lost = new AbortController()
  const job = runningJob(row, { clock, lease, stopping: AbortSignal.any([stopping, lost.signal]) })
  const renewal = setInterval(async () => {
    const isMine = await updateClaimed(row, { runAt: clock() + lease }).catch(() => true)
    if (!isMine) lost.abort(new LetGo())
  }, lease / 3)
  try {
    // A job that ends its process every time never comes to the end of its last try.
    if (row.attempts > mostTries) throw new Error('The worker was gone before it could say why.')
    if (!kind) throw new Error(`No worker knows jobs of the kind "${row.kind}".`)
    await kind.run(job)
  } catch (error) {
    if (error instanceof LetGo || stopping.aborted) await handBack(row, job, clock())
    else await tryLater(row, job, error, kind)
  } finally {
    clearInterval(renewal)
  }
}

function runningJob(row: JobRow, { clock, lease, stopping: signal }: Conditions): RunningJob {
  const commit = (change: () => Promise<unknown>, end: Parameters<typeof updateClaimed>[1]) => {
    if (signal.aborted) throw new LetGo()
    return transaction(async () => {
      const progress = await change()
      // Getting on shows that it is not the job's fault when its worker ends.
      const isMine = await updateClaimed(row, { progress, attempts: 1, runAt: clock() + lease, lastError: null, ...end })
      if (!isMine) throw new LetGo()
    })
  }
  const job: RunningJob = {
    ...row,
    signal,
    now: clock,
    random: randomBytes,
    async step(change) {
      await commit(change, {})
      job.attempts = 1
    },
    finish: async (change) => commit(change, { status: 'done', finishedAt: clock(), claimedBy: null }),
  }
  return job
}

/** Back into the queue as if it had not been tried. Does nothing when the claim is lost. */
async function handBack(row: JobRow, { attempts }: RunningJob, now: number) {
  await updateClaimed(row, { status: 'waiting', attempts: attempts - 1, runAt: now, claimedBy: null })
}

async function tryLater(row: JobRow, job: RunningJob, error: unknown, kind: JobKind | undefined) {
  const isFinal = error instanceof ActionError || kind?.isFinal?.(error)
  if (!isFinal) log().error({ job: row.key, kind: row.kind, partnerId: row.partnerId, err: error }, 'a job failed')
  const lastError = reasonOf(error)
  if (job.attempts < mostTries && !isFinal) {
    const runAt = job.now() + backOff(job.attempts, randomInt(2 ** 32) / 2 ** 32)
    await updateClaimed(row, { status: 'waiting', runAt, lastError, claimedBy: null })
    return
  }
  await transaction(async () => {
    const isMine = await updateClaimed(row, { status: 'failed', lastError, finishedAt: job.now(), claimedBy: null })
    if (isMine) await kind?.putAside?.(job, lastError)
  })
}

/** A failed query carries the values it was given; they are nobody's business here. */
function reasonOf(error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\nparams: ')[0] ?? '').slice(0, 1_000)
}
