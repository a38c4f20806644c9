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

export const sealSeed = (seed: string, loginEmail: string) => seal(seed, `otp:${loginEmail}`)

/** Accepts a code once: exactly six digits, of a step later than the last one accepted. Without an enrolled seed nothing fits. */
export async function takeOtp(login: LoginDataRow, code: string, now: number): Promise<boolean> {
  if (!login.otpSeed || !login.otpConfirmedAt || !/^[0-9]{6}$/.test(code)) return false
  const totp = new TOTP({ algorithm: 'SHA1', digits: 6, period, secret: unseal(login.otpSeed, `otp:${login.loginEmail}`) })
  const delta = totp.validate({ token: code, timestamp: now, window: 1 })
  return delta !== null && takeOtpStep(login.id, Math.floor(now / 1000 / period) + delta)
}
