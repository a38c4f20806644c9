import 'server-only'
import { transaction } from '@/db/client'
import { findLoginDataForUpdate, updateLoginData } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { giveHashKey, loginOfKey } from '@/lib/auth/hash-key'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { newOtpSeed, sealSeed } from '@/lib/auth/otp'
import { prepareNewPassword, setPassword } from '@/lib/auth/password-change'
import { otpauthOfLogin, qrPicture } from '@/lib/auth/qr-code'
import { Authentication, SetInitialPasswordInput } from '../sign-in-schema'

/**
 * Sets a password with the key of a mailed link, which is used up (§8.21). Signs nobody in and leaves a second factor as it is; where
 * one is asked for and not enrolled yet, the answer shows a new one. `LOGIN_DATA_NOT_FOUND`, `NEW_PASSWORD_HASH_KEY_INVALID`,
 * `NEW_PASSWORD_HASH_KEY_EXPIRED`, `INVALID_USER_ID`, `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`.
 */
export const setInitialPassword = defineAction({
  name: 'user.setInitialPassword',
  summary: 'Sets a password with the key of a mailed link.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: SetInitialPasswordInput,
  output: Authentication,
  errors: [
    'COMMON_PASSWORD',
    'INVALID_USER_ID',
    'LOGIN_DATA_NOT_FOUND',
    'NEW_PASSWORD_HASH_KEY_EXPIRED',
    'NEW_PASSWORD_HASH_KEY_INVALID',
    'PASSWORD_ALREADY_USED',
    'PASSWORD_STRUCTURE_INVALID',
  ],

  async handle(ctx, { hashKey, newPassword }) {
    const question = { purpose: 'password', now: ctx.now } as const
    const login = await loginOfKey(hashKey, question)
    const memberships = await membershipsOf(login)
    if (memberships.length === 0) throw new ActionError('INVALID_USER_ID')
    const passwordHash = await prepareNewPassword(ctx, login, newPassword)

    return transaction(async () => {
      // Of many that come with the key at once, one still finds it.
      const held = await loginOfKey(hashKey, { ...question, find: findLoginDataForUpdate })
      await setPassword(ctx, held, { passwordHash, action: 'user.setInitialPassword', key: 'used' })
      const isToEnrol = isCodeAsked(memberships) && !held.otpConfirmedAt
      return { objectType: 'KalturaAuthentication' as const, ...(isToEnrol && (await enrolmentFor(ctx, held.id))) }
    })
  },
})

/** A seed that nobody has seen before; pages go on with a key of their own, as the one of the link is used up. */
async function enrolmentFor(ctx: Context, loginDataId: number) {
  const login = await findLoginDataForUpdate(loginDataId)
  if (!login) throw new Error(`Login ${loginDataId} vanished while it was held`)
  const seed = newOtpSeed(ctx.random)
  await updateLoginData(login.id, { otpSeed: sealSeed(seed, login.loginEmail) })
  const qrCode = await qrPicture(await otpauthOfLogin(login, seed))
  return { qrCode, enrolmentKey: ctx.origin === 'page' ? (await giveHashKey(ctx, login, 'enrolment')).key : null }
}
