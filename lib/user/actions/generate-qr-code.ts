import 'server-only'
import { transaction } from '@/db/client'
import { findLoginDataForUpdate, type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import { findUserOfLogin } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { anyText } from '@/lib/action/fields'
import { loginOfKey, withoutHashKey } from '@/lib/auth/hash-key'
import { recordLoginChange } from '@/lib/auth/memberships'
import { shownSeed } from '@/lib/auth/otp'
import { findPartner } from '@/lib/auth/partner'
import { otpauthText, qrPicture } from '@/lib/auth/qr-code'
import { HashKeyInput } from '../sign-in-schema'

/**
 * The QR code of an administrator's authenticator that is not confirmed yet (§8.9), drawn in this process; uses the key up.
 * `INVALID_HASH` for every fault of the key, `INVALID_USER_ID`, `ERROR_IN_QR_GENERATION` (also without a seed).
 */
export const generateQrCode = defineAction({
  name: 'user.generateQrCode',
  summary: 'Answers the QR code to enrol an authenticator with, once for the key of a mailed link.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: HashKeyInput,
  output: anyText(100_000),
  errors: ['ERROR_IN_QR_GENERATION', 'INVALID_HASH', 'INVALID_USER_ID'],

  handle: (ctx, { hashKey }) =>
    transaction(async () => {
      const question = { purpose: 'enrolment', now: ctx.now, find: findLoginDataForUpdate } as const
      const login = await loginOfKey(hashKey, question).catch(asInvalidHash)
      if (login.otpConfirmedAt) throw new ActionError('INVALID_HASH')
      const { partner, user } = await administratorOf(login)
      const seed = shownSeed(login)
      if (!seed) throw new ActionError('ERROR_IN_QR_GENERATION')
      const picture = await qrPicture(otpauthText(partner, user.id, seed))
      await updateLoginData(login.id, withoutHashKey(login, 'used'))
      await recordLoginChange(ctx, login, { action: 'user.generateQrCode' })
      return picture
    }),
})

function asInvalidHash(error: unknown): never {
  throw error instanceof ActionError ? new ActionError('INVALID_HASH') : error
}

/** The active administrator of the account that made the login, with the login's own address (§8.9). */
async function administratorOf(login: LoginDataRow) {
  const [partner, user] = [await findPartner(login.configPartnerId), await findUserOfLogin(login.configPartnerId, login.id)]
  const isHe = user?.status === userStatus.active && user.isAdmin && user.email?.toLowerCase() === login.loginEmail
  if (!partner || !user || !isHe) throw new ActionError('INVALID_USER_ID')
  return { partner, user }
}
