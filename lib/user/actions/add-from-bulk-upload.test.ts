import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { bulkResults } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import type { AnyAction } from '@/lib/action/define-action'
import { runAction } from '@/lib/action/run-action'
import { findPartner } from '@/lib/auth/partner'
import { makeRole } from '@/lib/auth/testing'
import { bulkUploadService } from '@/lib/bulk-upload/service'
import { env } from '@/lib/env'
import { bulkUploadJob } from '@/lib/jobs/bulk-upload'
import { doJobs, freshDataFolder, mailsOf, storedJobs, textOf, uploaded } from '@/lib/jobs/testing'
import { newWorker } from '@/lib/jobs/worker'
import {
  type Account,
  asAdmin,
  codeOf,
  contextOf,
  data,
  goodPassword,
  newAccount,
  operatorContext,
  storedUser,
} from '@/lib/testing'
import { addFromBulkUpload } from './add-from-bulk-upload'
import { addUser } from './add-user'
import { updateUser } from './update-user'

freshDatabase()
freshDataFolder()

/** Uploads a file, does the job and answers what became of it. */
async function upload(account: Account, content: string | Buffer, ctx?: Context) {
  const caller = ctx ?? (await contextOf(account))
  const { id } = data(await runAction(addFromBulkUpload, caller, { fileData: uploaded(content) }))
  await doJobs()
  const admin = await contextOf(account)
  const ended = data(await runAction(bulkUploadService.get, admin, { id }))
  const results = data(await runAction(bulkUploadService.listResults, admin, { id, pageSize: 500 }))
  return { ...ended, results: results.objects }
}

const errors = (ended: Awaited<ReturnType<typeof upload>>) => ended.results.map(({ errorCode }) => errorCode ?? 'OK')

