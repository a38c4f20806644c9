'use client'

import { signIn } from 'next-auth/react'
import { accountOfDevice } from './choices-of-device'

/** `isKept`: the browser stays signed in when it is closed, as long as the session lives. */
export type Credentials = { email: string; password: string; isKept: boolean }

/**
 * `NOT_CONFIRMED` asks for a code of an authenticator that none was given of yet. `REFUSED` is all that a wrong password, an
 * unknown person and a lock are told.
 */
export type Outcome =
  | 'OK'
  | 'MISSING_OTP'
  | 'INVALID_OTP'
  | 'NOT_ENROLLED'
  | 'NOT_CONFIRMED'
  | 'PASSWORD_EXPIRED'
  | 'ACTION_BLOCKED'
  | 'UNREACHABLE'
  | 'REFUSED'

const told: string[] = [
  'MISSING_OTP',
  'INVALID_OTP',
  'NOT_ENROLLED',
  'NOT_CONFIRMED',
  'PASSWORD_EXPIRED',
  'ACTION_BLOCKED',
] satisfies Outcome[]

/** Signs in, into the account that was chosen on this device if it lets the person in. */
export async function trySignIn({ email, password, isKept }: Credentials, otp = ''): Promise<Outcome> {
  const account = accountOfDevice() ?? ''
  const given = { email, password, otp, account, keep: isKept ? 'yes' : '' }
  const answer = await signIn('credentials', { ...given, redirect: false }).catch(() => null)
  if (!answer) return 'UNREACHABLE'
  if (answer.ok && !answer.error) return 'OK'
  return answer.error && told.includes(answer.error) ? (answer.error as Outcome) : 'REFUSED'
}
