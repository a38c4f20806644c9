import 'server-only'
import { copyFileSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { embeddedFile, refuseInUse, replaceDatabase } from '@/db/backup'
import { closeDatabase, connection, transaction } from '@/db/client'
import { migrate } from '@/db/migrate'
import { acrossPartners } from '@/db/partner-guard'
import { updateOpenUploads } from '@/db/queries/bulk-uploads'
import { parkOpenJobs } from '@/db/queries/jobs'
import { parkQueuedMails } from '@/db/queries/outbox'
import { endEverySession } from '@/db/queries/sessions'
import { StartError } from '@/db/start-error'
import { endEveryLink } from '@/lib/auth/end-links'
import { refuseOtherSecret } from '@/lib/auth/refuse-other-secret'
import { BulkUploadStatus } from '@/lib/bulk-upload/schema'

/** What a copy cannot know, in the answer of the command: whoever restores has to see to it. */
const asInBackup =
  'Passwords, authenticators, roles, blocks and application tokens are as they were in the backup; backup codes used since work once more.'

/**
 * Puts a copy that `backup` made in the place of the embedded database (R24). Nobody is signed in then and no mailed link works, as nobody
 * knows which were ended or used since; mails and jobs that waited are not sent and done again, as they have been since. What was there is
 * kept beside it. Throws a `StartError` with what to do, and has changed nothing then.
 */
export async function restore(backup: string, now = Date.now()) {
  const file = embeddedFile()
  refuseInUse()
  refuseOther(backup)
  const part = `${file}.restoring`
  for (const end of ['', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
  copyFileSync(backup, part)
  try {
    const left = await asDatabase(part, () => makeFit(now))
    return { restored: file, former: replaceDatabase(part, new Date(now)), ...left, asInBackup }
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${part}${end}`, { force: true })
  }
}

async function makeFit(now: number) {
  connection().refuseDamage()
  await migrate()
  await refuseOtherSecret()
  return acrossPartners(() =>
    transaction(async () => {
      await endEverySession(now)
      return {
        linksEnded: await endEveryLink(),
        mailsNotSent: await parkQueuedMails('The database was restored from a backup; this mail was probably sent before that.'),
        jobsNotDone: await parkJobs(now),
      }
    }),
  )
}

/** A job is done by mails, and by calls of an account's own server, to many: whoever misses what it did asks for it again. */
async function parkJobs(now: number) {
  const error =
    'The database was restored from a backup; this was probably done before that. Begin it again if its changes are missing.'
  await updateOpenUploads({ status: BulkUploadStatus.FAILED, error, finishedAt: now })
  return parkOpenJobs(now, error)
}

/** Runs `fn` with another file as the database of this process. */
async function asDatabase<T>(file: string, fn: () => Promise<T>): Promise<T> {
  await closeDatabase()
  const before = process.env.DATABASE_URL
  process.env.DATABASE_URL = `file:${file}`
  try {
    return await fn()
  } finally {
    await closeDatabase()
    if (before === undefined) delete process.env.DATABASE_URL
    else process.env.DATABASE_URL = before
  }
}

/** Something else than a database of Usher would be made one. */
function refuseOther(backup: string) {
  let isOurs = false
  try {
    const opened = new Database(backup, { readonly: true, fileMustExist: true })
    isOurs = opened.prepare(`select 1 from sqlite_schema where name = 'migrations'`).get() !== undefined
    opened.close()
  } catch {}
  if (!isOurs) throw new StartError(`${backup} is no backup of Usher, or is damaged: give the path of another one.`)
}
