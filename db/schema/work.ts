import { sql } from 'drizzle-orm'
import { c } from '../columns'
import type { FieldChanges } from '../types'

/** What is left to do, and what was done. */

export const jobs = c.table(
  'jobs',
  {
    partnerId: c.int().notNull(),
    key: c.key(),
    kind: c.text().notNull(),
    uniqueKey: c.text(),
    payload: c.json<unknown>().notNull(),
    status: c.oneOf(['waiting', 'running', 'done', 'failed', 'cancelled']).notNull(),
    progress: c.json<unknown>(),
    /** Tries since the job last got on. */
    attempts: c.int().notNull(),
    /** When it is due; while a worker has it, the end of the worker's lease. */
    runAt: c.time().notNull(),
    /** The claim of the worker that has it: nobody else writes its progress. */
    claimedBy: c.text(),
    lastError: c.text(),
    createdBy: c.text(),
    createdAt: c.time().notNull(),
    finishedAt: c.time(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('jobs_due').on(t.status, t.runAt),
    c.index('jobs_by_kind').on(t.partnerId, t.kind, t.key),
    c.uniqueIndex('jobs_unique').on(t.partnerId, t.kind, t.uniqueKey),
  ],
)

/** Files of users that were uploaded (§10); the key is that of the job. */
export const bulkUploads = c.table(
  'bulk_uploads',
  {
    partnerId: c.int().notNull(),
    key: c.givenKey(),
    /** By the contract's numbers (§10.3). */
    status: c.int().notNull(),
    /** As the uploader named it. */
    fileName: c.text().notNull(),
    /** What it is called in the data folder; null once it was swept. */
    file: c.text(),
    /** Bytes. */
    size: c.int().notNull(),
    /** Empty for a session without a user and for the operator. */
    uploadedBy: c.text().notNull(),
    /** The uploader's user, whatever his id becomes. */
    uploaderKey: c.int(),
    recipients: c.json<string[]>().notNull(),
    /** How many the file has, once it was read. */
    totalRows: c.int(),
    /** How many were handled. */
    rows: c.int().notNull(),
    failedRows: c.int().notNull(),
    /** Why the file as a whole was refused, or stopped. */
    error: c.text(),
    createdAt: c.time().notNull(),
    finishedAt: c.time(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('bulk_uploads_by_time').on(t.partnerId, t.createdAt, t.key),
    c.index('bulk_uploads_to_sweep').on(t.finishedAt).where(sql.raw('file is not null')),
  ],
)

/** What became of each row of an uploaded file. */
export const bulkResults = c.table(
  'bulk_results',
  {
    partnerId: c.int().notNull(),
    uploadKey: c.int().notNull(),
    /** Counts the data rows of the file from 1. */
    line: c.int().notNull(),
    /** 1 failed, 2 done. */
    status: c.int().notNull(),
    action: c.text(),
    userId: c.text(),
    userKey: c.int(),
    userStatus: c.int(),
    errorCode: c.text(),
    error: c.text(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.uploadKey, t.line]),
    c.index('bulk_results_failed').on(t.partnerId, t.uploadKey, t.line).where(sql.raw('status = 1')),
    c.belongsTo([t.partnerId, t.uploadKey], [bulkUploads.partnerId, bulkUploads.key]),
  ],
)

/** Mails, written in the same transaction as their cause. */
export const mailOutbox = c.table(
  'mail_outbox',
  {
    partnerId: c.int().notNull(),
    key: c.key(),
    event: c.text().notNull(),
    recipient: c.text().notNull(),
    language: c.text(),
    /** Sealed JSON: it may hold a link. */
    params: c.text().notNull(),
    /** `replaced`: an administrator had it sent anew before it went out. */
    status: c.oneOf(['queued', 'sent', 'failed', 'replaced']).notNull(),
    attempts: c.int().notNull(),
    /** While a sender works on the mail, the end of its lease. */
    nextAttemptAt: c.time().notNull(),
    /** The same at every attempt, so that a mail that arrives twice is recognised. */
    messageId: c.text().notNull(),
    lastError: c.text(),
    createdAt: c.time().notNull(),
    sentAt: c.time(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('mail_outbox_due').on(t.status, t.nextAttemptAt),
    c.index('mail_outbox_by_time').on(t.partnerId, t.createdAt, t.key),
  ],
)

/** Who changed what; append-only: a trigger refuses to delete an entry, and to update it but for values that are taken out of `changes`. */
export const auditLog = c.table(
  'audit_log',
  {
    partnerId: c.int().notNull(),
    key: c.key(),
    at: c.time().notNull(),
    actorKind: c.oneOf(['anonymous', 'user', 'operator', 'usher']).notNull(),
    actorId: c.text(),
    action: c.text().notNull(),
    /** `OK`, or the code of the refusal. */
    result: c.text().notNull(),
    targetType: c.text(),
    targetId: c.text(),
    targetKey: c.int(),
    changes: c.json<FieldChanges>().notNull(),
    reason: c.text(),
    origin: c.oneOf(['page', 'wire', 'cli', 'usher']).notNull(),
    address: c.text(),
    /** Of a sign-in or an attempt at one: the browser and its system. */
    device: c.text(),
    requestId: c.text().notNull(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('audit_log_by_time').on(t.partnerId, t.at, t.key),
    c.index('audit_log_by_target').on(t.partnerId, t.targetType, t.targetKey, t.key),
    c.index('audit_log_by_actor').on(t.partnerId, t.actorId, t.key),
  ],
)
