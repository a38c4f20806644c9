import 'server-only'
import { transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import {
  deleteLoginInvitation,
  findHolderForUpdate,
  insertLoginData,
  isLoginInUse,
  type LoginDataRow,
  putLoginInvitation,
  updateLoginData,
} from '@/db/queries/login-data'
import { findUserOfLogin, type UserRow } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { refuseOverQuota } from './admin-quota'
import { newHashKey } from './hash-key'
import { loginEmailOf } from './login-email'
import { needsOtp, newOtpSeed, sealSeed } from './otp'
import { hashPassword } from './password'
import { checkPassword } from './password-policy'
import { setLoginAside } from './set-login-aside'

type Person = { firstName?: string | null; lastName?: string | null }

/** What is known and hashed before the transaction: hashing never holds one. */
export type LoginPlan = { loginEmail: string; passwordHash: string | null; person: Person }

/** A mail that lets the person in: to set a first password, to accept that this account uses the login, or to say that it does. */
export type LoginMail = {
  event: 'invitation' | 'login-invitation' | 'login-added'
  recipient: string
  /** The page that its link leads to. */
  path: string
}

export type EnabledLogin = {
  /** The login to link; null where the person is asked first. */
  loginDataId: number | null
  mail: LoginMail | null
  /** The one-time code seed made with a new login, in clear; empty for a login that existed, whose seed is nobody else's to know. */
  seed: string
}

type Wish = {
  ctx: PartnerContext
  loginId: string
  password: string | null
  person: Person
  /** What the action itself calls them, where it is not by the contract's names. */
  names?: { loginId: string; password: string }
}

/**
 * Checks the address and the password, and hashes it, alike for every address: whether it has a login already is not told by what is
 * refused, nor by the time. `INVALID_FIELD_VALUE` (email, or the name of its own), `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`.
 */
export async function prepareLogin({ ctx, loginId, password, person, names }: Wish): Promise<LoginPlan> {
  const loginEmail = loginEmailOf(loginId)
  if (!loginEmail) {
    const refusal = new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: names?.loginId ?? 'email' })
    throw refusal.at(names?.loginId ?? 'loginId', { code: 'ONE_EMAIL', args: {} })
  }
  if (password === null) return { loginEmail, person, passwordHash: null }

  const { settings, name: partnerName } = ctx.partner
  const { language } = ctx
  await checkPassword({ password, language, settings, person: { ...person, loginEmail, partnerName }, field: names?.password })
  return { loginEmail, person, passwordHash: await hashPassword(password) }
}

/**
 * Gives a stored user the login (§8.7), inside the transaction of the change. The password counts only for a new login: one that
 * exists keeps its own. `USER_LOGIN_ALREADY_ENABLED`, `LOGIN_ID_ALREADY_USED` (in this account), `ADMIN_LOGIN_USERS_QUOTA_EXCEEDED`.
 */
export async function enableLogin(plan: LoginPlan, user: UserRow, ctx: PartnerContext): Promise<EnabledLogin> {
  if (user.loginDataId !== null) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
  if (user.isAdmin) await refuseOverQuota(ctx.partner)
  await deleteLoginInvitation(ctx.partner.id, user.key)

  const holder = await acrossPartners(() => findHolderForUpdate(plan.loginEmail))
  const isInUse = holder !== null && (await acrossPartners(() => isLoginInUse(holder.id)))
  if (holder && isInUse) return joinLogin(holder, user, ctx, { wantsMail: plan.passwordHash === null })
  if (holder) await setLoginAside(holder, ctx.now)
  return created(plan, user, ctx)
}

/** A login of another account: linked where the operator trusts them to each other, else only when the person accepts. */
export async function joinLogin(
  login: LoginDataRow,
  user: UserRow,
  ctx: PartnerContext,
  { wantsMail }: { wantsMail: boolean },
): Promise<EnabledLogin> {
  const { partner, now, random } = ctx
  if (await findUserOfLogin(partner.id, login.id)) throw new ActionError('LOGIN_ID_ALREADY_USED')
  const recipient = login.loginEmail
  if (partner.settings.linkLoginsAcrossPartners) {
    await noteFirstAccount(login, user)
    return { loginDataId: login.id, mail: wantsMail ? { event: 'login-added', recipient, path: 'sign-in' } : null, seed: '' }
  }
  const { key, keyHash, expiresAt } = newHashKey(login.id, now, random)
  const invitation = { partnerId: partner.id, userKey: user.key, loginDataId: login.id, keyHash, createdAt: now, expiresAt }
  await putLoginInvitation(invitation)
  ctx.notices.push('login-invitation-sent')
  return { loginDataId: null, mail: { event: 'login-invitation', recipient, path: `accept-invitation/${key}` }, seed: '' }
}

/** An administrator enters the account that linked him first, until he has chosen another. */
export async function noteFirstAccount(login: LoginDataRow, { isAdmin, partnerId }: UserRow) {
  if (isAdmin && login.lastLoginPartnerId === null) await updateLoginData(login.id, { lastLoginPartnerId: partnerId })
}

async function created(plan: LoginPlan, user: UserRow, ctx: PartnerContext): Promise<EnabledLogin> {
  const seed = needsOtp(ctx.partner, user) ? newOtpSeed(ctx.random) : ''
  const row = newRow(plan, seed, ctx)
  const login = await transaction(() => insertLoginData(row)).catch(asTaken)
  // Another account added the same person this very moment: now the login is found.
  if (!login) return enableLogin(plan, user, ctx)
  return { loginDataId: login.id, mail: plan.passwordHash ? null : await firstMail(login, user, ctx), seed }
}

function newRow({ loginEmail, person, passwordHash }: LoginPlan, seed: string, { partner, now }: PartnerContext) {
  return {
    loginEmail,
    firstName: person.firstName,
    lastName: person.lastName,
    configPartnerId: partner.id,
    passwordHash,
    passwordUpdatedAt: passwordHash ? now : null,
    previousPasswords: [],
    loginAttempts: 0,
    otpSeed: seed ? sealSeed(seed, loginEmail) : null,
    sessionsValidFrom: 0,
    createdAt: now,
    updatedAt: now,
  }
}

function asTaken(error: unknown) {
  if (uniqueViolation(error) === 'login_data_email') return null
  throw error
}

/** Who has no password sets one, unless the account has a sign-in of its own (§7, types 120 and 144). */
async function firstMail(login: LoginDataRow, user: UserRow, { partner, now, random }: PartnerContext): Promise<LoginMail> {
  const recipient = login.loginEmail
  if (partner.settings.sso && !user.isSsoExcluded) return { event: 'login-added', recipient, path: 'sign-in' }
  const { key, keyHash, expiresAt } = newHashKey(login.id, now, random)
  await updateLoginData(login.id, { hashKeyHash: keyHash, hashKeyExpiresAt: expiresAt })
  return { event: 'invitation', recipient, path: `set-password/${key}` }
}
