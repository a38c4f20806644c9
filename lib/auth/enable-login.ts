import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import {
  destroyLoginData,
  findLoginData,
  findUnusedLoginData,
  insertLoginData,
  type LoginDataRow,
  putLoginInvitation,
  updateLoginData,
} from '@/db/queries/login-data'
import { lockPartner } from '@/db/queries/partners'
import { countAdminsWithLogin, findUserOfLogin, type UserRow } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { newHashKey } from './hash-key'
import { loginEmailOf } from './login-email'
import { needsOtp, newOtpSeed, sealSeed } from './otp'
import { hashPassword } from './password'
import { checkPassword } from './password-policy'

/** What is known and hashed before the transaction: hashing never holds one. */
export type LoginPlan = { loginEmail: string; passwordHash: string | null; isAdmin: boolean; person: Person; wantsMail: boolean }

type Person = { firstName?: string | null; lastName?: string | null }

/** A mail that lets the person in: to set a first password, or to accept that this account uses the login. */
export type LoginMail = { event: 'invitation' | 'login-invitation'; recipient: string; key: string }

export type EnabledLogin = { loginDataId: number | null; mail: LoginMail | null }

type Wish = { ctx: PartnerContext; loginId: string; password: string | null; isAdmin: boolean; person: Person }

/**
 * Checks the address and the password, and hashes it. The password counts only for a new login: one that exists keeps its own.
 * `INVALID_FIELD_VALUE` (email), `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`.
 */
export async function prepareLogin({ ctx, loginId, password, isAdmin, person }: Wish): Promise<LoginPlan> {
  const loginEmail = loginEmailOf(loginId)
  if (!loginEmail)
    throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'email' }).at('loginId', 'Enter one e-mail address.')
  const plan = { loginEmail, isAdmin, person, wantsMail: password === null, passwordHash: null }
  const exists = await acrossPartners(() => findLoginData(loginEmail))
  if (password === null || exists) return plan

  const { settings, name: partnerName } = ctx.partner
  await checkPassword({ password, settings, person: { ...person, loginEmail, partnerName } })
  return { ...plan, passwordHash: await hashPassword(password) }
}

/**
 * Gives a stored user the login (§8.7), inside the transaction of the change. Answers the login to link, or null where the person is
 * asked first. `USER_LOGIN_ALREADY_ENABLED`, `LOGIN_ID_ALREADY_USED` (in this account), `ADMIN_LOGIN_USERS_QUOTA_EXCEEDED`.
 */
export async function enableLogin(plan: LoginPlan, user: UserRow, ctx: PartnerContext): Promise<EnabledLogin> {
  if (user.loginDataId !== null) throw new ActionError('USER_LOGIN_ALREADY_ENABLED')
  if (plan.isAdmin) await refuseOverQuota(ctx)
  const existing = await acrossPartners(() => findLoginData(plan.loginEmail))
  return existing ? joined(plan, existing, user, ctx) : created(plan, user, ctx)
}

/** Refuses one more administrator with sign-in than the account may have, inside the transaction that makes him one (§8.7). */
export async function refuseOverQuota({ partner }: PartnerContext) {
  // Whoever adds an administrator at the same time waits here, and then counts this one.
  await lockPartner(partner.id)
  const quota = partner.settings.adminLoginUsersQuota
  const admins = await countAdminsWithLogin(partner.id)
  if (admins > 0 && quota !== -1 && quota <= admins) throw new ActionError('ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')
}

/** A login of another account: linked where the operator trusts them to each other, else only when the person accepts. */
async function joined(
  { isAdmin, loginEmail }: LoginPlan,
  login: LoginDataRow,
  user: UserRow,
  ctx: PartnerContext,
): Promise<EnabledLogin> {
  if (await findUserOfLogin(ctx.partner.id, login.id)) throw new ActionError('LOGIN_ID_ALREADY_USED')
  if (ctx.partner.settings.linkLoginsAcrossPartners) {
    if (isAdmin && login.lastLoginPartnerId === null) await updateLoginData(login.id, { lastLoginPartnerId: ctx.partner.id })
    return { loginDataId: login.id, mail: null }
  }
  const { key, keyHash, expiresAt } = newHashKey(login.id, ctx.now, ctx.random)
  await putLoginInvitation({
    partnerId: ctx.partner.id,
    userKey: user.key,
    loginDataId: login.id,
    keyHash,
    createdAt: ctx.now,
    expiresAt,
  })
  ctx.notices.push('login-invitation-sent')
  return { loginDataId: null, mail: { event: 'login-invitation', recipient: loginEmail, key } }
}

async function created(plan: LoginPlan, user: UserRow, ctx: PartnerContext): Promise<EnabledLogin> {
  await acrossPartners(async () => {
    const gone = await findUnusedLoginData(plan.loginEmail)
    if (gone) await destroyLoginData(gone.id)
  })
  const login = await insertNewLogin({
    loginEmail: plan.loginEmail,
    firstName: plan.person.firstName,
    lastName: plan.person.lastName,
    configPartnerId: ctx.partner.id,
    passwordHash: plan.passwordHash,
    passwordUpdatedAt: plan.passwordHash ? ctx.now : null,
    previousPasswords: [],
    loginAttempts: 0,
    otpSeed: needsOtp(ctx.partner, user) ? sealSeed(newOtpSeed(ctx.random), plan.loginEmail) : null,
    sessionsValidFrom: 0,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  })
  if (!plan.wantsMail) return { loginDataId: login.id, mail: null }

  const { key, keyHash, expiresAt } = newHashKey(login.id, ctx.now, ctx.random)
  await updateLoginData(login.id, { hashKeyHash: keyHash, hashKeyExpiresAt: expiresAt })
  return { loginDataId: login.id, mail: { event: 'invitation', recipient: plan.loginEmail, key } }
}

/** Another account may be adding the same person this very moment: whoever is second tries again and then finds the login. */
function insertNewLogin(login: Parameters<typeof insertLoginData>[0]) {
  return insertLoginData(login).catch((error) => {
    throw uniqueViolation(error) === 'login_data_email' ? new ActionError('LOCK_TIMED_OUT') : error
  })
}
