import 'server-only'
import type { z } from 'zod'
import type { MailRow } from '@/db/queries/outbox'
import type { Mail } from './schema'
import { readMail } from './stored-mail'
import { subjectOf } from './subject'

/** The mail of a row as lists show it. */
export function toMail(row: MailRow): z.input<typeof Mail> {
  const stored = readMail(row)
  return { ...row, subject: stored && subjectOf(stored, row.language) }
}
