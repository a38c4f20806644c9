import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { env } from '@/lib/env'
import { doJobs, freshDataFolder, mailsOf } from '@/lib/jobs/testing'
import { type Account, asAdmin, data, ksOf, newAccount, startWire } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'

/** Files on the wire: sent as programs send them, and fetched by the very addresses that were answered or mailed. */
freshDatabase()
freshDataFolder()

let wire: Awaited<ReturnType<typeof startWire>>
let account: Account

beforeAll(async () => {
  wire = await startWire()
  account = await newAccount()
  data(await asAdmin(account, addUser, { user: { id: 'exporter', email: 'exporter@x.example', roleIds: '1' } }))
})
afterAll(() => wire.stop())

const call = async (service: string, action: string, params: object) => {
  const sent = { ...params, format: 1 }
  const response = await fetch(`${wire.url}/api_v3/service/${service}/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  return response.json()
}

/** An address of this installation, asked for on the port of the test. */
const fetchLink = (link: string) => fetch(link.replace(env().publicUrl, wire.url))

describe('files on the wire', () => {
  it('takes a file of users and gives its log and the file by the addresses that it answered', async () => {
    const ks = await ksOf(account, { userId: 'exporter' })
    const form = new FormData()
    form.set('json', JSON.stringify({ ks, format: 1, bulkUploadData: { objectType: 'KalturaBulkUploadCsvJobData' } }))
    form.set('fileData', new File(['*userId,firstName\nann,Ann\n'], 'team.csv'))
    const sent = await fetch(`${wire.url}/api_v3/service/user/action/addFromBulkUpload`, { method: 'POST', body: form })
    const upload = await sent.json()
    expect(upload).toMatchObject({ objectType: 'KalturaBulkUpload', status: 0, fileName: 'team.csv', uploadedBy: 'exporter' })
    expect(upload).not.toHaveProperty('isKept')

    expect(await (await fetchLink(upload.logFileUrl)).text()).toBe('No row was handled yet.\n')
    await doJobs()
    expect(await (await fetchLink(upload.logFileUrl)).text()).toMatch(/^ann,Ann,2,\d+,1\r\n$/)
    const original = await fetchLink(upload.bulkFileUrl)
    expect(original.headers.get('content-type')).toContain('text/csv')
    expect(original.headers.get('content-disposition')).toContain('attachment')
    expect(await original.text()).toBe('*userId,firstName\nann,Ann\n')
    expect(await call('bulkupload_bulk', 'get', { ks, id: upload.id })).toMatchObject({ status: 5, numOfObjects: 1 })
    expect(await call('bulkUpload', 'list', { ks })).toMatchObject({ totalCount: 1, objects: [{ id: upload.id }] })
  })

  it('refuses an abstract kind of upload, and a call without its file', async () => {
    const ks = await ksOf(account)
    const form = new FormData()
    form.set('json', JSON.stringify({ ks, format: 1, bulkUploadData: { objectType: 'KalturaBulkUploadJobData' } }))
    form.set('fileData', new File(['*userId\n'], 'team.csv'))
    const sent = await fetch(`${wire.url}/api_v3/service/user/action/addFromBulkUpload`, { method: 'POST', body: form })
    expect(await sent.json()).toMatchObject({ code: 'OBJECT_TYPE_ABSTRACT' })
    expect(await call('user', 'addFromBulkUpload', { ks })).toMatchObject({ code: 'MISSING_MANDATORY_PARAMETER' })
  })

  it('gives an export to the link that was mailed', async () => {
    const ks = await ksOf(account, { userId: 'exporter' })
    const mappedFields = [{ objectType: 'KalturaKeyValueExtended', key: 'State', value: 'status', predefinedFormat: 1 }]
    const filter = { objectType: 'KalturaUserFilter', idEqual: 'exporter' }
    expect(await call('user', 'exportToCsv', { ks, filter, mappedFields })).toBe('exporter@x.example')
    await doJobs()
    const link = (await mailsOf(account.partnerId, 'export-ready'))[0]?.params.link ?? ''
    const answer = await fetchLink(link)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(Buffer.from(await answer.arrayBuffer()).toString()).toBe(
      '\ufeffUser ID,First Name,Last Name,Email,State\r\nexporter,,,exporter@x.example,Active\r\n',
    )
  })
})
