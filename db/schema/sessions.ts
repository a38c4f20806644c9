import { c } from '../columns'
import { users } from './people'

/** Who is signed in, and which tokens are over. */

/** Sessions ended before their time, by SHA-256 of the KS or of its session id, until they would have expired. */
export const ksRevocations = c.table(
  'ks_revocations',
  { partnerId: c.int().notNull(), tokenHash: c.text().notNull(), expiresAt: c.time().notNull() },
  (t) => [c.primaryKey([t.partnerId, t.tokenHash]), c.index('ks_revocations_by_expiry').on(t.expiresAt)],
)

/** How often a KS with `actionslimit` was used. */
export const ksUses = c.table(
  'ks_uses',
  { partnerId: c.int().notNull(), tokenHash: c.text().notNull(), uses: c.int().notNull(), expiresAt: c.time().notNull() },
  (t) => [c.primaryKey([t.partnerId, t.tokenHash]), c.index('ks_uses_by_expiry').on(t.expiresAt)],
)

export const browserSessions = c.table(
  'browser_sessions',
  {
    partnerId: c.int().notNull(),
    /** SHA-256 of the id in the cookie. */
    idHash: c.text().notNull(),
    userKey: c.int().notNull(),
    loginDataId: c.int(),
    startedAt: c.time().notNull(),
    /** When the person last gave the password to begin it or to give it another id; null where that was before it was kept. */
    provenAt: c.time(),
    /** When the person signed in: the session may have gone on in another account, or anew, since. Null where that was not kept yet. */
    signedInAt: c.time(),
    lastSeenAt: c.time().notNull(),
    /** The latest end; the account may let it end sooner. */
    expiresAt: c.time().notNull(),
    endedAt: c.time(),
    address: c.text(),
    userAgent: c.text(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.idHash]),
    c.index('browser_sessions_by_user').on(t.partnerId, t.userKey, t.startedAt),
    c.index('browser_sessions_by_expiry').on(t.expiresAt),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)

/** What starts sessions instead of the account's secret. */
export const appTokens = c.table(
  'app_tokens',
  {
    partnerId: c.int().notNull(),
    id: c.text().notNull(),
    /** Sealed: 32 hex digits that whoever starts a session proves to know. */
    secret: c.text().notNull(),
    /** Whose sessions it starts; null for anybody's. */
    userKey: c.int(),
    /** 0 USER, 2 ADMIN; null leaves it to whoever starts a session. */
    sessionType: c.int(),
    /** Seconds. */
    sessionDuration: c.int().notNull(),
    sessionPrivileges: c.text(),
    hashType: c.oneOf(['MD5', 'SHA1', 'SHA256', 'SHA512']).notNull(),
    description: c.text(),
    /** Null for never. */
    expiresAt: c.time(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.id]),
    c.index('app_tokens_by_created').on(t.partnerId, t.createdAt, t.id),
    c.index('app_tokens_by_user').on(t.partnerId, t.userKey),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)
