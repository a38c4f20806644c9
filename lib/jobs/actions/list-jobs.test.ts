import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { abortBulkUpload } from '@/lib/bulk-upload/actions/abort-bulk-upload'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { addUser } from '@/lib/user/actions/add-user'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { doJobs, freshDataFolder, uploaded } from '../testing'
import { getJob } from './get-job'
import { listJobs } from './list-jobs'

freshDatabase()
freshDataFolder()

let account: Account
let ctx: PartnerContext

beforeAll(async () => {
  account = await newAccount()
  data(await asAdmin(account, addUser, { user: { id: 'ida', email: 'ida@x.example', roleIds: '1' } }))
  ctx = await contextOf(account, { userId: 'ida' })
  const other = await newAccount()
  await upload('*userId\ntheirs\n', 'theirs.csv', await contextOf(other))
})

async function upload(content: string, name = 'people.csv', by = ctx) {
  const fileData = uploaded(content, name)
  return data(await runAction(addFromBulkUpload, { ...by, now: Date.now() }, { fileData })).id
}

const order = async (now = Date.now()) => data(await runAction(exportToCsv, { ...ctx, now }, { filter: { idIn: 'ida' } }))
const list = async (input: Parameters<typeof asAdmin<typeof listJobs.input, typeof listJobs.output>>[2], by = ctx) =>
  data(await runAction(listJobs, by, input))
const get = (id: number, by = ctx) => runAction(getJob, by, { id })

describe('job.list and job.get', () => {
  let [partial, refused, whole]: number[] = []

  beforeAll(async () => {
    partial = await upload('*userId,gender\nann,2\nbob,7\n', 'team.csv')
    refused = await upload('*userId,gender\ncat,7\n')
    whole = await upload('*userId\ndan\n')
    await order()
  })

  it('tells what waits, newest first and of this account alone', async () => {
    const { objects, hasOlder, hasNewer } = await list({})
    expect(objects.map(({ type, state }) => `${type} ${state}`)).toEqual([
      'export waiting',
      ...Array.from({ length: 3 }, () => 'import waiting'),
    ])
    expect(objects.at(-1)).toMatchObject({ fileName: 'team.csv', requestedBy: 'ida', rows: 0, totalRows: null, hasFile: true })
    expect({ hasOlder, hasNewer }).toEqual({ hasOlder: false, hasNewer: false })
  })

  it('tells what became of each', async () => {
    await doJobs()
    const stateOf = async (id: number) => data(await get(id))
    expect(await stateOf(partial ?? 0)).toMatchObject({ type: 'import', state: 'partial', rows: 2, totalRows: 2, failedRows: 1 })
    expect(await stateOf(refused ?? 0)).toMatchObject({ state: 'failed', rows: 1, failedRows: 1 })
    expect(await stateOf(whole ?? 0)).toMatchObject({ state: 'done', failedRows: 0, error: null })

    const [done] = (await list({ typeEqual: 'export' })).objects
    expect(done).toMatchObject({ state: 'done', rows: 1, hasFile: true, size: expect.any(Number) })
    const inAMonth = { ...ctx, now: Date.now() + 30 * 24 * 3_600_000 }
    expect((await list({ typeEqual: 'export' }, inAMonth)).objects).toMatchObject([{ hasFile: false }])
    expect((await list({ typeEqual: 'import' })).objects).toHaveLength(3)
  })

  it('tells that an import was stopped', async () => {
    const id = await upload('*userId\neve\n')
    data(await runAction(abortBulkUpload, ctx, { id }))
    expect(data(await get(id))).toMatchObject({ state: 'cancelled', rows: 0 })
  })

  it('pages to older ones and back', async () => {
    const all = (await list({})).objects
    const first = await list({ pageSize: 2 })
    const second = await list({ pageSize: 2, beforeKey: first.objects.at(-1)?.id })
    const third = await list({ pageSize: 2, beforeKey: second.objects.at(-1)?.id })
    expect([first, second, third].flatMap(({ objects }) => objects)).toEqual(all)
    expect([first, second, third].map(({ hasNewer, hasOlder }) => [hasNewer, hasOlder])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ])
    expect(await list({ pageSize: 2, afterKey: third.objects[0]?.id })).toEqual({ ...second, hasNewer: true, hasOlder: true })
    expect(await list({ pageSize: 2, afterKey: second.objects[0]?.id })).toEqual({ ...first, hasNewer: false, hasOlder: true })
  })

  it('Z01 knows nothing of a job of another account', async () => {
    const stranger = await contextOf(await newAccount())
    expect((await list({}, stranger)).objects).toEqual([])
    expect(codeOf(await get(partial ?? 0, stranger))).toBe('INVALID_OBJECT_ID')
    expect(codeOf(await get(987_654))).toBe('INVALID_OBJECT_ID')
  })

  it('shows whoever may only upload no exports', async () => {
    const grants = { all: false, names: new Set(['ADMIN_USER_BULK']) } as PartnerContext['actor']['grants']
    const uploader = { ...ctx, actor: { ...ctx.actor, grants } }
    const { objects } = await list({}, uploader)
    expect(new Set(objects.map(({ type }) => type))).toEqual(new Set(['import']))
    expect((await list({ typeEqual: 'export' }, uploader)).objects).toEqual([])
    const [anExport] = (await list({ typeEqual: 'export' })).objects
    expect(codeOf(await get(anExport?.id ?? 0, uploader))).toBe('INVALID_OBJECT_ID')
  })
})
