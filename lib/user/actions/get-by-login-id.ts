import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findListedUserByLogin } from '@/db/queries/list-users'
import { findLoginData } from '@/db/queries/login-data'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { allows } from '@/lib/action/permissions'
import { loginEmailOf } from '@/lib/auth/login-email'
import { isSelf } from '../policy'
import { User } from '../schema'
import { GetByLoginIdInput } from '../sign-in-schema'
import { toUsers } from '../to-user'

/** Reads the user who signs in with an address (§8.11); somebody else only with the permission `MANAGE_ADMIN_USERS`. */
export const getByLoginId = defineAction({
  name: 'user.getByLoginId',
  summary: 'Reads the user who signs in with an e-mail address.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'KMC_READ_ONLY'],
  input: GetByLoginIdInput,
  output: User,
  errors: ['INVALID_USER_ID', 'LOGIN_DATA_NOT_FOUND', 'USER_NOT_FOUND'],

  async handle(ctx, { loginId }) {
    const loginEmail = loginEmailOf(loginId)
    const found = loginEmail ? await findListedUserByLogin(ctx.partner.id, loginEmail) : null
    const [user] = await toUsers(ctx.partner, found ? [found] : [])
    if (!found || !user) throw await nobodyFound(loginEmail)
    if (!isSelf(ctx, found) && !allows(ctx.actor.grants, ['MANAGE_ADMIN_USERS'])) throw new ActionError('INVALID_USER_ID')
    return user
  },
})

/** An address that nobody signs in with anywhere is told from one of another account's people only. */
async function nobodyFound(loginEmail: string | null) {
  const login = loginEmail ? await acrossPartners(() => findLoginData(loginEmail)) : null
  return new ActionError(login ? 'USER_NOT_FOUND' : 'LOGIN_DATA_NOT_FOUND')
}
