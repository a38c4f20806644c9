import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { insertUsers } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import { newContext, type PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { makeUser, noon } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import { serveCsv } from '@/lib/export-csv/actions/serve-csv'
import { exportCsvService } from '@/lib/export-csv/service'
import { exportCsvJob } from '@/lib/jobs/export-csv'
import { doJobs, freshDataFolder, mailsOf, storedJobs, textOf, uploaded } from '@/lib/jobs/testing'
import { newWorker } from '@/lib/jobs/worker'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { addFromBulkUpload } from './add-from-bulk-upload'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { exportToCsv } from './export-to-csv'
import { serveCsv as serveByOldName } from './serve-csv'
import { updateUser } from './update-user'

freshDatabase()
freshDataFolder()

let account: Account
let exporter: PartnerContext

beforeAll(async () => {
  account = await newAccount()
  exporter = await exporterOf(account)
})

/** Somebody with an address, as the link is mailed to him. */
async function exporterOf(of: Account) {
  data(await asAdmin(of, addUser, { user: { id: 'exporter', email: 'exporter@x.example', roleIds: '1', tags: 'not exported' } }))
  return contextOf(of, { userId: 'exporter' })
}

/** Users of one and the same moment. */
async function makeMany(of: Account, ids: string[]) {
  const { key: _key, version: _version, ...row } = await makeUser(of.partnerId, { id: ids[0] })
  const rows = ids.slice(1).map((id) => ({ ...row, id }))
  await acrossPartners(() => transaction(() => insertUsers(of.partnerId, rows)))
}

async function exported(input: z.input<typeof exportToCsv.input> = {}, caller = exporter) {
  // Who was added meanwhile would not be in an export that was asked for when the tests began.
  const ctx = { ...caller, now: Date.now() }
  expect(data(await runAction(exportToCsv, ctx, input))).toBe('exporter@x.example')
  await doJobs()
  const job = (await storedJobs(ctx.partner.id)).at(-1)
  const id = `export_${ctx.partner.id}_${job?.key}.csv`
  const text = await textOf(data(await runAction(serveCsv, ctx, { id })))
  return { id, text, rows: parse(text, { bom: true, relax_column_count: true }) as string[][] }
}

const all = { filter: { idIn: 'ann,bob,exporter' } }

describe('user.exportToCsv', () => {
  beforeAll(async () => {
    for (const user of [
      { id: 'ann', firstName: 'Ann', lastName: 'Lee', email: 'ann@x.example', partnerData: '{"team":"A","n":1,"o":{"x":2}}' },
      { id: 'bob', firstName: '=HYPERLINK("x")', lastName: ' "-1', email: 'bob@x.example', status: 0 as const, tags: 'x,"y"' },
    ])
      data(await asAdmin(account, addUser, { user }))
  })

  it('writes the contract’s columns with a byte order mark, and mails a link once', async () => {
    const { id, text, rows } = await exported(all)
    expect(text.startsWith('\ufeffUser ID,First Name,Last Name,Email\r\n')).toBe(true)
    expect(rows.map(([userId]) => userId)).toEqual(['User ID', 'exporter', 'ann', 'bob'])
    await doJobs()
    const mails = await mailsOf(account.partnerId, 'export-ready')
    expect(mails).toMatchObject([{ recipient: 'exporter@x.example', params: { fileName: id, rows: 3, userName: 'exporter' } }])
    const link = mails[0]?.params.link ?? ''
    expect(link.startsWith(`${env().publicUrl}/api_v3/index.php/service/exportCsv/action/serveCsv/ks/`)).toBe(true)
    expect(link.endsWith(`/id/${id}`)).toBe(true)
  })

  it('F01 F02 guards formulas in cells, titles and columns, and keeps what they were', async () => {
    const { rows } = await exported({
      filter: { idEqual: 'bob' },
      mappedFields: [{ key: '=cmd', value: 'tags' }],
      options: { defaultHeader: true },
    })
    expect(rows[0]?.[0]).toMatch(/^Users\nAccount: Acme \(\d+\)\nRequested by: exporter\nDate: .* UTC$/)
    expect(rows[1]?.at(-1)).toBe("'=cmd")
    expect(rows[2]).toEqual(['bob', '\'=HYPERLINK("x")', '\' "-1', 'bob@x.example', 'x,"y"'])
  }, 30_000)

  it('shows the fields that are asked for, in the formats of the contract', async () => {
    const { rows } = await exported({
      filter: { idIn: 'ann,bob' },
      mappedFields: [
        { key: 'status' },
        { key: 'State', value: 'status', predefinedFormat: 1 },
        { key: 'Since', value: 'createdAt', predefinedFormat: 1 },
        { key: 'Seen', value: 'lastLoginTime', predefinedFormat: 1 },
        { key: 'Team', value: 'partnerData:team' },
        { key: 'O', value: 'partnerData:o' },
        { key: 'None', value: 'partnerData:none' },
        { key: 'City', value: 'city' },
      ],
    })
    expect(rows[0]?.slice(4)).toEqual(['status', 'State', 'Since', 'Seen', 'Team', 'O', 'None', 'City'])
    expect(rows[1]?.slice(4)).toEqual([
      '1',
      'Active',
      expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      '',
      'A',
      '{"x":2}',
      '',
      '',
    ])
    expect(rows[2]?.slice(4, 6)).toEqual(['0', 'Blocked'])
  })

  it('F10 has no names for secrets, for what pages alone see, or for what every object has', async () => {
    const names = [
      'password',
      'passwordHash',
      'seed',
      'encryptedSeed',
      'loginData',
      'loginId',
      'loginDataId',
      'searchText',
      'key',
      'version',
      'blockReason',
      '__proto__',
      'constructor',
      'toString',
      'partnerData:__proto__',
      'partnerData:constructor',
      'loginData:passwordHash',
    ]
    const { rows } = await exported({ filter: { idEqual: 'ann' }, mappedFields: names.map((key) => ({ key })) })
    expect(rows[1]?.slice(4)).toEqual(names.map(() => ''))
  })

  it('Z01 F10 exports nobody of another account', async () => {
    const other = await newAccount()
    data(await asAdmin(other, addUser, { user: { id: 'foreigner' } }))
    const { text } = await exported({ filter: { partnerIdEqual: other.partnerId } })
    expect(text).toBe('\ufeffUser ID,First Name,Last Name,Email\r\n')
    expect((await exported({})).text).not.toContain('foreigner')
  })

  it('F02 is imported again as it was', async () => {
    const first = await newAccount()
    const ctx = await exporterOf(first)
    const texts = ["'quoted", "'=1", '=1', '"@x"', "''-", '+49', 'a, "b"\nc', "O'Neill", '＝1', "'"]
    for (const [at, company] of texts.entries())
      data(await asAdmin(first, addUser, { user: { id: `u${at}`, firstName: company, company, gender: 1 } }))
    const mapped = ['screenName', 'tags', 'partnerData', 'company', 'gender'].map((key) => ({ key }))
    const { text } = await exported({ filter: { freeText: 'u' }, mappedFields: mapped }, ctx)

    const second = await newAccount()
    data(await asAdmin(second, addFromBulkUpload, { fileData: uploaded(text) }))
    await doJobs()
    for (const [at, company] of texts.entries())
      expect(await storedUser(second, `u${at}`)).toMatchObject({ company, firstName: company, gender: 1 })
  })

  it('R15 loses none and repeats none of five thousand of one moment', async () => {
    const crowd = await newAccount()
    const ctx = await exporterOf(crowd)
    await makeMany(
      crowd,
      Array.from({ length: 5_000 }, (_, at) => `user${at}`),
    )
    const { rows: lines } = await exported({ filter: { createdAtLessThanOrEqual: noon / 1000 } }, ctx)
    const ids = lines.slice(1).map(([id]) => id)
    expect(ids).toHaveLength(5_000)
    expect(new Set(ids).size).toBe(5_000)
  }, 60_000)

  it('R16 has once whoever is there throughout, and nobody who came after it was asked for', async () => {
    const busy = await newAccount()
    const ctx = await exporterOf(busy)
    const ids = Array.from({ length: 1_200 }, (_, at) => `user${at}`)
    await makeMany(busy, ids)
    data(await runAction(exportToCsv, { ...ctx, now: Date.now() }, {}))
    let changes = 0
    const disturbances: Promise<unknown>[] = []
    const disturbed = {
      ...exportCsvJob,
      run: (job: Parameters<typeof exportCsvJob.run>[0]) =>
        exportCsvJob.run({
          ...job,
          get signal() {
            changes++
            disturbances.push(asAdmin(busy, deleteUser, { userId: `user${1_200 - changes}` }))
            disturbances.push(asAdmin(busy, addUser, { user: { id: `late${changes}` } }))
            return job.signal
          },
        }),
    }
    await newWorker({ kinds: [disturbed] }).runDue()
    await Promise.all(disturbances)
    const job = (await storedJobs(busy.partnerId)).at(-1)
    const answer = data(await runAction(serveCsv, ctx, { id: `export_${busy.partnerId}_${job?.key}.csv` }))
    const found = parse(await textOf(answer), { bom: true }).slice(1) as string[][]
    const lasting = ids.slice(0, 1_200 - changes)
    const foundIds = found.map(([id]) => id)
    expect(changes).toBeGreaterThan(1)
    expect(foundIds.filter((id) => id?.startsWith('late'))).toEqual([])
    expect(foundIds.filter((id) => lasting.includes(id ?? ''))).toEqual(lasting)
  })

  it('R20 makes one export of a request that is sent twice', async () => {
    const before = (await storedJobs(account.partnerId)).length
    data(await runAction(exportToCsv, exporter, { ...all, requestId: 'once' }))
    data(await runAction(exportToCsv, exporter, { ...all, requestId: 'once' }))
    expect(await storedJobs(account.partnerId)).toHaveLength(before + 1)
    await doJobs()
  })

  it.each<[name: string, input: z.input<typeof exportToCsv.input>, code: string]>([
    ['a metadata profile', { metadataProfileId: 7 }, 'INVALID_METADATA_PROFILE'],
    ['fields of no profile', { additionalFields: [{ fieldName: 'x', xpath: '/x' }] }, 'METADATA_PROFILE_NOT_SPECIFIED'],
    ['a filter with too many values', { filter: { idIn: 'x,'.repeat(501) } }, 'PROPERTY_VALIDATION_MAX_LENGTH'],
  ])('refuses %s', async (_name, input, code) => {
    expect(codeOf(await runAction(exportToCsv, exporter, input))).toBe(code)
  })

  it('refuses a caller without an address, who is not added for it', async () => {
    const result = await runAction(exportToCsv, await contextOf(account, { userId: 'nobody-yet' }), {})
    expect(codeOf(result)).toBe('USER_EMAIL_NOT_FOUND')
    expect(!result.ok && result.error.args).toEqual({ USER_ID: 'nobody-yet' })
    expect(await storedUser(account, 'nobody-yet')).toBeNull()
  })

  it('Z15 lets an account have twenty exports waiting', async () => {
    const crowded = await newAccount()
    const ctx = await exporterOf(crowded)
    for (let at = 0; at < 20; at++) data(await runAction(exportToCsv, ctx, {}))
    expect(codeOf(await runAction(exportToCsv, ctx, {}))).toBe('RESOURCE_IS_RESERVED')
    await doJobs()
    expect(codeOf(await runAction(exportToCsv, ctx, {}))).toBe('OK')
  })

  it('F06 writes nothing for somebody who was blocked meanwhile', async () => {
    const strict = await newAccount()
    data(await runAction(exportToCsv, await exporterOf(strict), {}))
    data(await asAdmin(strict, updateUser, { userId: 'exporter', user: { status: 0 } }))
    await doJobs()
    expect((await storedJobs(strict.partnerId)).at(-1)).toMatchObject({
      status: 'failed',
      lastError: 'The user of this session is blocked.',
    })
    expect(existsSync(join(env().dataDir, 'exports', String(strict.partnerId)))).toBe(false)
    expect(await mailsOf(strict.partnerId, 'export-ready')).toEqual([])
  })

  it('X05 keeps the file for its owner alone and leaves nothing beside it', async () => {
    const { id } = await exported(all)
    const folder = join(env().dataDir, 'exports', String(account.partnerId))
    expect(statSync(join(folder, id)).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => !name.endsWith('.csv'))).toEqual([])
    expect(readFileSync(join(folder, id), 'utf8')).toContain('ann')
  })
})

