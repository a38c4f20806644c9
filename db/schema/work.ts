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
    attempts: c.int().notNull(),
    runAt: c.time().notNull(),
    leaseUntil: c.time(),
    lastError: c.text(),
    createdBy: c.text(),
    createdAt: c.time().notNull(),
    finishedAt: c.time(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('jobs_due').on(t.status, t.runAt),
    c.uniqueIndex('jobs_unique').on(t.partnerId, t.kind, t.uniqueKey),
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
    requestId: c.text().notNull(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.index('audit_log_by_time').on(t.partnerId, t.at, t.key),
    c.index('audit_log_by_target').on(t.partnerId, t.targetType, t.targetKey, t.key),
    c.index('audit_log_by_actor').on(t.partnerId, t.actorId, t.key),
  ],
)
