import 'server-only'
import { deleteAppTokensOfUser } from '@/db/queries/app-tokens'
import { forgetValues } from '@/db/queries/audit'
import { type UserChanges, type UserRow, updateUser } from '@/db/queries/users'
import type { Partner, PartnerContext } from '@/lib/action/context'
import { endLinksOfUser } from '@/lib/auth/end-links'
import { endSessionsOfAppToken, endSessionsOfUser } from '@/lib/auth/end-sessions'
import { UserStatus } from './enums'
import { personalFields } from './personal-fields'
import { refuseToEnd } from './policy'

/** Milliseconds for which a deleted user can be restored. */
export const restorableFor = 30 * 24 * 60 * 60 * 1000

type Ended = typeof UserStatus.BLOCKED | typeof UserStatus.DELETED
type Block = { blockReason?: string | null; blockedUntil?: number | null }

/**
 * Blocks or deletes a user, with all sessions of it, an invitation to use a login of elsewhere, and the links that were mailed to him where
 * no other account lets him in. The account owner and the caller himself are refused (`CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER`). What ties
 * him to the sign-in and to groups, and a block, stay, so that a deleted user can be restored as he was; his application tokens are deleted
 * for good, as others may hold them.
 */
export async function endUser(ctx: PartnerContext, user: UserRow, status: Ended, changes: UserChanges & Block = {}) {
  refuseToEnd(ctx, user)
  const ended = await updateUser(user, {
    ...changes,
    status,
    statusUpdatedAt: ctx.now,
    updatedAt: ctx.now,
    ...(status === UserStatus.DELETED && { deletedAt: ctx.now, formerStatus: user.status, ...purged(ctx) }),
  })
  await endSessionsOfUser(user.partnerId, user.key, ctx.now)
  await endLinksOfUser(user)
  if (status === UserStatus.DELETED) await deleteTokens(ctx, user)
  return ended
}

/** Takes the personal data of a deleted user out of the audit log too, that of the deletion itself included: called behind it. */
export async function forgetHistory({ partner }: PartnerContext, { key }: UserRow) {
  if (keepsNothingOfDeleted(partner)) await forgetValues(partner.id, { type: 'user', key }, personalFields)
}

async function deleteTokens({ now }: PartnerContext, { partnerId, key }: UserRow) {
  for (const id of await deleteAppTokensOfUser(partnerId, key)) await endSessionsOfAppToken(partnerId, id, now)
}

function purged({ partner }: PartnerContext): UserChanges {
  return keepsNothingOfDeleted(partner) ? Object.fromEntries(personalFields.map((field) => [field, null])) : {}
}

/** Accounts with this feature keep no personal data of deleted people (§3.4). */
const keepsNothingOfDeleted = ({ settings }: Partner) => settings.features.includes('FEATURE_PURGE_USER_PII_DATA')
