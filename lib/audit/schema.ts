import { z } from 'zod'
import { anyText, explain, int, list, object, stringEnum, text } from '@/lib/action/fields'

/** The audit log. Usher's own, so times are epoch milliseconds. Safe to import in the browser. */

export const AuditFilter = object('UsherAuditFilter', {
  userId: explain(anyText(1000).nullish(), 'The id of a user; every change of that user under any id it had.'),
  actorId: explain(anyText(1000).nullish(), 'Who made the change.'),
})

export const ListAuditInput = z.object({
  filter: AuditFilter.nullish(),
  beforeKey: explain(int().nullish(), 'Read on below the key of the last entry.'),
  pageSize: int(1, 200).default(30),
})

const Change = z.object({ before: z.unknown().optional(), after: z.unknown().optional() })

export const AuditEntry = object('UsherAuditEntry', {
  key: int(),
  at: int(),
  actorKind: stringEnum('actorKind', ['anonymous', 'user', 'operator', 'usher']),
  actorId: z.string().nullable(),
  action: z.string(),
  /** `OK`, or the code of the refusal. */
  result: z.string(),
  targetType: z.string().nullable(),
  targetId: z.string().nullable(),
  /** Field → what it was and what it became. */
  changes: z.record(z.string(), Change),
  reason: z.string().nullable(),
  origin: stringEnum('origin', ['page', 'wire', 'cli', 'usher']),
  address: text(100).nullable(),
  /** The browser and its system, of sign-ins and attempts. */
  device: anyText(500).nullable(),
  requestId: z.string(),
})
export type AuditEntry = z.output<typeof AuditEntry>

export const AuditListResponse = object('UsherAuditListResponse', { objects: list(AuditEntry), hasMore: z.boolean() })
