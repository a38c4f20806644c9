import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { readMail } from './mailbox'
import { usher } from './usher'
import { type Account, clientOf, ksVersion2, user } from './wire-client'

/** Files by the official client: an upload of people with its log, and an export from its order to the downloaded file. */
const { bulk, bulkUpload, exportcsv, group, system } = kaltura.services
const { User, UserFilter } = kaltura.objects

let account: Account
let client: Client

test.beforeAll(async ({ baseURL }) => {
  const owner = { adminEmail: `${randomUUID()}@files.example`, adminPassword: 'A-paper-lantern-9' }
  account = await usher<Account>('partner.create', { name: 'Files', ...owner })
  client = clientOf(baseURL ?? '', ksVersion2(account, { userId: account.adminUserId }))
})

type Upload = { id: number; status: number; numOfObjects: number; logFileUrl: string; bulkFileUrl: string; objectType: string }

const finished = 5
const finishedPartially = 12

const byteOrderMark = '\ufeff'

/** Everything that a file may hold (§10), one row each. */
const rows = [
  `${byteOrderMark}*action,userId,firstName,lastName,tags,gender,dateOfBirth,group`,
  '# a remark',
  '1,file-ann,Ann,"Lee, the elder",sea,2,1990-12-31,file-choir',
  ',file-bob,Bob,Ray,,1,,file-choir',
  '2,file-ann,Anna,,,,,-file-choir',
  '1,file-ann,Twice,,,,,',
  '1,file-cat,Cat,,,7,,',
  '1,file-dan,Dan,,,,31.12.1990,',
  ',,,,,,,',
  '6,file-eve,Eve,,,,,',
  '3,file-bob,,,,,,',
  '9,file-fay,Fay,,,,,',
]
const people = Buffer.from(rows.join('\r\n'))

test.describe('B3 B11 an upload', () => {
  test('its rows are applied, and the log says of each what became of it', async () => {
    const upload = (await user.addFromBulkUpload(people).execute(client)) as Upload
    expect(upload).toMatchObject({ objectType: 'KalturaBulkUpload', fileName: 'chunk', bulkUploadObjectType: '3' })

    expect(await ended(upload.id)).toMatchObject({ status: finishedPartially, numOfObjects: 9 })
    expect(await user.get('file-ann').execute(client)).toMatchObject({
      firstName: 'Anna',
      lastName: 'Lee, the elder',
      tags: 'sea',
      dateOfBirth: Date.UTC(1990, 11, 31) / 1000,
    })
    expect(
      await user.listAction(new UserFilter({ idIn: 'file-bob,file-cat,file-dan,file-eve,file-fay' })).execute(client),
    ).toMatchObject({
      totalCount: 1,
      objects: [{ id: 'file-eve' }],
    })
    expect(await group.get('file-choir').execute(client)).toMatchObject({ membersCount: 0 })

    const log = (await (await fetch(upload.logFileUrl)).text()).trim().split('\n')
    expect(log).toHaveLength(9)
    expect(log.filter((line) => /file-(cat|dan|fay)|Twice/.test(line))).toHaveLength(4)
    const original = await (await fetch(upload.bulkFileUrl)).arrayBuffer()
    expect(Buffer.from(original)).toEqual(people)
  })

  test('goes in one request with others, as the file of its call', async () => {
    const file = Buffer.from('*action,userId\n1,file-gil\n')
    const answers = (await system.ping().add(user.addFromBulkUpload(file)).execute(client)) as [boolean, Upload]
    expect(answers).toMatchObject([true, { objectType: 'KalturaBulkUpload' }])
    const { id } = answers[1]
    expect(await ended(id)).toMatchObject({ status: finished, numOfObjects: 1 })

    const known = { objectType: 'KalturaBulkUpload', id }
    const listed = { objectType: 'KalturaBulkUploadListResponse' }
    for (const service of [bulk, bulkUpload]) {
      // What has ended stays as it is.
      const read = await service.get(id).add(service.abort(id)).add(service.listAction()).execute(client)
      expect(read).toMatchObject([known, { ...known, status: finished }, listed])
      expect(await service.abort(id).execute(client)).toMatchObject({ ...known, status: finished })
      expect(await service.listAction().execute(client)).toMatchObject(listed)
    }
  })
})

test('B11 F01 an export is ordered, mailed, and read with the link and by both services', async () => {
  await user.add(new User({ id: 'out-hal', firstName: '=1+1', lastName: 'Öz', email: 'hal@files.example' })).execute(client)
  const filter = new UserFilter({ idEqual: 'out-hal' })
  expect(await user.exportToCsv(filter).execute(client)).toBe(account.adminUserId)
  expect(await system.ping().add(user.exportToCsv(filter)).execute(client)).toEqual([true, account.adminUserId])

  const { link } = await readMail(account.adminUserId, /export/i)
  const name = /\/id\/(export_\d+_\d+\.csv)/.exec(link)?.[1] ?? ''
  expect(name).toMatch(new RegExp(`^export_${account.partnerId}_`))
  const file = await fetch(link)
  expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/csv/)])
  const bytes = Buffer.from(await file.arrayBuffer()).toString('utf8')
  expect(bytes.startsWith(`${byteOrderMark}User ID,First Name,Last Name,Email`)).toBe(true)
  const [, person] = bytes.split(/\r?\n/)
  expect(person).toBe("out-hal,'=1+1,Öz,hal@files.example")

  // The client takes the mark off.
  const text = bytes.slice(byteOrderMark.length)
  expect(await exportcsv.serveCsv(name).execute(client)).toBe(text)
  expect(await user.serveCsv(name).execute(client)).toBe(text)
  expect(await system.ping().add(exportcsv.serveCsv(name)).execute(client), 'the file is all that is answered').toBe(text)
})

test('B1 B2 user.notifyBan answers null, alone and in one request', async () => {
  await user.add(new User({ id: 'banned' })).execute(client)
  expect(await user.notifyBan('banned').execute(client)).toBeNull()
  expect(await user.notifyBan('banned').add(system.ping()).execute(client)).toEqual([null, true])
})

/** The upload, once its job has ended. */
async function ended(id: number) {
  const states = [finished, finishedPartially, 6, 7]
  const statusOf = async () => ((await bulk.get(id).execute(client)) as Upload).status
  await expect.poll(async () => states.includes(await statusOf()), { timeout: 30_000 }).toBe(true)
  return bulk.get(id).execute(client)
}
