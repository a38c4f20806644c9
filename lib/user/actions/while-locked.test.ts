import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, holdAsAnother, waitAtMost } from '@/db/testing'
import { catalogue } from '@/lib/action/errors'
import { doJobs, freshDataFolder, storedJobs, uploaded } from '@/lib/jobs/testing'
import { type Account, asAdmin, askUser, data, ksOf, newAccount, startWire, storedUser } from '@/lib/testing'
import { addFromBulkUpload } from './add-from-bulk-upload'

/** Another process holds what a change needs. */

freshDatabase()
freshDataFolder()

/** Milliseconds. */
const patience = 400

let wire: Awaited<ReturnType<typeof startWire>>
let account: Account
let ks: string

beforeAll(async () => {
  account = await newAccount()
  ks = await ksOf(account)
  wire = await startWire()
  await ask('add', { user: { id: 'ann' } })
  await waitAtMost({ lock: patience })
})
afterAll(() => wire.stop())

const ask = (action: string, params: object) => askUser(wire.url, action, { ks, ...params })
const update = (city = 'Rome') => ask('update', { userId: 'ann', user: { city } })

const hold = () => holdAsAnother(`select 1 from users where id = 'ann' for update`)

describe('R10 while another process writes', () => {
  it('who would write waits a while, is then told to come again, and later can', async () => {
    const letGo = await hold()
    const started = performance.now()
    const answers = await Promise.all(Array.from({ length: 5 }, () => update()))
    const took = performance.now() - started
    await letGo()
    for (const answer of answers) expect(answer).toMatchObject({ code: 'INTERNAL_DATABASE_ERROR', comeAgainAfter: '10' })
    expect(catalogue.INTERNAL_DATABASE_ERROR.status).toBe(503)
    // All of them at once, and not one after the other.
    expect(took).toBeGreaterThan(patience * 0.9)
    expect(took).toBeLessThan(patience * 3)
    expect(await update()).toMatchObject({ id: 'ann', city: 'Rome' })
  })

  it('who reads is served, and nothing stands still', async () => {
    const letGo = await hold()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const writing = update()
    const served = []
    for (let at = 0; at < 10; at++) {
      served.push((await ask('get', { userId: 'ann' })).id)
      await sleep(patience / 20)
    }
    delay.disable()
    expect((await writing).code).toBe('INTERNAL_DATABASE_ERROR')
    await letGo()
    expect(served).toEqual(Array(10).fill('ann'))
    expect(delay.percentile(90) / 1e6).toBeLessThan(50)
  })

  it('a file of people is left for later, and no row of it is at fault', async () => {
    const file = uploaded('userId,city,action\nann,Oslo,2\nbob,Oslo,1\n')
    data(await asAdmin(account, addFromBulkUpload, { fileData: file }))
    const letGo = await hold()
    await doJobs()
    await letGo()
    const [job] = await storedJobs(account.partnerId)
    expect(job?.status).toBe('waiting')
    await doJobs(Date.now() + 60_000)
    expect(await storedJobs(account.partnerId)).toMatchObject([{ status: 'done' }])
    for (const id of ['ann', 'bob']) expect(await storedUser(account, id)).toMatchObject({ city: 'Oslo' })
  })

  it('who would write has written once the other one is done in time', async () => {
    const letGo = await hold()
    const writing = Promise.all(['Bari', 'Como', 'Pisa'].map(update))
    await sleep(patience / 4)
    await letGo()
    expect((await writing).map(({ city }) => city)).toEqual(['Bari', 'Como', 'Pisa'])
  })
})
