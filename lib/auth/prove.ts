import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import type { UserRow } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { env } from '@/lib/env'
import { sameSecret } from '@/lib/id'
import { takeBackup } from './backup-codes'
import { confirmBySignIn } from './enrolment'
import { deviceName } from './known-device'
import { takeAttempt, takeAttemptOnNobody, tellOfLock } from './lockout'
import { takeOtp } from './otp'
import { verifyPassword, withHashRoom } from './password'
import { configPartner, firstTarget } from './sign-in-target'
import { countFailureOfSource, refuseFloodingSource } from './source-limit'

export type Claim = {
  /** The login that was named; null for one that does not exist. */
  login: LoginDataRow | null
  password: string
  otp?: string | null
  /** The account asked for; without one, the last one the person was in. */
  partnerId?: number | null
  /** A user that the login is to join, when it does not sign in: its account has no say yet in who gives a one-time code. */
  joins?: { partner: Partner; user: UserRow }
  action: string
}

/**
 * Runs what proves who somebody is: not at all for a source that floods, and every refusal is counted and written down. Sees all
 * partners. `ACTION_BLOCKED`.
 */
export function attempting<T>(ctx: Context, claim: Claim, fn: () => Promise<T>): Promise<T> {
  refuseFloodingSource(ctx.address, env().signInFailuresPerAddress, ctx.now)
  // Counted before it is known, so that many at once cannot pass the limit together.
  const takeBack = countFailureOfSource(ctx.address, ctx.now)
  return acrossPartners(async () => {
    try {
      const done = await fn()
      takeBack()
      return done
    } catch (error) {
      if (!(error instanceof ActionError && guesses.has(error.code))) takeBack()
      if (error instanceof ActionError) await recordFailure(ctx, claim, error.code)
      throw error
    }
  })
}

/**
 * The one verifier of everything that takes a password (§5): counts the attempt, compares the password, then the one-time code or a
 * backup code if `asksCode` says that one is needed. What `asksCode` refuses costs no attempt, as the password was right. Does the
 * same work for people who do not exist. Inside `attempting`.
 */
export function prove(ctx: Context, claim: Claim, asksCode: (login: LoginDataRow) => Promise<boolean>): Promise<LoginDataRow> {
  return withHashRoom(() => proven(ctx, claim, asksCode))
}

async function proven(
  ctx: Context,
  { login, password, otp, action }: Claim,
  asksCode: (login: LoginDataRow) => Promise<boolean>,
) {
  if (!login) {
    await takeAttemptOnNobody(ctx)
    return refuseAfterWork(password, 'USER_NOT_FOUND')
  }
  const attempt = await takeAttempt(ctx, login.id, (await configPartner(login)).settings)
  if (!attempt) return refuseAfterWork(password, 'LOGIN_BLOCKED')

  const refuse = (code: 'USER_WRONG_PASSWORD' | 'MISSING_OTP' | 'INVALID_OTP') =>
    new ActionError(attempt.isLast ? 'LOGIN_RETRIES_EXCEEDED' : code)
  if (!(await verifyPassword(login.passwordHash, password))) throw refuse('USER_WRONG_PASSWORD')

  const isAsked = await asksCode(login).catch(async (error) => {
    await attempt.giveBack()
    throw error
  })
  if (isAsked) {
    if (!otp) throw unenrolled(login, refuse('MISSING_OTP'))
    if (!(await takeCode(ctx, login, otp, action))) throw unenrolled(login, refuse('INVALID_OTP'))
  }
  // What was right without a code must not clear what was counted against the code.
  if (login.otpConfirmedAt && !isAsked) await attempt.giveBack()
  else await attempt.clear()
  return login
}

/** The proven login, held until the transaction ends. Of two changes at once, one has proven what is no longer so: `USER_WRONG_PASSWORD`. */
export async function holdProven(proven: LoginDataRow): Promise<LoginDataRow> {
  const held = await findLoginDataForUpdate(proven.id)
  if (!held || !sameSecret(held.passwordHash ?? '', proven.passwordHash ?? '')) throw new ActionError('USER_WRONG_PASSWORD')
  return held
}

async function refuseAfterWork(password: string, code: 'USER_NOT_FOUND' | 'LOGIN_BLOCKED'): Promise<never> {
  await verifyPassword(null, password)
  throw new ActionError(code)
}

/**
 * Nobody without an authenticator can give a code: whoever knows the password is told that enrolling comes first. Whether somebody who
 * was shown a QR code has scanned it is not known before the first right code (`NOT_CONFIRMED`).
 */
function unenrolled(login: LoginDataRow, error: ActionError) {
  if (!login.otpSeed) error.reason = 'NOT_ENROLLED'
  else if (!login.otpConfirmedAt && error.code === 'MISSING_OTP') error.reason = 'NOT_CONFIRMED'
  return error
}

/** The password was compared before: a wrong one uses no code up (A08). */
function takeCode(ctx: Context, login: LoginDataRow, otp: string, action: string): Promise<boolean> {
  return transaction(async () => {
    const held = await findLoginDataForUpdate(login.id)
    if (!held) return false
    const isOfAuthenticator = await takeOtp(held, otp, ctx.now)
    if (isOfAuthenticator && !held.otpConfirmedAt) await confirmBySignIn(ctx, held, action)
    return isOfAuthenticator || takeBackup(held.id, otp)
  })
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
async function recordFailure(ctx: Context, { login, partnerId, joins, action }: Claim, result: ErrorCode) {
  if (!login || result === 'ACTION_BLOCKED') return
  const { partner, user } = joins ?? (await firstTarget(login, partnerId))
  await transaction(async () => {
    if (result === 'LOGIN_RETRIES_EXCEEDED') await tellOfLock(ctx, login, (await configPartner(login)).settings)
    if (!partner || !user) return
    const target = { type: 'user', id: user.id, key: user.key }
    await recordChange(ctx, { action, result, device: deviceName(ctx.userAgent), partnerId: partner.id, target })
  })
}

/** The login of a user, for ways in that name the user. */
export async function loginOf(user: { loginDataId: number | null } | null): Promise<LoginDataRow | null> {
  return user?.loginDataId ? findLoginDataById(user.loginDataId) : null
}
