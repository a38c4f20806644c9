import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import {
  clearAttempts,
  findLoginDataById,
  type LoginDataRow,
  returnAttempt,
  takeAttempt,
  updateLoginData,
} from '@/db/queries/login-data'
import type { UserRow } from '@/db/queries/users'
import type { Context, Partner } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { env } from '@/lib/env'
import { needsOtp, takeOtp } from './otp'
import { hashPassword, isOutdated, verifyPassword, withHashRoom } from './password'
import {
  blocksDirectLogin,
  configPartner,
  firstTarget,
  isPasswordExpired,
  noteSignIn,
  type SignedIn,
  targetOf,
  usable,
} from './sign-in-target'
import { countFailureOfSource, refuseFloodingSource } from './source-limit'

type Attempt = {
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
 * The one verifier of every way in (§5): counts the attempt, compares the password, then the one-time code, then judges the account
 * and the user. Does the same work for people who do not exist. Throws the contract's codes; masking is the action's.
 */
export async function signIn(ctx: Context, attempt: Attempt): Promise<SignedIn> {
  const signedIn = await verifyLogin(ctx, attempt)
  await acrossPartners(() => remember(ctx, signedIn, attempt))
  return signedIn
}

/** The same verifier for what a person does with a login without entering an account by it; remembers nothing but failures. */
export async function verifyLogin(ctx: Context, attempt: Attempt): Promise<SignedIn> {
  refuseFloodingSource(ctx.address, env().signInFailuresPerAddress, ctx.now)
  return acrossPartners(async () => {
    try {
      return await withHashRoom(() => verified(ctx, attempt))
    } catch (error) {
      if (error instanceof ActionError) await recordFailure(ctx, attempt, error.code)
      throw error
    }
  })
}

async function verified(ctx: Context, { login, password, otp, partnerId, joins }: Attempt): Promise<SignedIn> {
  if (!login) return refuseAfterWork(password, 'USER_NOT_FOUND')
  const config = await configPartner(login)
  const { settings } = config
  const taken = await takeAttempt(login.id, {
    most: settings.maxLoginAttempts,
    lockedFor: settings.loginBlockPeriod * 1000,
    now: ctx.now,
  })
  if (!taken) return refuseAfterWork(password, 'LOGIN_BLOCKED')

  const refuse = (code: ErrorCode) => new ActionError((taken.isLast ? 'LOGIN_RETRIES_EXCEEDED' : code) as 'USER_WRONG_PASSWORD')
  if (!(await verifyPassword(login.passwordHash, password))) throw refuse('USER_WRONG_PASSWORD')

  const target = joins ?? (await targetOf(login, partnerId))
  if (blocksDirectLogin(target)) {
    await returnAttempt(login.id)
    throw new ActionError('DIRECT_LOGIN_BLOCKED')
  }
  const isStrict = joins ? login.otpConfirmedAt !== null : target.partner !== null && needsOtp(target.partner, target.user)
  if (isStrict) {
    if (!otp) throw refuse('MISSING_OTP')
    if (!(await takeOtp(login, otp, ctx.now))) throw refuse('INVALID_OTP')
  }
  // A way in without a code must not clear what was counted against the code of another account.
  if (login.otpConfirmedAt && !isStrict) await returnAttempt(login.id)
  else await clearAttempts(login.id)

  if (isPasswordExpired(login, config, ctx.now)) throw new ActionError('PASSWORD_EXPIRED')
  return usable(login, target, joins?.partner.id ?? partnerId)
}

async function refuseAfterWork(password: string, code: 'USER_NOT_FOUND' | 'LOGIN_BLOCKED'): Promise<never> {
  await verifyPassword(null, password)
  throw new ActionError(code)
}

async function remember(ctx: Context, signedIn: SignedIn, { password, action }: Attempt) {
  const { login, user, partner } = signedIn
  await noteSignIn(signedIn, ctx.now)
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
async function recordFailure(ctx: Context, { login, partnerId, joins, action }: Attempt, result: ErrorCode) {
  if (guesses.has(result)) countFailureOfSource(ctx.address, ctx.now)
  if (!login || result === 'ACTION_BLOCKED') return
  const { partner, user } = joins ?? (await firstTarget(login, partnerId))
  if (!partner || !user) return
  await recordChange(ctx, { action, result, partnerId: partner.id, target: { type: 'user', id: user.id, key: user.key } })
}

/** The login of a user, for ways in that name the user. */
export async function loginOf(user: UserRow | null): Promise<LoginDataRow | null> {
  return user?.loginDataId ? findLoginDataById(user.loginDataId) : null
}
