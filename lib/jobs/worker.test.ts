import { asc } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db, transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { cancelJob } from '@/db/queries/jobs'
import { jobs } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { contextOf, newAccount } from '@/lib/testing'
import { enqueue } from './queue'
import type { JobKind, RunningJob } from './run-job'
import { newWorker } from './worker'

freshDatabase()

const minute = 60_000
let ctx: PartnerContext
let now: number

beforeAll(async () => {
  ctx = await contextOf(await newAccount())
  now = ctx.now
})

let kinds = 0

/** A kind of its own for each test, so that no test sees the jobs of another. */
function aKind(run: (job: RunningJob) => Promise<void>, putAside?: JobKind['putAside']): JobKind {
  return { kind: `test-${++kinds}`, run, putAside }
}

const add = ({ kind }: JobKind, payload: unknown = {}, requestId?: string, of = ctx) =>
  withPartner(of.partner.id, () => transaction(() => enqueue(of, { kind, payload, requestId })))

async function stored({ kind }: JobKind) {
  const all = await acrossPartners(() => db().select().from(jobs).orderBy(asc(jobs.key)))
  return all.filter((job) => job.kind === kind)
}

const aWatched = (kind: JobKind, order: number[]): JobKind => ({
  ...kind,
  async run(job) {
    order.push(job.partnerId)
    await kind.run(job)
  },
})

const workerOf = (kind: JobKind, more = {}) => newWorker({ kinds: [kind], clock: () => now, ...more })

