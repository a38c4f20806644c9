import 'server-only'
import { transaction } from '@/db/client'
import { findRole, insertRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { recordChange } from '@/lib/audit/record-change'
import { heldPermissions, noRole, refuseTakenName } from '../policy'
import { OneUserRoleInput, UserRole } from '../schema'
import { toUserRole } from '../to-user-role'

const longestName = 255

/** Copies a role of the account or of the system into the account, with the time behind its name (appendix A). */
export const cloneUserRole = defineAction({
  name: 'userRole.clone',
  summary: 'Copies a role of the account or of the system into the account.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_ROLE_ADD'],
  input: OneUserRoleInput,
  output: UserRole,
  errors: ['ROLE_NAME_ALREADY_EXISTS'],
  changes: ['userRole', 'audit'],

  async handle(ctx, { userRoleId }) {
    const original = await findRole(ctx.partner.id, String(userRoleId))
    if (!original) throw noRole(userRoleId)
    const permissions = await heldPermissions(ctx, original, 'userRole.clone')
    const { description, tags, status } = original
    const times = { createdAt: ctx.now, updatedAt: ctx.now }
    // A system name is the name of one role only.
    const row = { partnerId: ctx.partner.id, name: copyName(original.name, ctx.now), description, tags, status, ...times }

    return transaction(async () => {
      const added = await insertRole(row, permissions).catch(refuseTakenName)
      const target = { type: 'userRole', id: String(added.key), key: added.key }
      await recordChange(ctx, { action: 'userRole.clone', target, after: { ...added, permissions: permissions.join() } })
      return toUserRole(added, permissions)
    })
  },
})

/** `Reader copy (2026-01-05 12:00:00)`, in UTC. */
function copyName(name: string, now: number) {
  const suffix = ` copy (${new Date(now).toISOString().slice(0, 19).replace('T', ' ')})`
  return name.slice(0, longestName - suffix.length).toWellFormed() + suffix
}
