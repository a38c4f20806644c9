import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { keepThisBrowser } from '@/lib/auth/end-sessions'
import { removeSecondFactor as removed } from '@/lib/auth/enrolment'
import { isCodeAsked, membershipsOf } from '@/lib/auth/memberships'
import { ownLogin, proveAnew } from '@/lib/auth/own-login'
import { actorName } from '@/lib/mail/actor-name'
import { ProofInput } from '../schema'

const action = 'account.removeSecondFactor'

/**
 * The signed-in person does without the second factor from now on; every session but that of this browser ends,
 * which goes on under a new id. `ACTION_FORBIDDEN` where an account asks for it; the verifier's codes, `MISSING_KS`.
 */
export const removeSecondFactor = defineAction({
  name: action,
  summary: "Takes the signed-in person's own second factor away, where no account asks for it.",
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: ProofInput,
  output: z.null(),
  errors: [
    'ACTION_FORBIDDEN',
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_KS',
    'MISSING_OTP',
    'USER_WRONG_PASSWORD',
  ],
  changes: ['account', 'user', 'audit'],

  async handle(ctx, proof) {
    const isAsked = isCodeAsked(await membershipsOf(await ownLogin(ctx)))
    if (isAsked) throw new ActionError('ACTION_FORBIDDEN', { ACTION_NAME: 'removeSecondFactor' })
    await proveAnew(ctx, { ...proof, partnerId: ctx.partner?.id, action }, async () => true)
    ctx.renewed.sessionId = await transaction(async () => {
      await removed(ctx, await ownLogin(ctx, { isHeld: true }), { action, byName: actorName(ctx) })
      return keepThisBrowser(ctx)
    })
    return null
  },
})
