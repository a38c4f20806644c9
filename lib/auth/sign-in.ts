import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataForUpdate, type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { sameSecret } from '@/lib/id'
import { queueMail } from '@/lib/mail/outbox'
import { deviceName, rememberDevice } from './known-device'
import { ownerOf } from './memberships'
import { needsOtp } from './otp'
import { hashPassword, isOutdated } from './password'
import { attempting, type Claim, prove } from './prove'
import {
  blocksDirectLogin,
  configPartner,
  isPasswordExpired,
  noteSignIn,
  type SignedIn,
  type Target,
  targetOf,
  usable,
} from './sign-in-target'

/**
 * Every way in with a password (§5): the one verifier first, then the account and the user are judged. Throws the contract's codes;
 * masking is the action's.
 */
export async function signIn(ctx: Context, claim: Claim): Promise<SignedIn> {
  const signedIn = await verifyLogin(ctx, claim)
  await acrossPartners(() => remember(ctx, signedIn, claim))
  return signedIn
}

/** The same for what a person does with a login without entering an account by it; remembers nothing but failures. */
export function verifyLogin(ctx: Context, claim: Claim): Promise<SignedIn> {
  return attempting(ctx, claim, () => admitted(ctx, claim))
}

async function admitted(ctx: Context, claim: Claim): Promise<SignedIn> {
  const { joins, partnerId } = claim
  let target: Target = joins ?? { partner: null, user: null }
  const login = await prove(ctx, claim, async (proven) => {
    target = joins ?? (await targetOf(proven, partnerId))
    if (blocksDirectLogin(target)) throw new ActionError('DIRECT_LOGIN_BLOCKED')
    const isEnrolled = proven.otpConfirmedAt !== null
    if (joins) return isEnrolled
    // Programs are asked only where the account demands a code, as the contract says (docs/decisions/0016).
    return target.partner !== null && ((isEnrolled && ctx.origin === 'page') || needsOtp(target.partner, target.user))
  })
  if (isPasswordExpired(login, await configPartner(login), ctx.now)) throw new ActionError('PASSWORD_EXPIRED')
  return usable(login, target, joins?.partner.id ?? partnerId)
}

async function remember(ctx: Context, signedIn: SignedIn, { password, action }: Claim) {
  const { login, user, partner } = signedIn
  const stronger = login.passwordHash && isOutdated(login.passwordHash) ? await hashPassword(password) : null
  await transaction(async () => {
    const held = await findLoginDataForUpdate(login.id)
    // Changed while it was compared: what it opened would outlive the change.
    if (held?.passwordUpdatedAt !== login.passwordUpdatedAt) throw new ActionError('USER_WRONG_PASSWORD')
    // Another sign-in may have made it anew already.
    const isSame = sameSecret(held?.passwordHash ?? '', login.passwordHash ?? '')
    if (stronger && isSame) await updateLoginData(login.id, { passwordHash: stronger })
    await noteSignIn(signedIn, ctx.now)
    const target = { type: 'user', id: user.id, key: user.key }
    await recordChange(ctx, { action, device: deviceName(ctx.userAgent), partnerId: partner.id, target })
    if ((await rememberDevice(ctx, login)) && ctx.origin === 'page') await tellOfNewDevice(ctx, login)
  })
}

async function tellOfNewDevice(ctx: Context, login: LoginDataRow) {
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  const params = { ...about, at: ctx.now, device: deviceName(ctx.userAgent), address: ctx.address }
  await queueMail(here, { event: 'new-sign-in', recipient, language, params })
}
