import 'server-only'
import type { z } from 'zod'
import { transaction } from '@/db/client'
import { findUserForUpdate, updateUser as storeUser, type UserChanges, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { takeSeat } from '@/lib/auth/admin-quota'
import { endSessionsOfUser } from '@/lib/auth/end-sessions'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { refuseDuplicate } from '../duplicates'
import { endUser, forgetHistory } from '../end-user'
import { UserStatus, UserType } from '../enums'
import { givableRoles, isSelf, refuseForeignDomain, refuseSsoExclusion, refuseStronger } from '../policy'
import { refuseFixedChanges } from '../read-only'
import { UpdateUserInput, User } from '../schema'
import { tellOfChange } from '../tell-of-change'
import { toUser } from '../to-user'
import { refuseBadId, storedFields } from '../user-changes'

type Input = z.output<typeof UpdateUserInput>

/**
 * Changes the fields that are sent (§8.22). Blocking, deleting, renaming and a change of rights end the user's sessions. A page
 * sends the version that it read: another one in store is a `VERSION_CONFLICT`.
 */
export const updateUser = defineAction({
  name: 'user.update',
  summary: 'Changes the fields of a user that are sent.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_USER_UPDATE'],
  input: UpdateUserInput,
  output: User,
  errors: [
    'ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE',
    'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED',
    'APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED',
    'CANNOT_CHANGE_OWN_ROLE',
    'CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER',
    'CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN',
    'DUPLICATE_USER_BY_ID',
    'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS',
    'INVALID_USER_ID',
    'PROPERTY_VALIDATION_NOT_UPDATABLE',
    'SETTING_SSO_PER_USER_NOT_ALLOWED',
    'UPDATING_USER_ID_FOR_HASHED_USER_NOT_ALLOWED',
    'USER_ROLE_NOT_FOUND',
    'VERSION_CONFLICT',
  ],
  changes: ['user', 'audit'],

  handle: (ctx, input) =>
    transaction(async () => {
      const before = await findUserForUpdate(ctx.partner.id, input.userId)
      if (!before) throw new ActionError('INVALID_USER_ID')
      if (input.version != null && input.version !== before.version)
        throw new ActionError('VERSION_CONFLICT', { VERSION: before.version })
      await refuseStronger(ctx, before, 'user.update')

      const changes = await checkedChanges(ctx, before, input)
      const after = await store(ctx, before, changes, input).catch(refuseDuplicate({ id: changes.id ?? before.id }))
      await tellOfChange(ctx, before, after)
      await recordChange(ctx, {
        action: 'user.update',
        target: { type: 'user', id: after.id, key: after.key },
        before,
        after,
        reason: input.blockReason ?? undefined,
      })
      if (after.status === UserStatus.DELETED) await forgetHistory(ctx, after)
      return toUser(ctx.partner, after, input.user.objectType)
    }),
})

/** The rules in the order of the contract, so that the first fault it would name is the one we name. */
async function checkedChanges(ctx: PartnerContext, before: UserRow, { userId, user }: Input): Promise<UserChanges> {
  if (before.isAdmin && user.isAdmin === false) throw new ActionError('CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN').at('user.isAdmin')
  if (before.isAdmin && user.email != null) refuseForeignDomain(ctx.partner, user.email)
  const isRename = user.id != null && user.id !== userId && user.id !== before.id
  if (before.isHashed && isRename) throw new ActionError('UPDATING_USER_ID_FOR_HASHED_USER_NOT_ALLOWED').at('user.id')
  refuseSsoExclusion(ctx.partner, user)

  const roleIds = user.roleIds === undefined ? before.roleIds : await changedRoles(ctx, before, user.roleIds ?? '')
  if (isRename) refuseBadId(user.id)
  refuseFixedChanges(user, await toUser(ctx.partner, before))
  if (before.type === UserType.APPLICATIVE_GROUP && user.type != null && user.type !== before.type) {
    throw new ActionError('APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED').at('user.type')
  }
  refuseOwnerWithoutRole(ctx, before, roleIds)
  const isAdmin = before.isAdmin || user.isAdmin === true
  if (isAdmin !== before.isAdmin && isSelf(ctx, before)) throw new ActionError('CANNOT_CHANGE_OWN_ROLE').at('user.isAdmin')
  if (isAdmin && !before.isAdmin) refuseForeignDomain(ctx.partner, user.email === undefined ? before.email : user.email)
  // An administrator without roles has those of the account: emptying the list or setting the flag may raise rights.
  await refuseStronger(ctx, { roleIds, isAdmin }, 'user.update')
  if (roleIds !== before.roleIds || isAdmin !== before.isAdmin) requireFreshProof(ctx)

  return {
    ...storedFields(user),
    ...(isRename && user.id && { id: user.id }),
    ...(user.type != null && { type: user.type }),
    isAdmin,
    roleIds,
  }
}

/** Sending back the same list is no change of rights, whoever sends it. */
async function changedRoles(ctx: PartnerContext, before: UserRow, sent: string) {
  if (sent === before.roleIds) return before.roleIds
  const roleIds = await givableRoles(ctx, sent, 'user.update')
  if (roleIds !== before.roleIds && isSelf(ctx, before)) throw new ActionError('CANNOT_CHANGE_OWN_ROLE').at('user.roleIds')
  return roleIds
}

function refuseOwnerWithoutRole({ partner }: PartnerContext, before: UserRow, roleIds: string) {
  if (before.key !== partner.ownerKey || roleIds === before.roleIds) return
  if (!roleIds.split(',').includes(String(partner.settings.adminRoleId))) {
    throw new ActionError('ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE').at('user.roleIds')
  }
}

async function store(ctx: PartnerContext, before: UserRow, changes: UserChanges, input: Input) {
  const status = input.user.status ?? before.status
  if (status === UserStatus.DELETED) return endUser(ctx, before, UserStatus.DELETED, changes)
  if (status === UserStatus.BLOCKED) return endUser(ctx, before, UserStatus.BLOCKED, { ...changes, ...blockOf(before, input) })

  await takeSeat(ctx.partner, before, { ...before, ...changes, status })
  const isUnblocked = status !== before.status
  const after = await storeUser(before, {
    ...changes,
    updatedAt: ctx.now,
    ...(isUnblocked && { status, statusUpdatedAt: ctx.now, blockReason: null, blockedUntil: null }),
  })
  const hasOtherRights = after.roleIds !== before.roleIds || after.isAdmin !== before.isAdmin || after.id !== before.id
  if (hasOtherRights) await endSessionsOfUser(before.partnerId, before.key, ctx.now)
  return after
}

/** A block that is set anew takes the new reason and end; saving other fields of a blocked user keeps them. */
function blockOf(before: UserRow, { user, blockReason, blockedUntil }: Input): UserChanges {
  if (user.status !== UserStatus.BLOCKED) return { blockReason: before.blockReason, blockedUntil: before.blockedUntil }
  return { blockReason: blockReason ?? null, blockedUntil: blockedUntil == null ? null : blockedUntil * 1000 }
}
