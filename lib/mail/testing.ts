import { asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import type { MailRow } from '@/db/queries/outbox'
import { mailOutbox } from '@/db/schema/work'
import type { PartnerContext } from '@/lib/action/context'
import { findPartner } from '@/lib/auth/partner'
import { makePartner, noon, wire } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import type { MailEvent } from './enums'
import type { MailParams } from './events'
import { queueMail } from './outbox'
import { readMail, type StoredMail } from './stored-mail'

/** For tests: a mail of every event, and what waits in the outbox. */

const about = { userName: 'Grace Hopper', partnerName: 'Acme University' }
const invitation = { ...about, creatorName: 'Ann Marlow', loginEmail: 'grace@acme.example' }
const emails = { oldEmail: 'grace@acme.example', newEmail: 'hopper@navy.example' }
const at = Date.UTC(2026, 0, 5, 12)
const expiresAt = at + 86_400_000
const address = '192.0.2.17'
export const sampleLink = 'http://localhost:3000/set-password/NDJ8MTc2Nzcw='

export const samples: MailParams = {
  invitation: { ...invitation, link: sampleLink },
  'login-invitation': { ...invitation, link: sampleLink },
  'login-added': { ...invitation, link: sampleLink },
  'login-enabled': { ...invitation, link: sampleLink },
  'login-disabled': invitation,
  'user-added': invitation,
  'reset-password': { ...about, link: sampleLink, expiresAt },
  'password-changed': { ...about, at, address },
  'email-changed': { ...about, ...emails },
  'confirm-email-change': { ...about, ...emails, side: 'old', link: sampleLink, expiresAt },
  'new-sign-in': { ...about, at, device: 'Firefox 128.0 (Windows)', address },
  locked: { ...about, until: expiresAt, address },
  unlocked: about,
  'enrol-second-factor': { ...about, link: sampleLink, expiresAt },
  'second-factor-enrolled': { ...about, at, address },
  'backup-codes-renewed': { ...about, at, address },
  'second-factor-removed': { ...about, at, byName: 'Ann Marlow' },
  'made-admin': { ...about, byName: 'Ann Marlow' },
  'export-ready': { ...about, fileName: 'people.csv', rows: 12_345, link: sampleLink, expiresAt },
  'import-finished': { ...about, fileName: 'people.csv', outcome: 'partial', rows: 1_000, failedRows: 3, link: sampleLink },
}

export const sampleMail = (event: MailEvent, changes: object = {}) =>
  ({ event, params: { ...samples[event], ...changes } }) as StoredMail

/** The context of a new account. */
export const newMailAccount = async () => contextOfAccount(await makePartner())

export async function contextOfAccount(partnerId: number): Promise<PartnerContext> {
  const partner = await findPartner(partnerId)
  if (!partner) throw new Error('The account is gone')
  return wire({ partner }) as PartnerContext
}

/** As if the installation had been started with this `SMTP_URL`. */
export function withSmtpUrl(url: string | undefined) {
  Object.assign(env(), { smtpUrl: url })
}

type Queued = { event?: MailEvent; params?: object; recipient?: string; language?: string; at?: number }

/** Queues a mail as an action does. */
export function queue(ctx: PartnerContext, { event = 'unlocked', params, recipient, language, at = noon }: Queued = {}) {
  const { partner } = ctx
  const mail = sampleMail(event, { ...('link' in samples[event] && { link: `${env().publicUrl}/set-password/KEY` }), ...params })
  const to = recipient ?? `grace-${partner.id}@acme.example`
  return withPartner(partner.id, () => queueMail({ ...ctx, now: at }, { ...mail, recipient: to, language } as never))
}

/** The outbox of an account, oldest first. */
export async function outboxOf({ partner }: PartnerContext): Promise<MailRow[]> {
  const rows = await acrossPartners(() => db().select().from(mailOutbox).orderBy(asc(mailOutbox.key)))
  return rows.filter(({ partnerId }) => partnerId === partner.id)
}

export async function storedMail(ctx: PartnerContext, { key }: Pick<MailRow, 'key'>): Promise<MailRow> {
  const found = (await outboxOf(ctx)).find((row) => row.key === key)
  if (!found) throw new Error(`There is no mail ${key}`)
  return found
}

/** The mails that wait for an address, oldest first, with what is in them. */
export async function mailsTo(recipient: string) {
  const rows = await acrossPartners(() =>
    db().select().from(mailOutbox).where(eq(mailOutbox.recipient, recipient)).orderBy(asc(mailOutbox.key)),
  )
  return rows.map((row) => ({
    event: row.event,
    partnerId: row.partnerId,
    params: { ...readMail(row)?.params } as Record<string, string>,
  }))
}

/** The key at the end of the newest mail's link. */
export async function mailedKey(recipient: string) {
  const link = (await mailsTo(recipient)).at(-1)?.params.link
  const key = link?.split('/').at(-1)
  if (!key) throw new Error(`No link was mailed to ${recipient}`)
  return key
}
