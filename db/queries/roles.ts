import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { type Db, db } from '../client'
import { listValues, placeholders, preparedForms } from '../prepared'
import { rolePermissions, roles } from '../schema/accounts'

export type RoleRow = typeof roles.$inferSelect

/** A partner sees its own roles and the system's, which belong to partner 0. */
const visibleTo = (partnerId: number) => inArray(roles.partnerId, [partnerId, 0])

const roleIsDeleted = 3

/** A role by its id or system name, or null. */
export async function findRole(partnerId: number, idOrSystemName: string): Promise<RoleRow | null> {
  const id = /^\d{1,15}$/.test(idOrSystemName) ? Number(idOrSystemName) : null
  const named = id === null ? eq(roles.systemName, idOrSystemName) : eq(roles.key, id)
  const [role] = await db()
    .select()
    .from(roles)
    .where(and(visibleTo(partnerId), named, ne(roles.status, roleIsDeleted)))
    .limit(1)
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

/** All roles that the partner may give, the system's first. */
export async function listRoles(partnerId: number): Promise<RoleRow[]> {
  return db()
    .select()
    .from(roles)
    .where(and(visibleTo(partnerId), eq(roles.status, 1)))
    .orderBy(roles.partnerId, roles.name)
}

/** What the roles grant together; `*` stands for everything. */
export async function permissionsOfRoles(partnerId: number, ids: number[]): Promise<string[]> {
  if (ids.length === 0) return []
  const build = (db: Db) =>
    db
      .selectDistinct({ permission: rolePermissions.permission })
      .from(rolePermissions)
      .where(
        and(
          inArray(rolePermissions.partnerId, [sql.placeholder('partnerId'), 0]),
          inArray(rolePermissions.roleId, placeholders('id', ids.length)),
        ),
      )
  const granted = await permissionsByIds(`${ids.length}`, build, { partnerId, ...listValues('id', ids) })
  return granted.map((row) => row.permission)
}

const permissionsByIds = preparedForms<{ permission: string }[]>()

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
