import 'server-only'
import type { z } from 'zod'
import { transaction } from '@/db/client'
import { findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { beginEnrolment, enrolmentLife } from '@/lib/auth/enrolment'
import { loginOfKey } from '@/lib/auth/hash-key'
import { recordLoginChange } from '@/lib/auth/memberships'
import { ownLogin, proveAnew } from '@/lib/auth/own-login'
import { otpauthOfLogin } from '@/lib/auth/qr-code'
import { Enrolment, StartEnrolmentInput } from '../schema'

const action = 'account.startEnrolment'

/**
 * Shows a seed for an authenticator: to the holder of an enrolment link, which is not used up by it, or to a signed-in person who gives
 * the password, and a code of the factor that is to be replaced (F13). Nothing is different until `account.confirmEnrolment`.
 * `MISSING_KS`, the verifier's codes, and those of links.
 */
export const startEnrolment = defineAction({
  name: action,
  summary: 'Shows the setup key of a new authenticator, to be confirmed by a code.',
  kind: 'mutation',
  audience: 'anyone',
  permission: ['ALWAYS_ALLOWED_ACTIONS', 'BASE_USER_SESSION_PERMISSION'],
  input: StartEnrolmentInput,
  output: Enrolment,
  errors: [
    'DIRECT_LOGIN_BLOCKED',
    'INVALID_OTP',
    'LOGIN_BLOCKED',
    'LOGIN_DATA_NOT_FOUND',
    'LOGIN_RETRIES_EXCEEDED',
    'MISSING_KS',
    'MISSING_OTP',
    'NEW_PASSWORD_HASH_KEY_EXPIRED',
    'NEW_PASSWORD_HASH_KEY_INVALID',
    'USER_WRONG_PASSWORD',
  ],

  async handle(ctx, input) {
    const { hashKey } = input
    const { login, setupKey } = hashKey ? await byLink(ctx, hashKey) : await bySession(ctx, input)
    return { objectType: 'UsherEnrolment' as const, setupKey, otpauth: await otpauthOfLogin(login, setupKey) }
  },
})

function byLink(ctx: Context, hashKey: string) {
  return transaction(async () => {
    const login = await linkedLogin(ctx, hashKey)
    return begun(ctx, login, { keyHash: login.hashKeyHash, expiresAt: login.hashKeyExpiresAt ?? 0 })
  })
}

/** The login of an enrolment link, held. A link never replaces a factor that is confirmed. */
export async function linkedLogin({ now }: Context, hashKey: string): Promise<LoginDataRow> {
  const login = await loginOfKey(hashKey, { purpose: 'enrolment', now, find: findLoginDataForUpdate })
  if (login.otpConfirmedAt) throw new ActionError('NEW_PASSWORD_HASH_KEY_INVALID')
  return login
}

async function bySession(ctx: Context, { password, otp }: z.output<typeof StartEnrolmentInput>) {
  const proof = { password: password ?? '', otp, partnerId: ctx.partner?.id, action }
  await proveAnew(ctx, proof, async (login) => login.otpConfirmedAt !== null)
  return transaction(async () => {
    const login = await ownLogin(ctx, { isHeld: true })
    return begun(ctx, login, { keyHash: null, expiresAt: ctx.now + enrolmentLife })
  })
}

async function begun(ctx: Context, login: LoginDataRow, beginning: Parameters<typeof beginEnrolment>[2]) {
  const setupKey = await beginEnrolment(ctx, login, beginning)
  await recordLoginChange(ctx, login, { action })
  return { login, setupKey }
}
