import 'server-only'
import { transaction } from '@/db/client'
import { findUserForUpdate, type UserRow, updateUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { ownMemberships } from '@/lib/auth/own-login'
import { followOwner } from '@/lib/user/owner'
import { Profile, UpdateProfileInput } from '../schema'

const action = 'account.updateProfile'

/** The signed-in person changes names and language of his own in this account. `VERSION_CONFLICT`, `MISSING_KS`. */
export const updateProfile = defineAction({
  name: action,
  summary: "Changes the signed-in person's own names and language.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: UpdateProfileInput,
  output: Profile,
  errors: ['MISSING_KS', 'VERSION_CONFLICT'],
  changes: ['account', 'user', 'audit'],

  async handle(ctx, { version, mailLanguage: language, ...names }) {
    const { partner, actor } = ctx
    await ownMemberships(ctx)
    if (!partner || actor.kind !== 'user') throw new ActionError('MISSING_KS')
    return transaction(async () => {
      const before = await findUserForUpdate(partner.id, actor.userId)
      if (!before) throw new ActionError('MISSING_KS')
      if (version != null && version !== before.version) throw new ActionError('VERSION_CONFLICT', { VERSION: before.version })
      const after = await updateUser(before, { ...names, language, updatedAt: ctx.now })
      await followOwner({ ...ctx, partner }, before, after)
      await recordChange(ctx, { action, target: { type: 'user', id: after.id, key: after.key }, before, after })
      return toProfile(after)
    })
  },
})

/** An absent text is an empty one. */
export const toProfile = ({ firstName, lastName, language, version }: UserRow) => ({
  objectType: 'UsherProfile' as const,
  firstName: firstName ?? '',
  lastName: lastName ?? '',
  mailLanguage: language ?? '',
  version,
})
