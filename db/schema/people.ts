import { sql } from 'drizzle-orm'
import { c } from '../columns'
import type { FormerHashKey } from '../types'

/** People and the sign-ins they have. */

/** One login e-mail, shared by the users of several partners: not partner data. */
export const loginData = c.table(
  'login_data',
  {
    id: c.serial(),
    loginEmail: c.text().notNull(),
    /** When only deleted users had it and the address became somebody's again. It comes back with them while the address is free. */
    setAsideAt: c.time(),
    firstName: c.text(),
    lastName: c.text(),
    configPartnerId: c.int().notNull(),
    lastLoginPartnerId: c.int(),
    passwordHash: c.text(),
    passwordUpdatedAt: c.time(),
    /** Newest first; the password just set counts. */
    previousPasswords: c.json<string[]>().notNull(),
    /** Failures since the last success, wherever they came from. */
    loginAttempts: c.int().notNull(),
    /** Until when the last source that was locked is locked; who is let in is asked of `login_sources`. */
    loginBlockedUntil: c.time(),
    /** Until when sources that the person is not known at wait, after very many failures. */
    loginSlowedUntil: c.time(),
    /** SHA-256 of the current key for a mail link, and what it is for; null is `password`. */
    hashKeyHash: c.text(),
    hashKeyExpiresAt: c.time(),
    hashKeyPurpose: c.oneOf(['password', 'enrolment']),
    /** Keys that are over, newest first, so that an old link can explain itself. */
    formerHashKeys: c.json<FormerHashKey[]>(),
    /** Sealed base32 seed of the authenticator; until it is confirmed, its first right code confirms it. */
    otpSeed: c.text(),
    otpConfirmedAt: c.time(),
    /** The last accepted time step; a step at or before it is refused. */
    otpLastStep: c.int(),
    /** Sessions issued before this moment are over. */
    sessionsValidFrom: c.time().notNull(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
  },
  (t) => [
    c.uniqueIndex('login_data_email').on(t.loginEmail).where(sql.raw('set_aside_at is null')),
    c.index('login_data_hash_keys').on(t.hashKeyExpiresAt).where(sql.raw('hash_key_expires_at > 0')),
  ],
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
    /** Of a deleted user: the status that a restore brings back. */
    formerStatus: c.int(),
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

/** Who is in which group; a group is a user of type 1 or 2. The links of a deleted user or group stay, unseen, until it is restored. */
export const groupUsers = c.table(
  'group_users',
  {
    partnerId: c.int().notNull(),
    groupKey: c.int().notNull(),
    userKey: c.int().notNull(),
    /** 1 by hand, 2 by a file or a sync. */
    creationMode: c.int().notNull(),
    /** 1 member, 2 manager: of the group, no role of the account. */
    userRole: c.int().notNull(),
    createdAt: c.time().notNull(),
    updatedAt: c.time().notNull(),
  },
  (t) => [
    c.primaryKey([t.partnerId, t.groupKey, t.userKey]),
    c.index('group_users_by_user').on(t.partnerId, t.userKey),
    c.belongsTo([t.partnerId, t.groupKey], [users.partnerId, users.key]),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
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
    c.index('login_invitations_by_end').on(t.expiresAt),
    c.belongsTo([t.partnerId, t.userKey], [users.partnerId, users.key]),
  ],
)
