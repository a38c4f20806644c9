import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import {
  clearAttempts,
  findLoginDataById,
  type LoginDataRow,
  listActiveUsersOfLogin,
  returnAttempt,
  takeAttempt,
  updateLoginData,
} from '@/db/queries/login-data'
import { findUserOfLogin, touchLastLogin, type UserRow } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { env } from '@/lib/env'
import { needsOtp, takeOtp } from './otp'
import { findPartner, isOpen } from './partner'
import { hashPassword, isOutdated, verifyPassword, withHashRoom } from './password'
import { countFailureOfSource, refuseFloodingSource } from './source-limit'

type Attempt = {
  /** The login that was named; null for one that does not exist. */
  login: LoginDataRow | null
  password: string
  otp?: string | null
  /** The account asked for; without one, the last one the person was in. */
  partnerId?: number | null
  action: string
}

export type SignedIn = { login: LoginDataRow; user: UserRow; partner: Partner }

/** Seconds between two refreshes of "last sign-in" (§3.7). */
const lastLoginInterval = 600

/**
 * The one verifier of every way in (§5): counts the attempt, compares the password, then the one-time code, then judges the account
 * and the user. Does the same work for people who do not exist. Throws the contract's codes; masking is the action's.
 */
export async function signIn(ctx: Context, attempt: Attempt): Promise<SignedIn> {
  refuseFloodingSource(ctx.address, env().signInFailuresPerAddress, ctx.now)
  return acrossPartners(async () => {
    try {
      const signedIn = await withHashRoom(() => verified(ctx, attempt))
      await remember(ctx, signedIn, attempt)
      return signedIn
    } catch (error) {
      if (error instanceof ActionError) await recordFailure(ctx, attempt, error.code)
      throw error
    }
  })
}

async function verified(ctx: Context, { login, password, otp, partnerId }: Attempt): Promise<SignedIn> {
  if (!login) return refuseAfterWork(password, 'USER_NOT_FOUND')
  const { settings } = await configPartner(login)
  const taken = await takeAttempt(login.id, {
    most: settings.maxLoginAttempts,
    lockedFor: settings.loginBlockPeriod * 1000,
    now: ctx.now,
  })
  if (!taken) return refuseAfterWork(password, 'LOGIN_BLOCKED')

  const refuse = (code: ErrorCode) => new ActionError((taken.isLast ? 'LOGIN_RETRIES_EXCEEDED' : code) as 'USER_WRONG_PASSWORD')
  if (!(await verifyPassword(login.passwordHash, password))) throw refuse('USER_WRONG_PASSWORD')

  const target = await targetOf(login, partnerId)
  if (target.partner?.settings.directLoginBlocked && !target.user?.isSsoExcluded) {
    await returnAttempt(login.id)
    throw new ActionError('DIRECT_LOGIN_BLOCKED')
  }
  const isStrict = target.partner !== null && needsOtp(target.partner, target.user)
  if (isStrict) {
    if (!otp) throw refuse('MISSING_OTP')
    if (!(await takeOtp(login, otp, ctx.now))) throw refuse('INVALID_OTP')
  }
  // A way in without a code must not clear what was counted against the code of another account.
  if (login.otpConfirmedAt && !isStrict) await returnAttempt(login.id)
  else await clearAttempts(login.id)

  const replaceAfter = settings.passwordReplaceFrequency * 1000
  if (replaceAfter > 0 && (login.passwordUpdatedAt ?? 0) + replaceAfter < ctx.now) throw new ActionError('PASSWORD_EXPIRED')
  return usable(login, target, partnerId)
}

async function refuseAfterWork(password: string, code: 'USER_NOT_FOUND' | 'LOGIN_BLOCKED'): Promise<never> {
  await verifyPassword(null, password)
  throw new ActionError(code)
}

/** The account whose rules hold for this login: the one that made it, unless that is closed (§3.6). */
async function configPartner(login: LoginDataRow): Promise<Partner> {
  const made = await findPartner(login.configPartnerId)
  const last =
    made && isOpen(made) ? made : login.lastLoginPartnerId === null ? null : await findPartner(login.lastLoginPartnerId)
  const partner = last ?? made
  if (!partner) throw new Error(`Login ${login.id} belongs to no partner`)
  return partner
}

type Target = { partner: Partner | null; user: UserRow | null }

/** The account to enter: the one asked for, else the last one, else the first that lets the person in (§5.8). */
async function targetOf(login: LoginDataRow, requested: number | null | undefined): Promise<Target> {
  const first = await inPartner(login, requested ?? login.lastLoginPartnerId ?? login.configPartnerId)
  if (requested != null || isUsable(first)) return first
  for (const user of await listActiveUsersOfLogin(login.id)) {
    const other = { user, partner: await findPartner(user.partnerId) }
    const allowsLogin = !other.partner?.settings.directLoginBlocked || user.isSsoExcluded
    if (isUsable(other) && allowsLogin) return other
  }
  return first
}

async function inPartner(login: LoginDataRow, partnerId: number): Promise<Target> {
  return { partner: await findPartner(partnerId), user: await findUserOfLogin(partnerId, login.id) }
}

const isUsable = ({ partner, user }: Target) => partner !== null && isOpen(partner) && user?.status === 1

function usable(login: LoginDataRow, { partner, user }: Target, requested: number | null | undefined): SignedIn {
  if (partner && user && isUsable({ partner, user })) return { login, partner, user }
  const isPartnerClosed = requested != null && partner !== null && !isOpen(partner)
  throw new ActionError(user?.status === 0 || isPartnerClosed ? 'USER_IS_BLOCKED' : 'USER_NOT_FOUND')
}

async function remember(ctx: Context, { login, user, partner }: SignedIn, { password, action }: Attempt) {
  if (user.lastLoginAt + lastLoginInterval * 1000 < ctx.now) await touchLastLogin(user, ctx.now)
  if (user.isAdmin && login.lastLoginPartnerId !== partner.id) await updateLoginData(login.id, { lastLoginPartnerId: partner.id })
  if (login.passwordHash && isOutdated(login.passwordHash))
    await updateLoginData(login.id, { passwordHash: await hashPassword(password) })
  await recordChange(ctx, { action, partnerId: partner.id, target: { type: 'user', id: user.id, key: user.key } })
}

/** What a guess looks like; being too busy, or a lock, is not the caller's doing. */
const guesses = new Set<ErrorCode>([
  'USER_NOT_FOUND',
  'USER_WRONG_PASSWORD',
  'MISSING_OTP',
  'INVALID_OTP',
  'LOGIN_RETRIES_EXCEEDED',
])

/** A refusal is kept with the user it was tried on; attempts on nobody belong to no account. */
async function recordFailure(ctx: Context, { login, partnerId, action }: Attempt, result: ErrorCode) {
  if (guesses.has(result)) countFailureOfSource(ctx.address, ctx.now)
  if (!login || result === 'ACTION_BLOCKED') return
  const { partner, user } = await inPartner(login, partnerId ?? login.lastLoginPartnerId ?? login.configPartnerId)
  if (!partner || !user) return
  await recordChange(ctx, { action, result, partnerId: partner.id, target: { type: 'user', id: user.id, key: user.key } })
}

/** The login of a user, for ways in that name the user. */
export async function loginOf(user: UserRow | null): Promise<LoginDataRow | null> {
  return user?.loginDataId ? findLoginDataById(user.loginDataId) : null
}
