import 'server-only'
import { type LoginDataRow, listActiveUsersOfLogin, updateLoginData } from '@/db/queries/login-data'
import { findUserOfLogin, touchLastLogin, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { findPartner, isOpen } from './partner'

/** Which account a login enters, and whether the account and the user there let it in (§5.3, §5.4, §5.8); all partners are seen. */

export type Target = { partner: Partner | null; user: UserRow | null }

export type SignedIn = { login: LoginDataRow; user: UserRow; partner: Partner }

/** Seconds between two refreshes of "last sign-in" (§3.7). */
const lastLoginInterval = 600

/** The account whose rules hold for this login: the one that made it, unless that is closed (§3.6). */
export async function configPartner(login: LoginDataRow): Promise<Partner> {
  const made = await findPartner(login.configPartnerId)
  const last =
    made && isOpen(made) ? made : login.lastLoginPartnerId === null ? null : await findPartner(login.lastLoginPartnerId)
  const partner = last ?? made
  if (!partner) throw new Error(`Login ${login.id} belongs to no partner`)
  return partner
}

/** The account to enter: the one asked for, else the last one, else the first that lets the person in (§5.8). */
export async function targetOf(login: LoginDataRow, requested: number | null | undefined): Promise<Target> {
  const first = await firstTarget(login, requested)
  if (requested != null || isUsable(first)) return first
  for (const user of await listActiveUsersOfLogin(login.id)) {
    const other = { user, partner: await findPartner(user.partnerId) }
    if (isUsable(other) && !blocksDirectLogin(other)) return other
  }
  return first
}

/** The account that an attempt is about, whether or not it lets anybody in. */
export async function firstTarget(login: LoginDataRow, requested: number | null | undefined): Promise<Target> {
  const partnerId = requested ?? login.lastLoginPartnerId ?? login.configPartnerId
  return { partner: await findPartner(partnerId), user: await findUserOfLogin(partnerId, login.id) }
}

/** An account with a sign-in of its own takes passwords only of those whom it excludes from that. */
export const blocksDirectLogin = ({ partner, user }: Target) =>
  partner?.settings.directLoginBlocked === true && !user?.isSsoExcluded

/** Whether the account is open and the person active in it. */
export const isUsable = ({ partner, user }: Target) => partner !== null && isOpen(partner) && user?.status === userStatus.active

/** The user who may enter, or why not: `USER_IS_BLOCKED`, `USER_NOT_FOUND`. */
export function usable(login: LoginDataRow, { partner, user }: Target, requested: number | null | undefined): SignedIn {
  if (partner && user && isUsable({ partner, user })) return { login, partner, user }
  const isPartnerClosed = requested != null && partner !== null && !isOpen(partner)
  throw new ActionError(user?.status === userStatus.blocked || isPartnerClosed ? 'USER_IS_BLOCKED' : 'USER_NOT_FOUND')
}

export function isPasswordExpired(login: LoginDataRow, { settings }: Partner, now: number) {
  const replaceAfter = settings.passwordReplaceFrequency * 1000
  return replaceAfter > 0 && (login.passwordUpdatedAt ?? 0) + replaceAfter < now
}

/** Remembers who entered, when and where (§5.9). */
export async function noteSignIn({ login, user, partner }: SignedIn, now: number) {
  if (user.lastLoginAt + lastLoginInterval * 1000 < now) await touchLastLogin(user, now)
  if (user.isAdmin && login.lastLoginPartnerId !== partner.id) await updateLoginData(login.id, { lastLoginPartnerId: partner.id })
}
