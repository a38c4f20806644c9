import 'server-only'
import type { ListedAppToken } from '@/db/queries/app-tokens'
import { permissionsOfRoles } from '@/db/queries/roles'
import { findUserByKey } from '@/db/queries/users'
import type { Partner, PartnerContext } from '@/lib/action/context'
import { forbidden } from '@/lib/action/forbidden'
import { covers, type Grants, grantsOf } from '@/lib/action/permissions'
import { raisesRights, readPrivileges } from '@/lib/auth/privileges'
import { rolesOfSession } from '@/lib/auth/session-grants'

type Token = Pick<ListedAppToken, 'userKey' | 'sessionType' | 'sessionPrivileges'>

/** Whether the caller may do all that the token's sessions may: only then is the token his to make, to change or to read (Z08). */
export async function coversToken({ actor, partner }: PartnerContext, token: Token) {
  if (actor.grants.all) return true
  // An ADMIN session reads other people, whatever its role.
  const isPlain = actor.kind !== 'user' || !actor.isAdminSession
  if (isPlain && (opensAdmin(token) || raisesRights(privilegesOf(token)))) return false
  return covers(actor.grants, await grantsOfToken(partner, token))
}

export async function refuseStrongerToken(ctx: PartnerContext, token: Token, action: string) {
  if (!(await coversToken(ctx, token))) throw forbidden(action)
}

/** The most that any session of the token may do. A role that is blocked counts, as it may come back into force. */
async function grantsOfToken(partner: Partner, token: Token): Promise<Grants> {
  const { userKey } = token
  const privileges = privilegesOf(token)
  // An ADMIN session for anybody has the rights of whoever is named.
  if (userKey === null && opensAdmin(token) && !privileges.has('setrole')) return grantsOf(['*'])
  const user = userKey === null ? null : await findUserByKey(partner.id, userKey)
  const roles = await rolesOfSession(partner, user, opensAdmin(token) ? 2 : 0, privileges)
  return grantsOf(await permissionsOfRoles(partner.id, roles))
}

/** A token that leaves the type open can open ADMIN sessions too. */
const opensAdmin = ({ sessionType }: Token) => sessionType === null || sessionType >= 1

const privilegesOf = ({ sessionPrivileges }: Token) => readPrivileges(sessionPrivileges ?? '')
