import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { mailOutbox } from '@/db/schema/work'
import { unseal } from '@/lib/auth/seal'
import { mailLabel } from './outbox'

/** For tests: the mails that wait for an address, oldest first, with what is in them. */
export async function mailsTo(recipient: string) {
  const rows = await acrossPartners(() =>
    db().select().from(mailOutbox).where(eq(mailOutbox.recipient, recipient)).orderBy(asc(mailOutbox.key)),
  )
  return rows.map(({ event, partnerId, params }) => ({
    event,
    partnerId,
    params: JSON.parse(unseal(params, mailLabel(partnerId))) as Record<string, string>,
  }))
}

/** The key at the end of the newest mail's link. */
export async function mailedKey(recipient: string) {
  const link = (await mailsTo(recipient)).at(-1)?.params.link
  const key = link?.split('/').at(-1)
  if (!key) throw new Error(`No link was mailed to ${recipient}`)
  return key
}
