import { c } from '../columns'
import { loginData } from './people'

/** What is kept around signing in. Login data belongs to no partner, and neither does this. */

const ofLogin = () =>
  c
    .int()
    .notNull()
    .references(() => loginData.id, { onDelete: 'cascade' })

/** Where a login was tried from: what failed there, and whether its person is known there. */
export const loginSources = c.table(
  'login_sources',
  {
    loginDataId: ofLogin(),
    /** An address, or the first half of an IPv6 one. */
    source: c.text().notNull(),
    /** Failures since the last success here, or since the last lock. */
    attempts: c.int().notNull(),
    blockedUntil: c.time(),
    /** The last sign-in from here. */
    signedInAt: c.time(),
    /** Browsers that signed in from here, such as "Firefox on Linux". */
    devices: c.json<string[]>().notNull(),
    seenAt: c.time().notNull(),
  },
  (t) => [c.primaryKey([t.loginDataId, t.source]), c.index('login_sources_by_seen').on(t.seenAt)],
)

/** An authenticator that was shown but not yet confirmed by a code; one for each login. */
export const otpEnrolments = c.table(
  'otp_enrolments',
  {
    loginDataId: ofLogin(),
    /** Sealed like `login_data.otp_seed`. */
    seed: c.text().notNull(),
    /** SHA-256 of the key whose link began it; null when a signed-in person did. */
    keyHash: c.text(),
    expiresAt: c.time().notNull(),
  },
  (t) => [c.primaryKey([t.loginDataId]), c.index('otp_enrolments_by_expiry').on(t.expiresAt)],
)

/** Single-use codes for whoever has lost the authenticator; gone when used. */
export const backupCodes = c.table(
  'backup_codes',
  {
    loginDataId: ofLogin(),
    /** Keyed with the installation's secret, as a code is short enough to be guessed from a plain hash. */
    codeHash: c.text().notNull(),
  },
  (t) => [c.primaryKey([t.loginDataId, t.codeHash])],
)

/** An address that a login is to have once both its present address and the new one have confirmed; one for each login. */
export const emailChanges = c.table(
  'email_changes',
  {
    loginDataId: ofLogin(),
    newEmail: c.text().notNull(),
    /** SHA-256 of the key in the mail to the present address, and when it was confirmed there. */
    oldKeyHash: c.text().notNull(),
    oldConfirmedAt: c.time(),
    /** The same of the new address. */
    newKeyHash: c.text().notNull(),
    newConfirmedAt: c.time(),
    expiresAt: c.time().notNull(),
  },
  (t) => [c.primaryKey([t.loginDataId]), c.index('email_changes_by_expiry').on(t.expiresAt)],
)

/** How often something was asked for since a moment, for limits that hold over all processes. */
export const requestCounts = c.table(
  'request_counts',
  {
    name: c.text().notNull(),
    requests: c.int().notNull(),
    since: c.time().notNull(),
  },
  (t) => [c.primaryKey([t.name]), c.index('request_counts_by_since').on(t.since)],
)
