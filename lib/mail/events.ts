import { type MailEvent, mailEvents } from './enums'

/** What Usher writes to people about, and what each mail tells. Links begin with `PUBLIC_URL`. */

type About = {
  userName: string
  partnerName: string
  /** The account lets nobody have a new password by mail, so that none is offered. */
  isResetOff?: boolean
}
type Invitation = About & { creatorName: string; loginEmail: string }
/** Epoch milliseconds. */
type Moment = number

export type MailParams = {
  /** To set a first password. */
  invitation: Invitation & { link: string }
  /** To accept that another account uses the login that the person has. */
  'login-invitation': Invitation & { link: string }
  /** The account can be entered with the login that the person has, or in another way than before; the link leads to the sign-in page. */
  'login-added': Invitation & { link: string }
  /** Somebody switched sign-in on for a person, who has or was told a password; the link leads to the sign-in page. */
  'login-enabled': Invitation & { link: string }
  /** Somebody switched it off. */
  'login-disabled': Invitation
  /** To the administrators who look after people. */
  'user-added': Invitation
  'reset-password': About & { link: string; expiresAt: Moment }
  'password-changed': About & { at: Moment; address: string }
  /** To the old address and to the new one. */
  'email-changed': About & { oldEmail: string; newEmail: string }
  /** To the old address and to the new one, as `side` says: each must confirm. */
  'confirm-email-change': About & { side: 'old' | 'new'; oldEmail: string; newEmail: string; link: string; expiresAt: Moment }
  'new-sign-in': About & { at: Moment; device: string; address: string }
  locked: About & { until: Moment; address: string }
  unlocked: About
  /** To enrol an authenticator (type 140, §7). */
  'enrol-second-factor': About & { link: string; expiresAt: Moment }
  'second-factor-enrolled': About & { at: Moment; address: string }
  'backup-codes-renewed': About & { at: Moment; address: string }
  'second-factor-removed': About & { at: Moment; byName: string }
  'made-admin': About & { byName: string }
  /** Type 135 of the contract (§11). */
  'export-ready': About & { fileName: string; rows: number; link: string; expiresAt: Moment }
  /** Types 64 to 66 (§7). */
  'import-finished': About & {
    fileName: string
    outcome: 'finished' | 'partial' | 'failed' | 'aborted'
    rows: number
    failedRows: number
    link: string
  }
}

/** Events with a link, and whether it holds a key: then it is for its reader alone. */
export const isKeyLink: { [E in MailEvent as MailParams[E] extends { link: string } ? E : never]: boolean } = {
  invitation: true,
  'login-invitation': true,
  'login-added': false,
  'login-enabled': false,
  'reset-password': true,
  'confirm-email-change': true,
  'enrol-second-factor': true,
  'export-ready': true,
  'import-finished': true,
}

export const isMailEvent = (event: string): event is MailEvent => (mailEvents as readonly string[]).includes(event)
