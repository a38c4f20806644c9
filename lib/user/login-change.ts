import 'server-only'
import { deleteEmailChange } from '@/db/queries/email-changes'
import {
  findHolderForUpdate,
  findLoginDataForUpdate,
  isLoginInUse,
  type LoginDataRow,
  updateLoginData,
} from '@/db/queries/login-data'
import { deleteEnrolment } from '@/db/queries/second-factor'
import { findUserForUpdate, updateUser } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import type { Context } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { endSessionsOfLogin } from '@/lib/auth/end-sessions'
import { withoutHashKey } from '@/lib/auth/hash-key'
import { membershipsOf, ownerOf } from '@/lib/auth/memberships'
import { sealSeed, unsealSeed } from '@/lib/auth/otp'
import { setLoginAside } from '@/lib/auth/set-login-aside'
import { queueMail } from '@/lib/mail/outbox'
import { noteOwner } from './owner'

/** What is to be different; what is left out stays. */
export type LoginDetails = { loginEmail?: string; firstName?: string; lastName?: string }

/**
 * Changes address and names of a login, and of its users in all accounts (§8.23). A new address ends sessions and links, and both
 * addresses are told. `LOGIN_ID_ALREADY_USED`. Inside a transaction that holds the login; answers it as it is now.
 */
export async function changeLogin(
  ctx: Context,
  login: LoginDataRow,
  details: LoginDetails,
  action: string,
): Promise<LoginDataRow> {
  const { loginEmail, firstName, lastName } = details
  if (loginEmail !== undefined) await moveLogin(ctx, login, loginEmail)
  if (firstName !== undefined || lastName !== undefined)
    await updateLoginData(login.id, { firstName, lastName, updatedAt: ctx.now })
  await changeUsers(ctx, login, details, action)
  const changed = await findLoginDataForUpdate(login.id)
  if (!changed) throw new Error(`Login ${login.id} vanished while it was held`)
  if (loginEmail !== undefined) await tellBoth(ctx, login, changed)
  return changed
}

async function moveLogin(ctx: Context, login: LoginDataRow, loginEmail: string) {
  const holder = await findHolderForUpdate(loginEmail)
  if (holder && (await isLoginInUse(holder.id))) throw new ActionError('LOGIN_ID_ALREADY_USED')
  if (holder) await setLoginAside(holder, ctx.now)
  await updateLoginData(login.id, {
    // A link that was mailed to the old address opens nothing any more.
    ...withoutHashKey(login, 'replaced'),
    loginEmail,
    // The seal is bound to the address.
    otpSeed: login.otpSeed && sealSeed(unsealSeed(login.otpSeed, login.loginEmail), loginEmail),
    updatedAt: ctx.now,
  }).catch((error) => {
    throw uniqueViolation(error) === 'login_data_email' ? new ActionError('LOGIN_ID_ALREADY_USED') : error
  })
  await deleteEnrolment(login.id)
  await deleteEmailChange(login.id)
  await endSessionsOfLogin(login.id, ctx.now)
}

async function changeUsers(ctx: Context, login: LoginDataRow, details: LoginDetails, action: string) {
  const { loginEmail: email, firstName, lastName } = details
  for (const { partner, user } of await membershipsOf(login)) {
    const before = await findUserForUpdate(partner.id, user.id)
    if (!before) continue
    const changes = {
      ...(email !== undefined && { email }),
      ...(firstName !== undefined && { firstName }),
      ...(lastName !== undefined && { lastName }),
    }
    const after = await updateUser(before, { ...changes, updatedAt: ctx.now })
    const target = { type: 'user', id: after.id, key: after.key }
    await recordChange(ctx, { action, partnerId: partner.id, target, before, after })
    await noteOwner({ ...ctx, partner }, before, after)
  }
}

async function tellBoth(ctx: Context, before: LoginDataRow, after: LoginDataRow) {
  const { here, language, about } = await ownerOf(ctx, after)
  const params = { ...about, oldEmail: before.loginEmail, newEmail: after.loginEmail }
  for (const recipient of [before.loginEmail, after.loginEmail])
    await queueMail(here, { event: 'email-changed', recipient, language, params })
}
