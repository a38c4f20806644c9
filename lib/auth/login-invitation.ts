import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, findLoginInvitation, type LoginDataRow, type LoginInvitationRow } from '@/db/queries/login-data'
import { findUserByKey, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { hashOf } from '@/lib/id'
import { findPartner } from './partner'

/** Who is asked to join which account, with the login that he has. */
export type Invited = { invitation: LoginInvitationRow; login: LoginDataRow; partner: Partner; user: UserRow }

/**
 * The open invitation that a link's key belongs to. `now` is epoch milliseconds. `NEW_PASSWORD_HASH_KEY_EXPIRED`, and
 * `NEW_PASSWORD_HASH_KEY_INVALID` for a key that was used, replaced or never sent.
 */
export async function findInvited(key: string, now: number): Promise<Invited> {
  // Mail programs break "=" at the end, so links may have "." for it.
  const text = Buffer.from(key.replaceAll('.', '='), 'base64').toString('latin1')
  const [, loginDataId, expiresAt] = /^(\d{1,15})\|(\d{1,12})\|[0-9a-f]{40}$/.exec(text) ?? []
  // The key says itself when it ends: its row is forgotten then.
  if (expiresAt !== undefined && Number(expiresAt) * 1000 < now) throw new ActionError('NEW_PASSWORD_HASH_KEY_EXPIRED')
  const invited = await acrossPartners(() => invitedBy(Number(loginDataId ?? 0), hashOf(text)))
  if (!invited) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
  return invited
}

async function invitedBy(loginDataId: number, keyHash: string): Promise<Invited | null> {
  const invitation = await findLoginInvitation(loginDataId, keyHash)
  if (!invitation) return null
  const login = await findLoginDataById(loginDataId)
  const partner = await findPartner(invitation.partnerId)
  const user = await findUserByKey(invitation.partnerId, invitation.userKey)
  return login && partner && user && isOpen(login, user) ? { invitation, login, partner, user } : null
}

/** The address may have become another login's since, the user may be gone or have got one in another way. */
const isOpen = (login: LoginDataRow, user: UserRow) =>
  login.setAsideAt === null && user.status !== userStatus.deleted && user.loginDataId === null
