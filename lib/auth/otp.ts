import 'server-only'
import { Secret, TOTP } from 'otpauth'
import { type LoginDataRow, takeOtpStep } from '@/db/queries/login-data'
import type { Partner, UserRow } from '@/lib/action/context'
import { seal, unseal } from './seal'

/** One-time codes by time (RFC 6238): SHA-1, six digits, 30 seconds, one step to either side. */

const period = 30

/** Whether the account asks this user for a code. */
export function needsOtp({ settings }: Partner, user: UserRow | null) {
  if (settings.secondFactor === 'admins') return user?.isAdmin === true
  if (settings.secondFactor === 'nonAdmins') return user?.isAdmin !== true
  return settings.secondFactor === 'all'
}

/** A new seed of 160 bits, base32. */
export const newOtpSeed = (random: (bytes: number) => Buffer) => new Secret({ buffer: new Uint8Array(random(20)).buffer }).base32

export const sealSeed = (seed: string, loginEmail: string) => seal(seed, sealLabel(loginEmail))

export const unsealSeed = (sealed: string, loginEmail: string) => unseal(sealed, sealLabel(loginEmail))

const sealLabel = (loginEmail: string) => `otp:${loginEmail}`

/** The seed in clear while it may still be shown; null once it is confirmed, or where there is none. */
export function shownSeed(login: LoginDataRow): string | null {
  return login.otpSeed && !login.otpConfirmedAt ? unsealSeed(login.otpSeed, login.loginEmail) : null
}

/** The time step that a code of exactly six digits belongs to, or null when it is none of this moment (epoch milliseconds). */
export function stepOfCode(seed: string, code: string, now: number): number | null {
  if (!/^[0-9]{6}$/.test(code)) return null
  const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period, secret: seed })
  const delta = totp.validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / period) + delta
}

/**
 * Accepts a code of the authenticator once, of a step later than the last one accepted. Without a seed nothing fits. A seed that
 * is not confirmed yet is confirmed by it: clients of the contract have no other way (§6).
 */
export async function takeOtp(login: LoginDataRow, code: string, now: number): Promise<boolean> {
  if (!login.otpSeed) return false
  const step = stepOfCode(unsealSeed(login.otpSeed, login.loginEmail), code, now)
  return step !== null && takeOtpStep(login.id, step, now)
}