describe('user.addFromBulkUpload', () => {
  it('answers the job as it begins', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account, { userId: 'importer' })
    const answer = data(await runAction(addFromBulkUpload, ctx, { fileData: uploaded('*userId\nann\n', 'team.csv') }))
    expect(answer).toMatchObject({
      objectType: 'KalturaBulkUpload',
      status: 0,
      fileName: 'team.csv',
      uploadedBy: 'importer',
      uploadedByUserId: 'importer',
      bulkUploadType: 'bulkUploadCsv.CSV',
      bulkUploadObjectType: '3',
      numOfObjects: 0,
    })
    expect(answer.logFileUrl).toContain(`/api_v3/service/bulkUpload/action/serveLog/id/${answer.id}/ks/`)
    // The caller is added silently (§2.4).
    expect((await storedUser(account, 'importer'))?.status).toBe(1)
  })

  it('F04 X05 keeps the file under a name of its own, for its owner alone', async () => {
    const account = await newAccount()
    const name = '../../\u0000etc/pass\r\nwd \u202e.csv'
    data(await runAction(addFromBulkUpload, await contextOf(account), { fileData: uploaded('*userId\na\n', name) }))
    const folder = join(env().dataDir, 'bulk', String(account.partnerId))
    const [file = ''] = readdirSync(folder)
    expect(file).toMatch(/^[0-9a-f-]{36}\.csv$/)
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it.each([
    ['a web page', '<!doctype html><script>', 'a.csv'],
    ['a picture with scripts', '\ufeff <svg onload=x>', 'a.csv'],
    ['a page in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), 'a.csv'],
    ['a page by its name', '*userId\n', 'a.html'],
    ['an archive', 'PK\u0003\u0004....', 'a.csv'],
    ['a spreadsheet by its name', '*userId\n', 'a.xlsx'],
    ['a compressed file', Buffer.from([0x1f, 0x8b, 8, 0]), 'a.csv'],
  ])('F11 F03 refuses %s', async (_name, content, name) => {
    const account = await newAccount()
    const result = await asAdmin(account, addFromBulkUpload, { fileData: uploaded(content, name) })
    expect(codeOf(result)).toBe('INVALID_FILE_TYPE')
    expect(existsSync(join(env().dataDir, 'bulk', String(account.partnerId)))).toBe(false)
  })

  it('F11 takes a table whose first column happens to begin like an archive', async () => {
    const ended = await upload(await newAccount(), 'PK::number,userId\n1,ann\n')
    expect(errors(ended)).toEqual(['OK'])
  })

  it('R20 makes one job of a request that is sent twice, and keeps one file', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account)
    const send = () => runAction(addFromBulkUpload, ctx, { fileData: uploaded('*userId\na\n'), requestId: 'one' }).then(data)
    const [first, again] = [await send(), await send()]
    expect(again.id).toBe(first.id)
    expect(await storedJobs(account.partnerId)).toHaveLength(1)
    expect(readdirSync(join(env().dataDir, 'bulk', String(account.partnerId)))).toHaveLength(1)
  })

  it('adds, changes, deletes and does whichever of it is needed, by number and by name', async () => {
    const account = await newAccount()
    const ended = await upload(
      account,
      [
        '*action,userId,firstName,lastName,email,tags,gender,dateOfBirth,company,title,status,roleIds',
        ',ann,Ann,Lee,ann@x.example,"a,b",2,born 1990-02-28,Acme,Dr,,',
        '1,bob,Bob,,,,,,,,0,',
        'add,eve,Eve,,,,,,,,,1',
        '2,ann,Anna,,,,,,,,,',
        'update,bob,,Bobson,,,,,,,,',
        'delete,bob,,,,,,,,,,',
        '6,ann,,Li,,,,,,,,',
        'upsert,new,New,,,,,,,,,',
        '3,eve,,,,,,,,,,',
      ].join('\n'),
    )
    expect(errors(ended)).toEqual(Array(9).fill('OK'))
    expect(ended).toMatchObject({ status: 5, numOfObjects: 9, totalRows: 9, failedRows: 0 })
    expect(await storedUser(account, 'ann')).toMatchObject({
      firstName: 'Anna',
      lastName: 'Li',
      email: 'ann@x.example',
      tags: 'a,b',
      gender: 2,
      dateOfBirth: Date.UTC(1990, 1, 28) / 1000,
      company: 'Acme',
      title: 'Dr',
    })
    expect(await storedUser(account, 'bob')).toBeNull()
    expect(await storedUser(account, 'eve')).toBeNull()
    expect((await storedUser(account, 'new'))?.firstName).toBe('New')
  })

  it('R13 tells of each bad row and goes on with the others', async () => {
    const account = await newAccount()
    const ended = await upload(
      account,
      [
        '*action,userId,gender,dateOfBirth,externalId,firstName,isAdmin',
        'transform,a,,,,,',
        '4,a,,,,,',
        ',,,,,No id,',
        ',b,3,,,,',
        ',b,,1990/01/01,,,',
        ',b,,2021-02-30,,,',
        ',b c,,,,,',
        'update,nobody,,,,,',
        'delete,nobody,,,,,',
        ',both,,,other,,',
        ',b,,,,http://x,',
        ',b,,,,<b>,',
        ',b,,,,,maybe',
        ',good,,,,,',
      ].join('\n'),
    )
    expect(errors(ended)).toEqual([
      'INVALID_FIELD_VALUE',
      'INVALID_FIELD_VALUE',
      'MISSING_MANDATORY_PARAMETER',
      'INVALID_FIELD_VALUE',
      'INVALID_FIELD_VALUE',
      'INVALID_FIELD_VALUE',
      'INVALID_FIELD_VALUE',
      'INVALID_USER_ID',
      'INVALID_USER_ID',
      'ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE',
      'INVALID_FIELD_VALUE',
      'UNSAFE_HTML_TAGS',
      'INVALID_FIELD_VALUE',
      'OK',
    ])
    expect(ended.results[0]?.error).toContain('"transform"')
    expect(ended.results[3]?.error).toBe('"gender" cannot be "3". Use 0, 1 or 2.')
    expect(ended.results[5]?.error).toContain('"dateOfBirth" cannot be "2021-02-30"')
    expect(ended).toMatchObject({ status: 12, numOfObjects: 14, failedRows: 13 })
    expect(await storedUser(account, 'b')).toBeNull()
  })

  it('R14 takes the first of equal ids and keeps the order of changes', async () => {
    const account = await newAccount()
    const rows = Array.from({ length: 120 }, (_, at) => `,u${at},x`)
    rows.splice(2, 0, ',U1,second')
    const ended = await upload(account, `*action,userId,city\n${rows.join('\n')}\n,u1,third\nupdate,u2,a\nupdate,u2,b\n`)
    expect(ended.results.filter((row) => row.errorCode).map((row) => [row.line, row.errorCode])).toEqual([
      [3, 'DUPLICATE_USER_BY_ID'],
      [122, 'DUPLICATE_USER_BY_ID'],
    ])
    expect((await storedUser(account, 'u1'))?.city).toBe('x')
    expect((await storedUser(account, 'u2'))?.city).toBe('b')
  }, 60_000)

  it.each([
    ['a quote that is never closed', '*userId\nann\n"bob\n', /never closed/],
    [
      'signs of another encoding',
      Buffer.concat([Buffer.from('*userId,city\nann,x\nbob,Z'), Buffer.from([0xfc, 0x0a])]),
      /Line 3/,
    ],
    ['a column that there is not', '*userId\nann\n*userId,partnerId\nbob,1\n', /"partnerId"/],
    ['nothing in it', '', /empty/],
  ])('R13 F08 F07 changes nobody by a file with %s, however far down', async (_name, content, sentence) => {
    const account = await newAccount()
    const ended = await upload(account, content)
    expect(ended).toMatchObject({ status: 6, numOfObjects: 0, results: [] })
    expect(ended.error).toMatch(sentence)
    expect(await storedUser(account, 'ann')).toBeNull()
    const log = data(await asAdmin(account, bulkUploadService.serveLog, { id: ended.id }))
    expect(await textOf(log)).toMatch(sentence)
  })

  it('puts people into groups and takes them out, making a group that is missing', async () => {
    const account = await newAccount()
    const links = async () => {
      const { groupUsers } = await import('@/db/schema/people')
      const rows = await acrossPartners(() => db().select().from(groupUsers))
      return rows.filter((row) => row.partnerId === account.partnerId)
    }
    const first = await upload(
      account,
      '*action,userId,group,groupUserCreationMode,userRole,capabilities\n,ann,team,,2,0\n,bob,team,1,,\nupdate,bob,team,,,\n,group2,,,,\n',
    )
    expect(errors(first)).toEqual(['OK', 'OK', 'OK', 'OK'])
    const team = await storedUser(account, 'team')
    const ann = await storedUser(account, 'ann')
    expect(team).toMatchObject({ type: 1, capabilities: ['0'] })
    expect(await links()).toMatchObject([
      { groupKey: team?.key, userKey: ann?.key, creationMode: 2, userRole: 2 },
      { groupKey: team?.key, creationMode: 1, userRole: 1 },
    ])
    const second = await upload(account, '*action,userId,group\nupdate,ann,-team\nupdate,ann,-none\nupdate,ann,bob\n')
    expect(errors(second)).toEqual(['OK', 'INVALID_FIELD_VALUE', 'INVALID_FIELD_VALUE'])
    expect(await links()).toHaveLength(1)
  })

  it('undoes the whole row when its group cannot be had', async () => {
    const account = await newAccount()
    const ended = await upload(account, '*userId,group\nann,no such-\u0020id\n')
    expect(errors(ended)).toEqual(['INVALID_FIELD_VALUE'])
    expect(await storedUser(account, 'ann')).toBeNull()
  })
})

