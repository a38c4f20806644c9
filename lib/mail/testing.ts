import type { MailEvent, MailParams } from './events'
import { readMail, type StoredMail } from './stored-mail'

/** For tests: a mail of every event, and a mail server of their own. */

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
  'user-added': invitation,
  'reset-password': { ...about, link: sampleLink, expiresAt },
  'password-changed': { ...about, at, address },
  'email-changed': { ...about, ...emails },
  'confirm-email-change': { ...about, ...emails, link: sampleLink, expiresAt },
  'new-sign-in': { ...about, at, device: 'Firefox 128.0 on Windows', address },
  locked: { ...about, until: expiresAt, address },
  unlocked: about,
  'second-factor-enrolled': { ...about, at, address },
  'second-factor-removed': { ...about, at, byName: 'Ann Marlow' },
  'made-admin': { ...about, byName: 'Ann Marlow' },
  'export-ready': { ...about, fileName: 'people.csv', rows: 12_345, link: sampleLink, expiresAt },
  'import-finished': { ...about, fileName: 'people.csv', outcome: 'partial', rows: 1_000, failedRows: 3, link: sampleLink },
}

export const sampleMail = (event: MailEvent, changes: object = {}) =>
  ({ event, params: { ...samples[event], ...changes } }) as StoredMail

/** The mails that wait for an address, oldest first, with what is in them. */
export async function mailsTo(recipient: string) {
  const rows = await acrossPartners(() =>
    db().select().from(mailOutbox).where(eq(mailOutbox.recipient, recipient)).orderBy(asc(mailOutbox.key)),
  )
  return rows.map((row) => {
    const { event, partnerId } = row
    return { event, partnerId, params: readMail(row)?.params as unknown as Record<string, string> }
  })
}

/** The key at the end of the newest mail's link. */
export async function mailedKey(recipient: string) {
  const link = (await mailsTo(recipient)).at(-1)?.params.link
  const key = link?.split('/').at(-1)
  if (!key) throw new Error(`No link was mailed to ${recipient}`)
  return key
}
