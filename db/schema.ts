import { sql } from 'drizzle-orm'
import { c } from './columns'
import type { FieldChanges, PartnerSettings } from './types'

/** What Usher keeps. Every key of partner data starts with the partner's id, so that rows can be distributed by it. */

export const partners = c.table('partners', {
  id: c.serial(),
  name: c.text().notNull(),
  /** 0 deleted, 1 active, 2 content blocked, 3 fully blocked, 4 read-only. */
  status: c.int().notNull(),
  adminEmail: c.text(),
  /** Sealed; the first signs, all are accepted. */
  adminSecrets: c.json<string[]>().notNull(),
  /** Sealed. */
  userSecret: c.text().notNull(),
  /** The account owner. */
  ownerKey: c.int(),
  settings: c.json<PartnerSettings>().notNull(),
  createdAt: c.time().notNull(),
  updatedAt: c.time().notNull(),
})

/** Exact counts, kept in the same transaction as the change, and the last user key handed out. */
export const partnerCounts = c.table('partner_counts', {
  partnerId: c.givenKey(),
  lastUserNumber: c.int().notNull(),
  active: c.int().notNull(),
  blocked: c.int().notNull(),
  deleted: c.int().notNull(),
})

/** One login e-mail, shared by the users of several partners: not partner data. */
export const loginData = c.table(
  'login_data',
  {
    id: c.serial(),
    loginEmail: c.text().notNull(),
    firstName: c.text(),
    lastName: c.text(),
    configPartnerId: c.int().notNull(),
    lastLoginPartnerId: c.int(),
    passwordHash: c.text(),
    passwordUpdatedAt: c.time(),
    /** Newest first; the password just set counts. */
    previousPasswords: c.json<string[]>().notNull(),
    loginAttempts: c.int().notNull(),
    loginBlockedUntil: c.time(),
    /** SHA-256 of the current set-password key. */
    hashKeyHash: c.text(),
    hashKeyExpiresAt: c.time(),
    /** Sealed base32 seed of the authenticator. */
    otpSeed: c.text(),
    otpConfirmedAt: c.time(),
    /** The last accepted time step; a step at or before it is refused. */
    otpLastStep: c.int(),
    /** Sessions issued before this moment are over. */
    sessionsValidFrom: c.time().notNull(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
  },
  (t) => [c.uniqueIndex('login_data_email').on(t.loginEmail)],
)

const notDeleted = sql.raw('status <> 2')

export const users = c.table(
  'users',
  {
    partnerId: c.int().notNull(),
    /** partner id × 2³² + number: unique everywhere, in order of creation, one range a partner. */
    key: c.givenKey(),
    id: c.text().notNull(),
    idKey: c.text().notNull(),
    externalId: c.text(),
    isHashed: c.bool().notNull(),
    type: c.int().notNull(),
    status: c.int().notNull(),
    statusUpdatedAt: c.time(),
    blockReason: c.text(),
    blockedUntil: c.time(),
    screenName: c.text(),
    screenNameKey: c.text().notNull(),
    firstName: c.text(),
    firstNameKey: c.text().notNull(),
    lastName: c.text(),
    lastNameKey: c.text().notNull(),
    fullNameKey: c.text().notNull(),
    email: c.text(),
    emailKey: c.text().notNull(),
    country: c.text(),
    state: c.text(),
    city: c.text(),
    zip: c.text(),
    thumbnailUrl: c.text(),
    description: c.text(),
    tags: c.text(),
    partnerData: c.text(),
    language: c.text(),
    title: c.text(),
    company: c.text(),
    /** Epoch seconds of the calendar date at 00:00 UTC. */
    dateOfBirth: c.int(),
    gender: c.int(),
    registrationInfo: c.text(),
    attendanceInfo: c.text(),
    allowedPartnerIds: c.text(),
    allowedPartnerPackages: c.text(),
    capabilities: c.json<string[]>().notNull(),
    userMode: c.int().notNull(),
    ksPrivileges: c.text(),
    isAdmin: c.bool().notNull(),
    isGuest: c.bool().notNull(),
    isSsoExcluded: c.bool().notNull(),
    /** Comma-separated, in the order given; `user_roles` holds the same for look-ups. */
    roleIds: c.text().notNull(),
    loginDataId: c.int().references(() => loginData.id),
    /** 0 for never, so that it sorts alike on every database. */
    lastLoginAt: c.time().notNull(),
    sessionsValidFrom: c.time().notNull(),
    searchText: c.text().notNull(),
    version: c.int().notNull(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
    deletedAt: c.time(),
  },
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.uniqueIndex('users_id').on(t.partnerId, t.idKey).where(notDeleted),
    c.uniqueIndex('users_login_data').on(t.partnerId, t.loginDataId).where(notDeleted),
    c.index('users_by_id').on(t.partnerId, t.idKey, t.key),
    c.index('users_by_created').on(t.partnerId, t.createdAt, t.key),
    c.index('users_by_updated').on(t.partnerId, t.updatedAt, t.key),
    c.index('users_by_last_login').on(t.partnerId, t.lastLoginAt, t.key),
    c.index('users_by_status').on(t.partnerId, t.status, t.createdAt, t.key),
    c.index('users_by_admin').on(t.partnerId, t.isAdmin, t.createdAt, t.key),
    c.index('users_by_type').on(t.partnerId, t.type, t.createdAt, t.key),
    c.index('users_by_screen_name').on(t.partnerId, t.screenNameKey, t.key),
    c.index('users_by_first_name').on(t.partnerId, t.firstNameKey, t.key),
    c.index('users_by_last_name').on(t.partnerId, t.lastNameKey, t.key),
    c.index('users_by_full_name').on(t.partnerId, t.fullNameKey, t.key),
    c.index('users_by_email').on(t.partnerId, t.emailKey, t.key),
    c.index('users_of_login_data').on(t.loginDataId),
    c.index('users_deleted').on(t.deletedAt).where(sql.raw('deleted_at is not null and login_data_id is not null')),
    c.index('users_blocked_until').on(t.blockedUntil).where(sql.raw('blocked_until is not null')),
  ],
)

export const userRoles = c.table(
  'user_roles',
  {
    partnerId: c.int().notNull(),
    userKey: c.int().notNull(),
    /** Of this partner, or a system role of partner 0. */
    roleId: c.int().notNull(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.userKey, t.roleId]),
    c.index('user_roles_by_role').on(t.partnerId, t.roleId, t.userKey),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)

/** The tags of `users.tags`, folded, for look-ups. */
export const userTags = c.table(
  'user_tags',
  { partnerId: c.int().notNull(), userKey: c.int().notNull(), tag: c.text().notNull() },
  (t) => [
    c.primaryKey([t.partnerId, t.userKey, t.tag]),
    c.index('user_tags_by_tag').on(t.partnerId, t.tag, t.userKey),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)

/** Partner 0 holds the system roles. */
export const roles = c.table(
  'roles',
  {
    partnerId: c.int().notNull(),
    key: c.key(),
    name: c.text().notNull(),
    systemName: c.text(),
    description: c.text(),
    tags: c.text(),
    /** 1 active, 2 blocked, 3 deleted. */
    status: c.int().notNull(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
  },
  (t) => [...c.partnerKey([t.partnerId, t.key]), c.index('roles_by_name').on(t.partnerId, t.name)],
)

export const rolePermissions = c.table(
  'role_permissions',
  { partnerId: c.int().notNull(), roleId: c.int().notNull(), permission: c.text().notNull() },
  (t) => [
    c.primaryKey([t.partnerId, t.roleId, t.permission]),
    c.belongsTo([t.partnerId, t.roleId], [roles.partnerId, roles.key]),
  ],
)

/** Sessions ended before their time, by SHA-256 of the KS or of its session id, until they would have expired. */
export const ksRevocations = c.table(
  'ks_revocations',
  { partnerId: c.int().notNull(), tokenHash: c.text().notNull(), expiresAt: c.time().notNull() },
  (t) => [c.primaryKey([t.partnerId, t.tokenHash]), c.index('ks_revocations_by_expiry').on(t.expiresAt)],
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
    lastSeenAt: c.time().notNull(),
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

/** Who changed what; append-only (a trigger refuses update and delete). */
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
    status: c.oneOf(['queued', 'sent', 'failed']).notNull(),
    attempts: c.int().notNull(),
    nextAttemptAt: c.time().notNull(),
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

/** An existing login of elsewhere, asked to join a user of this partner; nothing is linked until the person accepts. */
export const loginInvitations = c.table(
  'login_invitations',
  {
    partnerId: c.int().notNull(),
    userKey: c.int().notNull(),
    loginDataId: c
      .int()
      .notNull()
      .references(() => loginData.id),
    keyHash: c.text().notNull(),
    createdAt: c.time().notNull(),
    expiresAt: c.time().notNull(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.userKey]),
    c.index('login_invitations_by_login').on(t.loginDataId),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)

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

/** Settings of the installation that the product makes itself, such as the set-up token. */
export const settings = c.table('settings', { name: c.text().primaryKey(), value: c.text().notNull() })

/** How often a KS with `actionslimit` was used. */
export const ksUses = c.table(
  'ks_uses',
  { partnerId: c.int().notNull(), tokenHash: c.text().notNull(), uses: c.int().notNull(), expiresAt: c.time().notNull() },
  (t) => [c.primaryKey([t.partnerId, t.tokenHash]), c.index('ks_uses_by_expiry').on(t.expiresAt)],
)
