import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm'
import { db } from '../client'
import type { Db } from '../connection'
import { listValues, placeholders, preparedForms } from '../prepared'
import { rolePermissions, roles } from '../schema/accounts'
import { userRoles, users } from '../schema/people'
import { forUpdate, notDeleted } from '../sql'

export type RoleRow = typeof roles.$inferSelect

/** A partner sees its own roles and the system's, which belong to partner 0. */
const visibleTo = (partnerId: number) => inArray(roles.partnerId, [partnerId, 0])

const [roleIsActive, roleIsDeleted] = [1, 3]

/** A role by its id or system name, or null. The system's own name is nobody else's. */
export async function findRole(partnerId: number, idOrSystemName: string): Promise<RoleRow | null> {
  const id = /^\d{1,15}$/.test(idOrSystemName) ? Number(idOrSystemName) : null
  const named = id === null ? eq(roles.systemName, idOrSystemName) : eq(roles.key, id)
  const [role] = await db()
    .select()
    .from(roles)
    .where(and(visibleTo(partnerId), named, ne(roles.status, roleIsDeleted)))
    .orderBy(asc(roles.partnerId), asc(roles.key))
    .limit(1)
  return role ?? null
}

/** A role of the partner itself, held until the transaction ends, or null. */
export async function findOwnRoleForUpdate(partnerId: number, id: number): Promise<RoleRow | null> {
  const [role] = await forUpdate(
    db()
      .select()
      .from(roles)
      .where(and(eq(roles.partnerId, partnerId), eq(roles.key, id), ne(roles.status, roleIsDeleted))),
  )
  return role ?? null
}

/** The roles of these ids that the partner may use; unknown ones are left out. */
export async function listRolesByIds(partnerId: number, ids: number[]): Promise<RoleRow[]> {
  if (ids.length === 0) return []
  const build = (db: Db) =>
    db
      .select()
      .from(roles)
      .where(
        and(
          inArray(roles.partnerId, [sql.placeholder('partnerId'), 0]),
          inArray(roles.key, placeholders('id', ids.length)),
          ne(roles.status, roleIsDeleted),
        ),
      )
  return rolesByIds(`${ids.length}`, build, { partnerId, ...listValues('id', ids) })
}

const rolesByIds = preparedForms<RoleRow[]>()

/** All roles that the partner sees, the system's first. */
export async function listRoles(partnerId: number): Promise<RoleRow[]> {
  return db()
    .select()
    .from(roles)
    .where(and(visibleTo(partnerId), ne(roles.status, roleIsDeleted)))
    .orderBy(asc(roles.partnerId), asc(roles.name))
}

/** Adds a role with its permissions; a taken name violates `roles_name`. Inside a transaction. */
export async function insertRole(role: typeof roles.$inferInsert, permissions: string[]): Promise<RoleRow> {
  const [added] = await db().insert(roles).values(role).returning()
  if (!added) throw new Error('The database did not return the added role')
  await insertPermissions(added, permissions)
  return added
}

/** Changes a role, and its permissions if they are given; a taken name violates `roles_name`. Inside a transaction. */
export async function updateRole(before: RoleRow, changes: Partial<RoleRow>, permissions?: string[]): Promise<RoleRow> {
  const { partnerId, key } = before
  const [after] = await db()
    .update(roles)
    .set(changes)
    .where(and(eq(roles.partnerId, partnerId), eq(roles.key, key)))
    .returning()
  if (!after) throw new Error(`Role ${key} vanished while it was held`)
  if (!permissions) return after

  await db()
    .delete(rolePermissions)
    .where(and(eq(rolePermissions.partnerId, partnerId), eq(rolePermissions.roleId, key)))
  await insertPermissions(after, permissions)
  return after
}

async function insertPermissions({ partnerId, key }: RoleRow, permissions: string[]) {
  if (permissions.length === 0) return
  await db()
    .insert(rolePermissions)
    .values(permissions.map((permission) => ({ partnerId, roleId: key, permission })))
}

/** Whether a user that is not deleted holds the role. */
export async function isRoleHeld(partnerId: number, roleId: number): Promise<boolean> {
  const holders = await db()
    .select({ key: users.key })
    .from(userRoles)
    .innerJoin(users, and(eq(users.partnerId, partnerId), eq(users.key, userRoles.userKey)))
    .where(and(eq(userRoles.partnerId, partnerId), eq(userRoles.roleId, roleId), notDeleted))
    .limit(1)
  return holders.length > 0
}

/** What the roles name together, whether they are in force or blocked; `*` stands for everything. */
export async function permissionsOfRoles(partnerId: number, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const build = (db: Db) =>
    db.selectDistinct({ permission: rolePermissions.permission }).from(rolePermissions).where(ofRoles(ids.length))
  const named = await permissionsByIds(`${ids.length}`, build, { partnerId, ...listValues('id', ids) })
  return named.map((row) => row.permission)
}

const permissionsByIds = preparedForms<{ permission: string }[]>()

/** What the roles grant together: a blocked or deleted one grants nothing. */
export async function permissionsInForce(partnerId: number, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const build = (db: Db) =>
    db
      .selectDistinct({ permission: rolePermissions.permission })
      .from(rolePermissions)
      .innerJoin(roles, and(eq(roles.partnerId, rolePermissions.partnerId), eq(roles.key, rolePermissions.roleId)))
      .where(and(ofRoles(ids.length), eq(roles.status, roleIsActive)))
  const granted = await inForceByIds(`${ids.length}`, build, { partnerId, ...listValues('id', ids) })
  return granted.map((row) => row.permission)
}

const inForceByIds = preparedForms<{ permission: string }[]>()

const ofRoles = (count: number) =>
  and(
    inArray(rolePermissions.partnerId, [sql.placeholder('partnerId'), 0]),
    inArray(rolePermissions.roleId, placeholders('id', count)),
  )

/** Role id → its permissions, for every role of the partner and the system. */
export async function listRolePermissions(partnerId: number): Promise<Map<number, Set<string>>> {
  const rows = await db()
    .select()
    .from(rolePermissions)
    .where(inArray(rolePermissions.partnerId, [partnerId, 0]))
  const byRole = new Map<number, Set<string>>()
  for (const { roleId, permission } of rows) byRole.set(roleId, (byRole.get(roleId) ?? new Set()).add(permission))
  return byRole
}
