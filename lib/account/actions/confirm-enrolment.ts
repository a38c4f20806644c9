import 'server-only'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { keepThisBrowser } from '@/lib/auth/end-sessions'
import { confirmEnrolment as confirmed } from '@/lib/auth/enrolment'
import { ownLogin } from '@/lib/auth/own-login'
import { BackupCodes, ConfirmEnrolmentInput } from '../schema'
import { linkedLogin } from './start-enrolment'

const action = 'account.confirmEnrolment'

/**
 * Confirms the authenticator that was shown by one of its codes, and answers ten backup codes, this once. The link is used up, every
 * session of the person ends but that of the browser in which he gave the password for it, which goes on under a new id, and he is
 * told. `INVALID_OTP`, `MISSING_KS`, and the codes of links.
 */
export const confirmEnrolment = defineAction({
  name: action,
  summary: 'Confirms a new authenticator by a code; answers ten backup codes.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ConfirmEnrolmentInput,
  output: BackupCodes,
  errors: ['INVALID_OTP', 'LOGIN_DATA_NOT_FOUND', 'MISSING_KS', 'NEW_PASSWORD_HASH_KEY_EXPIRED', 'NEW_PASSWORD_HASH_KEY_INVALID'],
  changes: ['account', 'user', 'audit'],

  async handle(ctx, { hashKey, otp }) {
    const { given, sessionId } = await transaction(async () => {
      const login = hashKey ? await linkedLogin(ctx, hashKey) : await ownLogin(ctx, { isHeld: true })
      const given = await confirmed(ctx, login, otp, hashKey ? login.hashKeyHash : null, action)
      // A link is no sign-in: whoever holds it need not be the one in this browser.
      return { given, sessionId: hashKey ? null : await keepThisBrowser(ctx) }
    })
    ctx.renewed.sessionId = sessionId
    return { objectType: 'UsherBackupCodes' as const, ...given }
  },
})
