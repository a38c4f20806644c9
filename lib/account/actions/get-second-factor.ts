import 'server-only'
import { countBackupCodes } from '@/db/queries/second-factor'
import { defineAction } from '@/lib/action/define-action'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { ownLogin } from '@/lib/auth/own-login'
import { GetSecondFactorInput, SecondFactor } from '../schema'

/** How the signed-in person's second factor stands. `MISSING_KS`. */
export const getSecondFactor = defineAction({
  name: 'account.getSecondFactor',
  summary: "Tells how the signed-in person's second factor stands.",
  kind: 'query',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: GetSecondFactorInput,
  output: SecondFactor,
  errors: ['MISSING_KS'],

  async handle(ctx) {
    const login = await ownLogin(ctx)
    return {
      objectType: 'UsherSecondFactor' as const,
      isEnrolled: login.otpConfirmedAt !== null,
      enrolledAt: login.otpConfirmedAt && Math.floor(login.otpConfirmedAt / 1000),
      backupCodesLeft: await countBackupCodes(login.id),
      isRequired: isCodeAsked(await membershipsOf(login)),
    }
  },
})