describe('the job queue', () => {
  it('does a job once and keeps how far it came', async () => {
    const seen: unknown[] = []
    const kind = aKind(async (job) => {
      seen.push(job.payload)
      await job.step(async () => ({ at: 1 }))
      await job.finish(async () => ({ at: 2 }))
    })
    await add(kind, { some: 'thing' })
    await workerOf(kind).runDue()
    await workerOf(kind).runDue()
    expect(seen).toEqual([{ some: 'thing' }])
    expect(await stored(kind)).toMatchObject([{ status: 'done', progress: { at: 2 }, finishedAt: now }])
  })

  it('R20 takes a request that is sent twice for one job, each person with numbers of his own', async () => {
    const kind = aKind(async (job) => job.finish(async () => null))
    const first = await add(kind, {}, 'request 1')
    const again = await add(kind, {}, 'request 1')
    expect([first.isNew, again.isNew, again.job.key]).toEqual([true, false, first.job.key])
    const other = await contextOf(await newAccount(), { userId: 'somebody' })
    expect((await add(kind, {}, 'request 1', other)).isNew).toBe(true)
  })

  it('forgets a job whose cause is undone', async () => {
    const kind = aKind(async () => {})
    const undone = withPartner(ctx.partner.id, () =>
      transaction(async () => {
        await enqueue(ctx, { kind: kind.kind, payload: {} })
        throw new Error('undone')
      }),
    )
    await expect(undone).rejects.toThrow('undone')
    expect(await stored(kind)).toEqual([])
  })

  it('R05 gives each job to one of many workers', async () => {
    const done: number[] = []
    const kind = aKind(async (job) => {
      await job.finish(async () => null)
      done.push(job.key)
    })
    const added = await Promise.all(Array.from({ length: 60 }, () => add(kind)))
    await Promise.all(Array.from({ length: 4 }, () => workerOf(kind).runDue()))
    while ((await stored(kind)).some((job) => job.status === 'waiting')) await workerOf(kind).runDue()
    expect(done.sort()).toEqual(added.map(({ job }) => job.key).sort())
  })

  it('R35 R39 tries a job that always fails five times, ever later, then puts it aside and goes on with others', async () => {
    const tries: number[] = []
    const aside: string[] = []
    const kind = aKind(
      async (job) => {
        if (job.payload === 'good') return job.finish(async () => null)
        tries.push(now)
        throw new Error('poison')
      },
      async (_job, reason) => void aside.push(reason),
    )
    await add(kind, 'bad')
    await add(kind, 'good')
    await workerOf(kind).runDue()
    expect((await stored(kind)).map((job) => job.status)).toEqual(['waiting', 'done'])
    for (let round = 0; round < 20; round++) {
      now += minute
      await workerOf(kind).runDue()
    }
    expect(tries).toHaveLength(5)
    expect(aside).toEqual(['poison'])
    expect((await stored(kind))[0]).toMatchObject({ status: 'failed', lastError: 'poison', attempts: 5 })
  })

  it('R36 R39 puts a job aside that ends its worker each time, but not one that gets on', async () => {
    const killed = aKind(async () => {})
    await add(killed)
    const abandon = async (round: number) => {
      const worker = workerOf({ ...killed, run: () => new Promise(() => {}) }, { lease: minute })
      worker.wake()
      await expect.poll(async () => (await stored(killed))[0]?.attempts).toBe(round)
      now += 2 * minute
    }
    for (let round = 1; round <= 5; round++) await abandon(round)
    await workerOf(killed).runDue()
    expect((await stored(killed))[0]).toMatchObject({
      status: 'failed',
      lastError: 'The worker was gone before it could say why.',
    })
  })

  it('R01 lets nobody write for a job that went to another worker, and undoes what he did', async () => {
    const started = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const kind = aKind(async (job) => {
      started.resolve()
      await goOn.promise
      await job.finish(async () => add(side))
    })
    const side = aKind(async () => {})
    await add(kind)
    const slow = workerOf(kind, { lease: minute })
    const ending = slow.runDue()
    await started.promise
    now += 2 * minute
    const fast = workerOf({ ...kind, run: (job) => job.finish(async () => 'fast') })
    await fast.runDue()
    goOn.resolve()
    await ending
    expect(await stored(kind)).toMatchObject([{ status: 'done', progress: 'fast' }])
    expect(await stored(side)).toEqual([])
  })

  it('hands a job back when the process stops, as if it had not been tried', async () => {
    const started = Promise.withResolvers<void>()
    const kind = aKind(async (job) => {
      for (let at = 1; ; at++) {
        await job.step(async () => at)
        started.resolve()
        await new Promise(setImmediate)
      }
    })
    await add(kind)
    const worker = workerOf(kind)
    worker.wake()
    await started.promise
    await worker.stop()
    expect((await stored(kind))[0]).toMatchObject({ status: 'waiting', attempts: 0, claimedBy: null })
  })

  it('stops a job that is cancelled at its next step', async () => {
    const kind = aKind(async (job) => {
      await job.step(async () => 1)
      await withPartner(job.partnerId, () => cancelJob(job.partnerId, job.key, now))
      await job.step(async () => 2)
    })
    await add(kind)
    await workerOf(kind).runDue()
    expect(await stored(kind)).toMatchObject([{ status: 'cancelled', progress: 1, finishedAt: now }])
  })

  it('Z15 runs one job of a kind at a time for an account, so that others get their turn', async () => {
    const running = new Map<number, number>()
    const most: number[] = []
    const other = await contextOf(await newAccount())
    const othersTurn = Promise.withResolvers<void>()
    const kind = aKind(async (job) => {
      running.set(job.partnerId, (running.get(job.partnerId) ?? 0) + 1)
      most.push(running.get(job.partnerId) ?? 0)
      if (job.partnerId === other.partner.id) othersTurn.resolve()
      await othersTurn.promise
      // Before it is told to be over: others begin as soon as it is.
      await job.finish(async () => running.set(job.partnerId, (running.get(job.partnerId) ?? 0) - 1))
    })
    for (let at = 0; at < 10; at++) await add(kind)
    await add(kind, {}, undefined, other)
    const order: number[] = []
    const watched = aWatched(kind, order)
    await workerOf(watched).runDue()
    expect(Math.max(...most)).toBe(1)
    expect(order.indexOf(other.partner.id)).toBeLessThan(3)
  })
})