describe('the rights of an upload', () => {
  it('F06 Z04 lets a plain user’s rows change nobody', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: { id: 'victim' } }))
    const plain = await contextOf(account, { type: 0, userId: 'plain' })
    const ended = await upload(
      account,
      '*action,userId,firstName,group\n,new,x,\nupdate,victim,x,\ndelete,victim,,\nupdate,plain,x,\nupdate,victim,,team\n',
      plain,
    )
    expect(errors(ended)).toEqual(Array(5).fill('SERVICE_FORBIDDEN'))
    expect(ended.status).toBe(6)
    expect((await storedUser(account, 'victim'))?.firstName).toBeNull()
    expect(await storedUser(account, 'team')).toBeNull()
  })

  it('F06 Z07 Z08 Z09 gives nobody what the uploader lacks, nor to himself, and leaves the owner alone', async () => {
    const account = await newAccount()
    const role = await makeRole(account.partnerId, [
      'ADMIN_BASE',
      'ADMIN_USER_BULK',
      'ADMIN_USER_ADD',
      'ADMIN_USER_UPDATE',
      'ADMIN_USER_DELETE',
    ])
    data(await asAdmin(account, addUser, { user: { id: 'clerk', roleIds: String(role) } }))
    const clerk = await contextOf(account, { userId: 'clerk' })
    const owner = account.adminUserId
    const ended = await upload(
      account,
      `*action,userId,roleIds,isAdmin,email,status\n,a,1,,,\n,b,,true,b@x.example,\nupdate,clerk,1,,,\ndelete,clerk,,,,\nupdate,${owner},,,,0\ndelete,${owner},,,,\n`,
      clerk,
    )
    expect(errors(ended)).toEqual([
      'SERVICE_FORBIDDEN',
      'SERVICE_FORBIDDEN',
      'SERVICE_FORBIDDEN',
      'CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER',
      'SERVICE_FORBIDDEN',
      'SERVICE_FORBIDDEN',
    ])
  })

  it('F06 holds rows to the quota of administrators', async () => {
    const account = await newAccount({ adminLoginUsersQuota: 2 })
    const mail = (name: string) => `${name}-${account.partnerId}@x.example`
    const ended = await upload(account, `*userId,isAdmin,email\na,true,${mail('a')}\nb,true,${mail('b')}\n`)
    expect(errors(ended)).toEqual(['OK', 'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED'])
  })

  it('F06 takes a hash of a password from the operator only', async () => {
    const account = await newAccount()
    const email = `kept-${account.partnerId}@x.example`
    const hash = (await import('@node-rs/argon2')).hash(goodPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
    const file = `*userId,email,passwordHash,isAdmin\nkept,${email},"${await hash}",true\n`
    expect(errors(await upload(account, file))).toEqual(['SERVICE_FORBIDDEN'])
    expect(await storedUser(account, 'kept')).toBeNull()

    const partner = await findPartner(account.partnerId)
    const ended = await upload(account, `${file}bad,bad-${email},plain text,\n`, { ...operatorContext(), partner })
    expect(errors(ended)).toEqual(['OK', 'INVALID_FIELD_VALUE'])
    expect(ended.results[1]?.error).not.toContain('plain text')
    expect(await storedUser(account, 'kept')).toMatchObject({ isAdmin: true, roleIds: '1', status: 1 })
    expect(await mailsOf(account.partnerId, 'invitation')).toEqual([])
    const { loginByLoginId } = await import('./login-by-login-id')
    const { newContext } = await import('@/lib/action/context')
    const login = await runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId: email, password: goodPassword })
    expect(codeOf(login)).toBe('OK')
  })

  it('F06 stops when the uploader is blocked meanwhile', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: { id: 'importer', roleIds: '1' } }))
    const importer = await contextOf(account, { userId: 'importer' })
    const rows = Array.from({ length: 2_000 }, (_, at) => `user${at}`)
    const { id } = data(await runAction(addFromBulkUpload, importer, { fileData: uploaded(`*userId\n${rows.join('\n')}\n`) }))
    let steps = 0
    const blocking = {
      ...bulkUploadJob,
      run: (job: Parameters<typeof bulkUploadJob.run>[0]) =>
        bulkUploadJob.run({
          ...job,
          async step(change) {
            await job.step(change)
            if (++steps === 4) data(await asAdmin(account, updateUser, { userId: 'importer', user: { status: 0 } }))
          },
        }),
    }
    await newWorker({ kinds: [blocking] }).runDue()
    const ended = data(await asAdmin(account, bulkUploadService.get, { id }))
    expect(ended).toMatchObject({ status: 6, error: 'The user of this session is blocked.' })
    expect(ended.numOfObjects).toBeGreaterThan(0)
    expect(ended.numOfObjects).toBeLessThan(2_000)
    expect(await storedUser(account, 'user0')).not.toBeNull()
    expect(await storedUser(account, 'user1999')).toBeNull()
  })

  it('F05 Z01 shows an upload to its uploader and to administrators of the account, to nobody else', async () => {
    const account = await newAccount()
    const plain = await contextOf(account, { type: 0, userId: 'plain' })
    const { id } = data(await runAction(addFromBulkUpload, plain, { fileData: uploaded('*userId\na\n') }))
    const again = await contextOf(account, { type: 0, userId: 'plain' })
    const other = await contextOf(account, { type: 0, userId: 'other' })
    const foreign = await contextOf(await newAccount())
    const { get, abort, serve, serveLog, serveRefused, listResults, list } = bulkUploadService
    const all: AnyAction[] = [get, serve, serveLog, serveRefused, listResults, abort]
    for (const action of all) {
      expect(codeOf(await runAction(action, other, { id }))).toBe('BULK_UPLOAD_NOT_FOUND')
      expect(codeOf(await runAction(action, foreign, { id }))).toBe('BULK_UPLOAD_NOT_FOUND')
      expect(codeOf(await runAction(action, again, { id }))).toBe('OK')
    }
    expect(data(await runAction(list, other, {})).totalCount).toBe(0)
    expect(data(await runAction(list, foreign, { bulkUploadFilter: { statusEqual: 7 } })).totalCount).toBe(0)
    expect(data(await runAction(list, again, { bulkUploadFilter: { statusEqual: 7 } })).objects).toMatchObject([{ id }])
  })
})

