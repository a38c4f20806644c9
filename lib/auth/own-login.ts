import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import type { Context } from '@/lib/action/context'
import { ActionError, type ErrorCode } from '@/lib/action/errors'
import { isCodeAsked, type Membership, membershipsOf } from './memberships'
import { ruleSettingsOf } from './password-rules'
import { attempting, type Claim, prove } from './prove'
import { configPartner } from './sign-in-target'

/** The login of the person who is signed in. */

/** The person's login, `MISSING_KS` for nobody. `isHeld` holds it until the transaction ends. */
export async function ownLogin({ actor }: Context, { isHeld = false } = {}): Promise<LoginDataRow> {
  const id = actor.kind === 'user' ? actor.user?.loginDataId : null
  const find = isHeld ? findLoginDataForUpdate : findLoginDataById
  const login = id ? await find(id) : null
  if (!login) throw new ActionError('MISSING_KS')
  return login
}

/**
 * Who is signed in with a password of his own, in each account. `MISSING_KS` for anybody else, also for sessions that an account signs
 * for its users: those come into other hands.
 */
export async function ownMemberships(ctx: Context): Promise<{ login: LoginDataRow; memberships: Membership[] }> {
  if (ctx.actor.kind !== 'user' || ctx.actor.source !== 'signIn') throw new ActionError('MISSING_KS')
  const login = await ownLogin(ctx)
  return { login, memberships: await membershipsOf(login) }
}

export function isOwnLogin({ actor }: Context, login: LoginDataRow | null) {
  return login !== null && actor.kind === 'user' && actor.user?.loginDataId === login.id
}

/** A signed-in person proves once more who he is; what is wrong stands at its field. `asksCode` as in `prove`. */
export async function proveAnew(
  ctx: Context,
  claim: Omit<Claim, 'login'>,
  asksCode: (login: LoginDataRow) => Promise<boolean>,
): Promise<LoginDataRow> {
  const login = await ownLogin(ctx)
  const own = { ...claim, login }
  return attempting(ctx, own, () => prove(ctx, own, asksCode)).catch(markField)
}

/** The address that the person signs in with, and the rules that hold for its password, for the page that changes them. `MISSING_KS`. */
export function ownSignIn(ctx: Context) {
  return acrossPartners(async () => {
    const login = await ownLogin(ctx)
    return { email: login.loginEmail, passwordSettings: ruleSettingsOf((await configPartner(login)).settings) }
  })
}

/** For `proveAnew`: whoever has an authenticator gives a code of it, and whoever an account asks for one. */
export async function asksOwnCode(login: LoginDataRow) {
  return login.otpConfirmedAt !== null || isCodeAsked(await membershipsOf(login))
}

const fieldOf: Partial<Record<ErrorCode, string>> = {
  USER_WRONG_PASSWORD: 'password',
  MISSING_OTP: 'otp',
  INVALID_OTP: 'otp',
  LOGIN_ID_ALREADY_USED: 'newLoginId',
}

/** Says at which field the fault is, unless that was said already. Only to the person himself: to others it would tell what is right. */
export function markField(error: unknown): never {
  if (!(error instanceof ActionError) || error.fields) throw error
  const field = fieldOf[error.code as ErrorCode]
  throw field ? error.at(field) : error
}
