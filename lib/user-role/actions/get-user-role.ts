import 'server-only'
import { findRole } from '@/db/queries/roles'
import { defineAction } from '@/lib/action/define-action'
import { noRole } from '../policy'
import { OneUserRoleInput, UserRole } from '../schema'
import { toStoredUserRole } from '../to-user-role'

/** Reads one role of the account or of the system. `INVALID_OBJECT_ID` (appendix A). */
export const getUserRole = defineAction({
  name: 'userRole.get',
  summary: 'Reads one role of the account or of the system.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: OneUserRoleInput,
  output: UserRole,
  errors: [],

  async handle({ partner }, { userRoleId }) {
    const role = await findRole(partner.id, String(userRoleId))
    if (!role) throw noRole(userRoleId)
    return toStoredUserRole(partner.id, role)
  },
})
