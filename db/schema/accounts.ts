import { sql } from 'drizzle-orm'
import { c } from '../columns'
import type { PartnerSettings } from '../types'

/** Accounts, what they may set, and the roles they give. */

export const partners = c.table('partners', {
  id: c.serial(),
  name: c.text().notNull(),
  /** 0 deleted, 1 active, 2 content blocked, 3 fully blocked, 4 read-only. */
  status: c.int().notNull(),
  /** The account owner's, kept in step with that user. */
  adminName: c.text(),
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
export const partnerCounts = c.table(
  'partner_counts',
  {
    partnerId: c.givenKey(),
    lastUserNumber: c.int().notNull(),
    active: c.int().notNull(),
    blocked: c.int().notNull(),
    deleted: c.int().notNull(),
  },
  (t) => [...c.partnerKey([t.partnerId])],
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
  (t) => [
    ...c.partnerKey([t.partnerId, t.key]),
    c.uniqueIndex('roles_name').on(t.partnerId, t.name).where(sql.raw('status <> 3')),
  ],
)

export const rolePermissions = c.table(
  'role_permissions',
  { partnerId: c.int().notNull(), roleId: c.int().notNull(), permission: c.text().notNull() },
  (t) => [
    c.primaryKey([t.partnerId, t.roleId, t.permission]),
    c.belongsTo([t.partnerId, t.roleId], [roles.partnerId, roles.key]),
  ],
)

/** Settings of the installation that the product makes itself, such as the set-up token. */
export const settings = c.table('settings', { name: c.text().primaryKey(), value: c.text().notNull() })
