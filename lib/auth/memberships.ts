import 'server-only'
import { type LoginDataRow, listUsersOfLogin } from '@/db/queries/login-data'
import { fullNameOf, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Context, Partner, PartnerContext } from '@/lib/action/context'
import { recordChange } from '@/lib/audit/record-change'
import { withoutDots } from '@/lib/mail/without-dots'
import { needsOtp } from './otp'
import { findPartner, isOpen } from './partner'
import { configPartner } from './sign-in-target'

/** A login belongs to no account: here is what it has to do with each. All of it sees all partners. */

/** A user that signs in with the login, and the account. Neither need be active. */
export type Membership = { partner: Partner; user: UserRow }

export async function membershipsOf(login: LoginDataRow): Promise<Membership[]> {
  const found: Membership[] = []
  for (const user of await listUsersOfLogin(login.id)) {
    const partner = await findPartner(user.partnerId)
    if (partner) found.push({ partner, user })
  }
  return found
}

/** Whether any account asks the person for a code. */
export function isCodeAsked(memberships: Membership[]) {
  return memberships.some(({ partner, user }) => isOpen(partner) && user.status === userStatus.active && needsOtp(partner, user))
}

/** Whether another account than this one depends on the login, and does not trust this one with it (Z10). */
export function isOthersToo(partnerId: number, memberships: Membership[]) {
  return memberships.some(({ partner }) => partner.id !== partnerId && !partner.settings.linkLoginsAcrossPartners)
}

/** Where the login is at home: the account whose rules hold for it, and its user there, else anywhere. */
export async function homeOf(login: LoginDataRow): Promise<{ partner: Partner; user: UserRow | null }> {
  const [partner, memberships] = [await configPartner(login), await membershipsOf(login)]
  const home = memberships.find((membership) => membership.partner.id === partner.id) ?? memberships[0]
  return { partner, user: home?.user ?? null }
}

/** Whether the account wants no mails with links to a new password. */
export const isResetOff = ({ settings }: Partner) => settings.features.includes('FEATURE_DISABLE_RESET_PASSWORD_EMAIL')

/** How to write to the person: in the name of the account where the login is at home. */
export async function ownerOf(ctx: Context, login: LoginDataRow) {
  const { partner, user } = await homeOf(login)
  const here: PartnerContext = { ...ctx, partner }
  const about = {
    userName: withoutDots(fullNameOf(user ?? login)),
    partnerName: withoutDots(partner.name),
    ...(isResetOff(partner) && { isResetOff: true }),
  }
  return { here, recipient: login.loginEmail, language: user?.language ?? null, about }
}

type Change = { action: string; reason?: string; result?: string }

/** An audit entry for the person in each account: what happens to a login happens to all of them. */
export async function recordLoginChange(ctx: Context, login: LoginDataRow, change: Change) {
  for (const { partner, user } of await membershipsOf(login)) {
    await recordChange(ctx, { ...change, partnerId: partner.id, target: { type: 'user', id: user.id, key: user.key } })
  }
}
