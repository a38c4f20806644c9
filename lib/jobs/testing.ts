import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { afterAll } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { jobs, mailOutbox } from '@/db/schema/work'
import { type FileAnswer, UploadedFile } from '@/lib/action/file'
import { env } from '@/lib/env'
import type { MailEvent } from '@/lib/mail/enums'
import type { MailParams } from '@/lib/mail/events'
import { readMail } from '@/lib/mail/stored-mail'
import { jobKinds } from './start-work'
import { newWorker } from './worker'

/** For tests: files as a call brings them, and the work that they cause. */

/** A data folder for one test file: its accounts have the same numbers as those of other files. */
export function freshDataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'usher-files-'))
  process.env.DATA_DIR = folder
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

let files = 0

export function uploaded(content: string | Buffer, name = 'people.csv') {
  const path = join(env().dataDir, `arriving-${++files}`)
  writeFileSync(path, content)
  return new UploadedFile({ path, name, size: Buffer.byteLength(content) })
}

/** Does all jobs that are due at that time. */
export const doJobs = (now = Date.now()) => newWorker({ kinds: jobKinds, clock: () => now }).runDue()

export async function textOf(answer: FileAnswer) {
  const parts: Buffer[] = []
  for await (const part of answer.open()) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString()
}

export async function storedJobs(partnerId: number) {
  return acrossPartners(() => db().select().from(jobs).where(eq(jobs.partnerId, partnerId)).orderBy(asc(jobs.key)))
}

/** The mails of one event to anybody in the account, opened. */
export async function mailsOf<E extends MailEvent>(partnerId: number, event: E) {
  const rows = await acrossPartners(() => db().select().from(mailOutbox).where(eq(mailOutbox.partnerId, partnerId)))
  return rows
    .filter((row) => row.event === event)
    .map((row) => ({ recipient: row.recipient, params: readMail(row)?.params as MailParams[E] }))
}