describe('serveCsv', () => {
  const ask = async (ctx: PartnerContext, id: string) => codeOf(await runAction(serveCsv, ctx, { id }))
  const plain = (privileges: string, of = account) => contextOf(of, { type: 0, userId: 'reader', privileges })

  it('F05 gives a file to the link in the mail, and that link nothing else', async () => {
    const { id } = await exported(all)
    const link = (await mailsOf(account.partnerId, 'export-ready')).at(-1)?.params.link ?? ''
    const ks = decodeURIComponent(/\/ks\/([^/]+)\//.exec(link)?.[1] ?? '')
    const held = (now: number) => withKs(newContext({ origin: 'wire', now }), ks, { action: 'exportcsv.serveCsv', uri: '/' })
    const ctx = (await held(Date.now())) as PartnerContext
    expect(await ask(ctx, id)).toBe('OK')
    expect(await ask(ctx, id.replace(/_\d+\./, '_1.'))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(exportToCsv, ctx, {}))).toBe('SERVICE_FORBIDDEN')
    expect(ctx.actor.kind === 'user' && [ctx.actor.userId, ctx.actor.privileges, ctx.actor.isAdminSession]).toEqual([
      '',
      `download:${id}`,
      false,
    ])
    await expect(held(Date.now() + 24 * 3_600_000 + 1_000)).rejects.toThrow('EXPIRED')
  })

  it('F05 compares privileges whole, and needs none of an administrator', async () => {
    const { id } = await exported(all)
    expect(await ask(await plain(`download:${id}`), id)).toBe('OK')
    expect(await ask(await plain(`download:x/${id}`), id)).toBe('OK')
    expect(await ask(await plain('download:*'), id)).toBe('OK')
    expect(await ask(await plain('*'), id)).toBe('OK')
    expect(await ask(await contextOf(account), id)).toBe('OK')
    for (const privileges of ['', 'download', `download:${id}x`, `download:x${id}`, `edit:${id}`, 'all'])
      expect([privileges, await ask(await plain(privileges), id)]).toEqual([privileges, 'SERVICE_FORBIDDEN'])
    expect(await ask(await contextOf(account, { privileges: 'download:other.csv' }), id)).toBe('SERVICE_FORBIDDEN')
  })

  it('F05 Z01 gives nobody the file of another account', async () => {
    const { id } = await exported(all)
    const other = await newAccount()
    expect(await ask(await contextOf(other), id)).toBe('INVALID_OBJECT_ID')
    expect(await ask(await plain(`download:${id}`, other), id)).toBe('INVALID_OBJECT_ID')
  })

  it.each(['', '.csv', '../x.csv', 'a/b.csv', 'x.csv\n', 'x.CSV', 'é.csv', 'x.csv.exe', 'a b.csv'])(
    'F04 F05 calls %j no file name',
    async (id) => expect(await ask(exporter, id)).toBe('INVALID_ID'),
  )

  it.each(['export.csv', 'export_0_1.csv', 'export_1_999999.csv', 'constructor.csv'])('F05 finds no %s', async (id) => {
    expect(await ask(exporter, id)).toBe('INVALID_OBJECT_ID')
  })

  it('F05 forgets a file after seven days, and an upload is none', async () => {
    const { id } = await exported(all)
    const later = { ...exporter, now: Date.now() + 7 * 24 * 3_600_000 + 60_000 }
    expect(await ask(later, id)).toBe('INVALID_OBJECT_ID')
    const upload = data(await runAction(addFromBulkUpload, exporter, { fileData: uploaded('*userId\nx\n') }))
    expect(await ask(exporter, `export_${account.partnerId}_${upload.id}.csv`)).toBe('INVALID_OBJECT_ID')
    await doJobs()
  })

  it('has its old name, tells its type and how long a cache may keep it', async () => {
    const { id } = await exported(all)
    const answer = data(await runAction(serveByOldName, exporter, { id }))
    expect(answer).toMatchObject({ contentType: 'text/csv', name: id })
    expect(answer.maxAge).toBeGreaterThan(86_000)
    expect(answer.maxAge).toBeLessThanOrEqual(86_400)
  })

  it('is listed with how far it is, and its link can be had anew', async () => {
    const { id } = await exported(all)
    const { objects } = data(await runAction(exportCsvService.list, exporter, { pageSize: 1 }))
    expect(objects).toMatchObject([{ fileName: id, requestedBy: 'exporter', status: 'done', rows: 3 }])
    const link = data(await runAction(exportCsvService.renewLink, exporter, { id: objects[0]?.id ?? 0 }))
    expect(link).toContain(`/id/${id}`)
    expect(codeOf(await asAdmin(await newAccount(), exportCsvService.renewLink, { id: objects[0]?.id ?? 0 }))).toBe(
      'INVALID_OBJECT_ID',
    )
  })
})
