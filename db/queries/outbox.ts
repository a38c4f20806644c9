import { and, asc, desc, eq, gt, gte, inArray, lt, lte, type SQL } from 'drizzle-orm'
import { db, transaction } from '../client'
import { mailOutbox } from '../schema/work'
import { containsInAnyCase, forUpdate, skipLocked } from '../sql'

export type MailRow = typeof mailOutbox.$inferSelect
export type NewMail = Omit<typeof mailOutbox.$inferInsert, 'key'>

const is = ({ partnerId, key }: Pick<MailRow, 'partnerId' | 'key'>) =>
  and(eq(mailOutbox.partnerId, partnerId), eq(mailOutbox.key, key))

export async function insertMail(mail: NewMail): Promise<MailRow> {
  const [added] = await db().insert(mailOutbox).values(mail).returning()
  if (!added) throw new Error('The database did not return the added mail')
  return added
}

export async function findMail(partnerId: number, key: number): Promise<MailRow | null> {
  const [mail] = await db().select().from(mailOutbox).where(is({ partnerId, key }))
  return mail ?? null
}

/** The mail, held until the transaction ends. */
export async function findMailForUpdate(partnerId: number, key: number): Promise<MailRow | null> {
  const [mail] = await forUpdate(db().select().from(mailOutbox).where(is({ partnerId, key })))
  return mail ?? null
}

export type MailFilter = {
  status?: MailRow['status']
  event?: string
  recipient?: string
  recipientHas?: string
  beforeKey?: number
  afterKey?: number
}

/** Newest first: from below `beforeKey`, or the nearest above `afterKey`; at most `limit`. */
export async function listMails(partnerId: number, filter: MailFilter, limit: number): Promise<MailRow[]> {
  const { status, event, recipient, recipientHas, beforeKey, afterKey } = filter
  const conditions: (SQL | undefined)[] = [
    eq(mailOutbox.partnerId, partnerId),
    status === undefined ? undefined : eq(mailOutbox.status, status),
    event === undefined ? undefined : eq(mailOutbox.event, event),
    recipient === undefined ? undefined : eq(mailOutbox.recipient, recipient),
    recipientHas === undefined ? undefined : containsInAnyCase(mailOutbox.recipient, recipientHas),
    beforeKey === undefined ? undefined : lt(mailOutbox.key, beforeKey),
    afterKey === undefined ? undefined : gt(mailOutbox.key, afterKey),
  ]
  const rows = await db()
    .select()
    .from(mailOutbox)
    .where(and(...conditions))
    .orderBy(afterKey === undefined ? desc(mailOutbox.key) : asc(mailOutbox.key))
    .limit(limit)
  return afterKey === undefined ? rows : rows.reverse()
}

/** How many mails were written to an address since then. */
export async function countMailsTo(partnerId: number, recipient: string, since: number): Promise<number> {
  return db().$count(
    mailOutbox,
    and(eq(mailOutbox.partnerId, partnerId), gte(mailOutbox.createdAt, since), eq(mailOutbox.recipient, recipient)),
  )
}

const isDue = (now: number) => and(eq(mailOutbox.status, 'queued'), lte(mailOutbox.nextAttemptAt, now))

/**
 * Takes the mail that has been due the longest: nobody else gets it before `leaseUntil`, whatever becomes of the taker. Null when
 * none is due. Sees all partners.
 */
export async function claimDueMail(now: number, leaseUntil: number): Promise<MailRow | null> {
  // Asked first without a transaction: most of the time nothing is due, and then no writer has to wait.
  const [waiting] = await db().select({ key: mailOutbox.key }).from(mailOutbox).where(isDue(now)).limit(1)
  if (!waiting) return null

  return transaction(async () => {
    const [due] = await skipLocked(
      db().select().from(mailOutbox).where(isDue(now)).orderBy(asc(mailOutbox.nextAttemptAt), asc(mailOutbox.key)).limit(1),
    )
    if (!due) return null
    const [claimed] = await db()
      .update(mailOutbox)
      .set({ attempts: due.attempts + 1, nextAttemptAt: leaseUntil })
      .where(is(due))
      .returning()
    return claimed ?? null
  })
}

/** The server has it, so it is sent, whoever else may have claimed or replaced it meanwhile. */
export async function markMailSent(mail: MailRow, sent: { at: number; params: string }) {
  await db().update(mailOutbox).set({ status: 'sent', sentAt: sent.at, params: sent.params, lastError: null }).where(is(mail))
}

/** Ends a claim that did not succeed; does nothing when the lease was over and somebody else has the mail. */
export async function endClaim(mail: MailRow, outcome: Pick<MailRow, 'status' | 'nextAttemptAt' | 'lastError'>) {
  await db()
    .update(mailOutbox)
    .set(outcome)
    .where(and(is(mail), eq(mailOutbox.status, 'queued'), eq(mailOutbox.attempts, mail.attempts)))
}

/** A newer copy takes the place of a mail that has not arrived. */
export async function markMailReplaced(mail: MailRow) {
  await db()
    .update(mailOutbox)
    .set({ status: 'replaced' })
    .where(and(is(mail), inArray(mailOutbox.status, ['queued', 'failed'])))
}

/** Sends none of the mails that wait, for this reason; an administrator still can. Answers how many. Sees all partners. */
export async function parkQueuedMails(lastError: string): Promise<number> {
  const parked = await db()
    .update(mailOutbox)
    .set({ status: 'failed', lastError })
    .where(eq(mailOutbox.status, 'queued'))
    .returning({ key: mailOutbox.key })
  return parked.length
}
