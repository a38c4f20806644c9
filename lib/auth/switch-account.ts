import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataForUpdate, type LoginDataRow } from '@/db/queries/login-data'
import { findUserByKey, findUserOfLogin, type UserRow } from '@/db/queries/users'
import type { Partner, PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { deviceName } from './known-device'
import { isLocked } from './lockout'
import { needsOtp } from './otp'
import { findPartner } from './partner'
import { readKs } from './session-context'
import { isProvenSignIn } from './sign-in-proof'
import { blocksDirectLogin, configPartner, isPasswordExpired, noteSignIn, type SignedIn, usable } from './sign-in-target'

type Place = { partner: Partner; user: UserRow }

export type Switched = SignedIn & {
  /** Whether the person signed in himself at the beginning, so that he may go on to further accounts. */
  isProven: boolean
}

/**
 * Enters another account by the session of this one (§8.15): the rules of signing in, without password and code. Only for an
 * administrator there, and never to an account that asks for more than this one did. `ks` is null for a session of a browser, which
 * only the person himself can have begun. Inside a transaction. Throws the contract's codes of `loginByKs`.
 */
export async function switchAccount(ctx: PartnerContext, user: UserRow, ks: string | null, partnerId: number): Promise<Switched> {
  return acrossPartners(async () => {
    const login = user.loginDataId === null ? null : await findLoginDataForUpdate(user.loginDataId)
    if (!login) throw new ActionError('LOGIN_DATA_NOT_FOUND')
    // Ended since the call was let in, by a new password maybe: what it opened would outlive that.
    const own = await findUserByKey(user.partnerId, user.key)
    if (own?.sessionsValidFrom !== user.sessionsValidFrom) throw new ActionError('NEW_LOGIN_REQUIRED')
    const partner = await findPartner(partnerId)
    if (!partner) throw internal('There is no such account.')
    const there = await findUserOfLogin(partnerId, login.id)
    if (!there) throw new ActionError('USER_DATA_ERROR')
    const target = { partner, user: there }

    const isProven = ks === null || (await cameFromSignIn(ks, login.id))
    const isTrusted = isProven || partner.settings.linkLoginsAcrossPartners
    if (!isTrusted || asksForMore({ partner: ctx.partner, user }, target)) throw new ActionError('NEW_LOGIN_REQUIRED')
    const entered = await admitted(ctx, login, target)
    await noteSignIn(entered, ctx.now)
    return { ...entered, isProven }
  })
}

/** A KS that the account's secret signed proves nothing to an account that does not trust others: the person may know nothing of it. */
async function cameFromSignIn(ks: string, loginDataId: number) {
  const decoded = await readKs(ks)
  return decoded !== null && isProvenSignIn(decoded, loginDataId)
}

/** Whether the target wants a sign-in of its own, or a one-time code that this account did not ask for (§6). */
function asksForMore(origin: Place, target: Place) {
  if (target.partner.settings.sso) return true
  if (!needsOtp(target.partner, target.user)) return false
  const cameBySso = origin.partner.settings.sso && !origin.user.isSsoExcluded
  return cameBySso || !needsOtp(origin.partner, origin.user)
}

async function admitted(ctx: PartnerContext, login: LoginDataRow, target: Place): Promise<SignedIn> {
  const config = await configPartner(login)
  if (await isLocked(ctx, login.id, config.settings)) throw new ActionError('LOGIN_BLOCKED')
  if (blocksDirectLogin(target)) throw new ActionError('DIRECT_LOGIN_BLOCKED')
  if (isPasswordExpired(login, config, ctx.now)) throw internal('The password has expired.')
  const entered = usable(login, target, target.partner.id)
  if (!entered.user.isAdmin) throw new ActionError('USER_DATA_ERROR')
  return entered
}

type Attempt = { user: UserRow; partnerId: number; action: string }

/**
 * Writes down whether the account was entered: what `change` does together with its entry, a refusal when it is over. A refusal is kept
 * with the user that the person has there, or with his own where there is none. Sees all partners.
 */
export async function recordingSwitch<T extends { user: UserRow }>(
  ctx: PartnerContext,
  attempt: Attempt,
  change: () => Promise<T>,
): Promise<T> {
  return acrossPartners(async () => {
    try {
      return await transaction(async () => {
        const entered = await change()
        await record(ctx, attempt.action, entered.user)
        return entered
      })
    } catch (error) {
      if (error instanceof ActionError) await record(ctx, attempt.action, await triedOn(attempt), error.code)
      throw error
    }
  })
}

async function triedOn({ user, partnerId }: Attempt): Promise<UserRow> {
  return (user.loginDataId && (await findUserOfLogin(partnerId, user.loginDataId))) || user
}

function record(ctx: PartnerContext, action: string, user: UserRow, result?: string) {
  const target = { type: 'user', id: user.id, key: user.key }
  return recordChange(ctx, { action, result, device: deviceName(ctx.userAgent), partnerId: user.partnerId, target })
}

const internal = (text: string) => new ActionError('INTERNAL_SERVER_ERROR', { ERR_TEXT: text })
