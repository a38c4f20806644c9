import 'server-only'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { giveBackupCodes } from '@/lib/auth/backup-codes'
import { ownerOf, recordLoginChange } from '@/lib/auth/memberships'
import { ownLogin, proveAnew } from '@/lib/auth/own-login'
import { queueMail } from '@/lib/mail/outbox'
import { BackupCodes, ProofInput } from '../schema'

const action = 'account.newBackupCodes'

/** Ten new backup codes for the signed-in person, who is told by mail; the former are over. The verifier's codes, `MISSING_KS`. */
export const newBackupCodes = defineAction({
  name: action,
  summary: 'Answers ten new backup codes; the former are over.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ProofInput,
  output: BackupCodes,
  errors: [
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_KS',
    'MISSING_OTP',
    'USER_WRONG_PASSWORD',
  ],
  changes: ['account', 'audit'],

  async handle(ctx, proof) {
    await proveAnew(ctx, { ...proof, partnerId: ctx.partner?.id, action }, async () => true)
    return transaction(async () => {
      const login = await ownLogin(ctx, { isHeld: true })
      // It may have been taken away since the proof.
      if (!login.otpConfirmedAt) throw new ActionError('INVALID_OTP').at('otp')
      await recordLoginChange(ctx, login, { action })
      const { here, recipient, language, about } = await ownerOf(ctx, login)
      const params = { ...about, at: ctx.now, address: ctx.address }
      await queueMail(here, { event: 'backup-codes-renewed', recipient, language, params })
      return { objectType: 'UsherBackupCodes' as const, ...(await giveBackupCodes(ctx, login)) }
    })
  },
})