describe('what an upload leaves', () => {
  const file = '*userId,firstName,city\nann,=1+1,"a\nb"\nann,two,\nbob c,"x ""y""",\n'

  it('F09 gives a log of the rows as they came, with what became of each, and no formula in it', async () => {
    const account = await newAccount()
    const { id } = await upload(account, file)
    const answer = data(await asAdmin(account, bulkUploadService.serveLog, { id }))
    expect(answer.contentType).toBe('text/plain; charset=UTF-8')
    const key = (await storedUser(account, 'ann'))?.key
    const lines = (await textOf(answer)).split('\r\n')
    expect(lines[0]).toBe(`ann,'=1+1,"a\nb",2,${key},1`)
    expect(lines[1]).toMatch(/^ann,two,,1,,,"?The user id ""ann"" is taken\./)
    expect(lines[2]).toMatch(/^bob c,"x ""y""",,1,,,/)
    expect(lines).toHaveLength(4)
  })

  it('gives the file as it came', async () => {
    const account = await newAccount()
    const { id } = await upload(account, file)
    const answer = data(await asAdmin(account, bulkUploadService.serve, { id }))
    expect(answer).toMatchObject({ contentType: 'text/csv', name: 'people.csv' })
    expect(await textOf(answer)).toBe(file)
  })

  it('gives the rows that failed, to be mended and uploaded again', async () => {
    const account = await newAccount()
    const { id } = await upload(account, file)
    const answer = data(await asAdmin(account, bulkUploadService.serveRefused, { id }))
    const text = await textOf(answer)
    expect(text).toMatch(/^\ufeff\*userId,firstName,city,usher::error\r\nann,two,,"?The user id/)
    const again = await upload(account, text.replace('bob c', 'bob').replace('ann,', 'ann2,'))
    expect(errors(again)).toEqual(['OK', 'OK'])
    expect((await storedUser(account, 'bob'))?.firstName).toBe('x "y"')
  })

  it('lists the failed rows a page at a time', async () => {
    const account = await newAccount()
    const { id } = await upload(account, file)
    const ask = (afterLine: number) =>
      asAdmin(account, bulkUploadService.listResults, { id, onlyFailed: true, afterLine, pageSize: 1 })
    expect(data(await ask(0))).toMatchObject({ objects: [{ line: 2, errorCode: 'DUPLICATE_USER_BY_ID' }], hasMore: true })
    expect(data(await ask(2))).toMatchObject({ objects: [{ line: 3 }], hasMore: false })
  })

  it('mails whom the upload names, once', async () => {
    const account = await newAccount()
    const bulkUploadData = { fileName: 'Team', emailRecipients: 'One@x.example, two@x.example,one@x.example' }
    const { id } = data(await asAdmin(account, addFromBulkUpload, { fileData: uploaded(file), bulkUploadData }))
    await doJobs()
    await doJobs()
    const mails = await mailsOf(account.partnerId, 'import-finished')
    expect(mails.map((mail) => mail.recipient)).toEqual(['one@x.example', 'two@x.example'])
    expect(mails[0]?.params).toMatchObject({ fileName: 'Team', outcome: 'partial', rows: 3, failedRows: 2 })
    expect(mails[0]?.params.link).toBe(`${env().publicUrl}/jobs/${id}`)
  })

  it('mails the account where it wants to know, and nobody a plain user names', async () => {
    const account = await newAccount({ bulkNotifications: true, bulkNotificationsEmail: 'ops@x.example' })
    await upload(account, '*userId\nann\n')
    expect(await mailsOf(account.partnerId, 'import-finished')).toMatchObject([
      { recipient: 'ops@x.example', params: { outcome: 'finished', rows: 1, failedRows: 0 } },
    ])
    const quiet = await newAccount()
    const plain = await contextOf(quiet, { type: 0, userId: 'plain' })
    const bulkUploadData = { emailRecipients: 'stranger@x.example' }
    data(await runAction(addFromBulkUpload, plain, { fileData: uploaded('*userId\na\n'), bulkUploadData }))
    await doJobs()
    expect(await mailsOf(quiet.partnerId, 'import-finished')).toEqual([])
    const bad = await asAdmin(quiet, addFromBulkUpload, { fileData: uploaded('x'), bulkUploadData: { emailRecipients: 'no' } })
    expect(codeOf(bad)).toBe('INVALID_FIELD_VALUE')
  })

  it('leaves the rows done when it is aborted, and those below undone', async () => {
    const account = await newAccount()
    const { id } = data(await asAdmin(account, addFromBulkUpload, { fileData: uploaded('*userId\nann\n') }))
    const aborted = data(await asAdmin(account, bulkUploadService.abort, { id }))
    expect(aborted.status).toBe(7)
    await doJobs()
    expect(await storedUser(account, 'ann')).toBeNull()
    expect(data(await asAdmin(account, bulkUploadService.abort, { id })).status).toBe(7)
    expect(data(await asAdmin(account, bulkUploadService.list, {})).objects).toEqual([])
    expect(data(await asAdmin(account, bulkUploadService.list, { bulkUploadFilter: { statusIn: '7,5' } })).totalCount).toBe(1)
  })

  it('keeps one result a row', async () => {
    const account = await newAccount()
    const { id } = await upload(account, '*userId\na\nb\n')
    const again = { partnerId: account.partnerId, uploadKey: id, line: 1, status: 2 }
    await expect(acrossPartners(() => db().insert(bulkResults).values(again))).rejects.toThrow()
  })
})
