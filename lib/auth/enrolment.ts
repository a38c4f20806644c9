import 'server-only'
import { type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import { deleteEnrolment, findEnrolment, putEnrolment, replaceBackupCodes } from '@/db/queries/second-factor'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { sameSecret } from '@/lib/id'
import { queueMail } from '@/lib/mail/outbox'
import { giveBackupCodes } from './backup-codes'
import { endSessionsOfLogin } from './end-sessions'
import { purposeOf, withoutHashKey } from './hash-key'
import { ownerOf, recordLoginChange } from './memberships'
import { newOtpSeed, sealSeed, stepOfCode, unsealSeed } from './otp'

/** Enrolling an authenticator: a seed is shown, counts for nothing until one code of it is given, and then replaces the former. */

/** Milliseconds that a signed-in person has to confirm. */
export const enrolmentLife = 60 * 60 * 1000

/** What began an enrolment is what may go on with it: the SHA-256 of the key in a link, or null for a signed-in person. */
type Beginning = { keyHash: string | null; expiresAt: number }

/**
 * A seed to be shown. The same link shows the same seed, so that a page can be loaded again; any other beginning makes a new one,
 * and the one before is over. Inside a transaction that holds the login.
 */
export async function beginEnrolment(ctx: Context, login: LoginDataRow, { keyHash, expiresAt }: Beginning): Promise<string> {
  const begun = await findEnrolment(login.id)
  if (begun?.keyHash && keyHash !== null && sameSecret(begun.keyHash, keyHash)) return unsealSeed(begun.seed, login.loginEmail)
  const seed = newOtpSeed(ctx.random)
  await putEnrolment({ loginDataId: login.id, seed: sealSeed(seed, login.loginEmail), keyHash, expiresAt })
  return seed
}

/**
 * Confirms by a code of the shown seed: from now on it is the person's second factor. Answers the backup codes, which are shown this
 * once. `INVALID_OTP`, also for a seed that was replaced meanwhile. Inside a transaction that holds the login.
 */
export async function confirmEnrolment(ctx: Context, login: LoginDataRow, code: string, keyHash: string | null, action: string) {
  const begun = await findEnrolment(login.id)
  const isOwn = begun !== null && sameSecret(begun.keyHash ?? '', keyHash ?? '') && begun.expiresAt >= ctx.now
  const step = isOwn ? stepOfCode(unsealSeed(begun.seed, login.loginEmail), code, ctx.now) : null
  if (!isOwn || step === null) throw new ActionError('INVALID_OTP').at('otp')
  await updateLoginData(login.id, { otpSeed: begun.seed, otpConfirmedAt: ctx.now, otpLastStep: step, updatedAt: ctx.now })
  await finish(ctx, login, action)
  return giveBackupCodes(ctx, login)
}

/** A sign-in with the first right code of the seed that the login was made with enrols it too (§6). */
export async function confirmBySignIn(ctx: Context, login: LoginDataRow, action: string) {
  await finish(ctx, login, action, 'The first code was right')
}

/** Nothing that began before can go on, and no session that was opened without the factor does. */
async function finish(ctx: Context, login: LoginDataRow, action: string, reason?: string) {
  await deleteEnrolment(login.id)
  if (login.hashKeyHash && purposeOf(login) === 'enrolment') await updateLoginData(login.id, withoutHashKey(login, 'used'))
  await endSessionsOfLogin(login.id, ctx.now)
  await recordLoginChange(ctx, login, { action, reason })
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  const params = { ...about, at: ctx.now, address: ctx.address }
  await queueMail(here, { event: 'second-factor-enrolled', recipient, language, params })
}

type Removal = { action: string; byName: string }

/** Takes the second factor away with all that belongs to it. Inside a transaction that holds the login. */
export async function removeSecondFactor(ctx: Context, login: LoginDataRow, { action, byName }: Removal) {
  await updateLoginData(login.id, { otpSeed: null, otpConfirmedAt: null, updatedAt: ctx.now })
  await deleteEnrolment(login.id)
  await replaceBackupCodes(login.id, [])
  await endSessionsOfLogin(login.id, ctx.now)
  await recordLoginChange(ctx, login, { action })
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  await queueMail(here, { event: 'second-factor-removed', recipient, language, params: { ...about, at: ctx.now, byName } })
}
