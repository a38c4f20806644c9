import 'server-only'
import { findListedUserById } from '@/db/queries/list-users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { GetUserInput, User } from '../schema'
import { toUsers } from '../to-user'

/** Reads one user (§8.10); without an id, the caller. A USER session reads nobody else. */
export const getUser = defineAction({
  name: 'user.get',
  summary: 'Reads one user; without an id, the caller.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'KMC_READ_ONLY', 'BASE_USER_SESSION_PERMISSION', 'WIDGET_SESSION_PERMISSION'],
  input: GetUserInput,
  output: User,
  errors: ['CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION', 'INVALID_USER_ID'],

  async handle({ partner, actor }, { userId }) {
    const ownId = actor.kind === 'user' ? actor.userId : ''
    const id = userId || ownId
    const isForeign = actor.kind === 'user' && !actor.isAdminSession && id !== ownId
    if (isForeign) throw new ActionError('CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION', { USER_ID: id })

    const found = await findListedUserById(partner.id, id)
    const [user] = await toUsers(partner, found ? [found] : [])
    if (!user) throw new ActionError('INVALID_USER_ID')
    return user
  },
})
