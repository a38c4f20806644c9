import 'server-only'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { allows } from '@/lib/action/permissions'
import { findUserByLoginId } from '../find-user-by-login-id'
import { isSelf } from '../policy'
import { User } from '../schema'
import { GetByLoginIdInput } from '../sign-in-schema'
import { toUser } from '../to-user'

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
    const { login, user } = await findUserByLoginId(ctx.partner.id, loginId)
    if (!login) throw new ActionError('LOGIN_DATA_NOT_FOUND')
    if (!user) throw new ActionError('USER_NOT_FOUND')
    if (!isSelf(ctx, user) && !allows(ctx.actor.grants, ['MANAGE_ADMIN_USERS'])) throw new ActionError('INVALID_USER_ID')
    return toUser(ctx.partner, user)
  },
})
