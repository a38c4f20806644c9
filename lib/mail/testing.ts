import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { asc, eq } from 'drizzle-orm'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { db } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import type { MailRow } from '@/db/queries/outbox'
import { mailOutbox } from '@/db/schema/work'
import type { PartnerContext } from '@/lib/action/context'
import { findPartner } from '@/lib/auth/partner'
import { makePartner, noon, wire } from '@/lib/auth/testing'
import { env } from '@/lib/env'
import type { MailEvent, MailParams } from './events'
import { queueMail } from './outbox'
import { smtpServer } from './smtp'
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
  'login-added': { ...invitation, link: sampleLink },
  'user-added': invitation,
  'reset-password': { ...about, link: sampleLink, expiresAt },
  'password-changed': { ...about, at, address },
  'email-changed': { ...about, ...emails },
  'confirm-email-change': { ...about, ...emails, link: sampleLink, expiresAt },
  'new-sign-in': { ...about, at, device: 'Firefox 128.0 on Windows', address },
  locked: { ...about, until: expiresAt, address },
  unlocked: about,
  'enrol-second-factor': { ...about, link: sampleLink, expiresAt },
  'second-factor-enrolled': { ...about, at, address },
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

export type Arrived = { from: string; to: string[]; isSecure: boolean; user: string | undefined; raw: string; mail: ParsedMail }

/** A real mail server on this machine; `options` say how it misbehaves. */
export async function startSink(options: SMTPServerOptions = {}, port = 0) {
  const arrived: Arrived[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disableReverseLookup: true,
    ...(options.secure === undefined && !options.key && { disabledCommands: ['STARTTLS'] }),
    onConnect: (_session, done) => {
      connections++
      done()
    },
    onData: (stream, { envelope, secure, user }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', async () => {
        const raw = Buffer.concat(parts)
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        const to = envelope.rcptTo.map(({ address }) => address)
        arrived.push({ from, to, isSecure: secure, user, raw: raw.toString('latin1'), mail: await simpleParser(raw) })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  const { port: given } = listening.address() as AddressInfo
  return {
    arrived,
    port: given,
    connections: () => connections,
    server: smtpServer(`smtp://127.0.0.1:${given}`),
    /** The same, for a sender without patience. */
    hasty: smtpServer(`smtp://127.0.0.1:${given}`, quickLimits),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** Milliseconds; nobody waits for the limits of a real server in a test. */
export const quickLimits = { connect: 2_000, greeting: 300, idle: 300, total: 900 }

/** Of mail.example.com, signed by itself, good for a century and for nothing but these tests. */
export const certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqF/3BjE3How3oZAN
vnCYzncrfm29gvvq3Wm3GflNDwuhRANCAAT4GTrfPSsnEuEodDt+PhZNS0+Ltjds
paEf6BHLk/5E7lq8dPM9SK0qHMScraXCCv2RtXtVgG29ExvUKa9Lnk89
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBqTCCAVCgAwIBAgIUasBiu3Enoae1AGZnBNy0sLf9lcEwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQbWFpbC5leGFtcGxlLmNvbTAgFw0yNjExMjUwMjE5MzVaGA8y
MTI2MTEwMTAyMTkzNVowGzEZMBcGA1UEAwwQbWFpbC5leGFtcGxlLmNvbTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABPgZOt89KycS4Sh0O34+Fk1LT4u2N2yloR/o
EcuT/kTuWrx08z1IrSocxJytpcIK/ZG1e1WAbb0TG9Qpr0ueTz2jcDBuMB0GA1Ud
DgQWBBQmP11NJlkNiTb6mwI+MfYw5BWmSDAfBgNVHSMEGDAWgBQmP11NJlkNiTb6
mwI+MfYw5BWmSDAPBgNVHRMBAf8EBTADAQH/MBsGA1UdEQQUMBKCEG1haWwuZXhh
bXBsZS5jb20wCgYIKoZIzj0EAwIDRwAwRAIgHfeN09nZ/V/wdktK502J/UIFIzVF
su0ZnaY0g1pRbU8CIHUfSqlDiJ3xuuG4QZvUlrfxoMkXt5YBtcETzf3X3GFM
-----END CERTIFICATE-----`,
}

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
