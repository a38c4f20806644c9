import 'server-only'
import { deleteEmailChange } from '@/db/queries/email-changes'
import { type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import type { FormerHashKey } from '@/db/types'
import type { Context } from '@/lib/action/context'
import { queueMail } from '@/lib/mail/outbox'
import { endSessionsOfLogin } from './end-sessions'
import { withoutHashKey } from './hash-key'
import { unlock } from './lockout'
import { ownerOf, recordLoginChange } from './memberships'
import { hashPassword } from './password'
import { checkPassword } from './password-policy'
import { configPartner } from './sign-in-target'

/**
 * Checks a new password by the rules that hold for the login and hashes it, outside of any transaction.
 * `PASSWORD_STRUCTURE_INVALID`, `COMMON_PASSWORD`, `PASSWORD_ALREADY_USED`, all of the field `newPassword`.
 */
export async function prepareNewPassword({ language }: Context, login: LoginDataRow, password: string): Promise<string> {
  const { settings, name: partnerName } = await configPartner(login)
  await checkPassword({
    password,
    language,
    settings,
    person: { ...login, partnerName },
    previousPasswords: login.previousPasswords,
    currentHash: login.passwordHash,
    field: 'newPassword',
  })
  return hashPassword(password)
}

type Change = {
  passwordHash: string
  action: string
  /** What becomes of a link that is under way. */
  key?: FormerHashKey['state']
}

/**
 * The one way in which a password changes: remembers it, ends locks, the link under way and every session of the login in all
 * accounts, writes it down and tells the person. The second factor stays as it is. Inside a transaction that holds the login.
 */
export async function setPassword(ctx: Context, login: LoginDataRow, { passwordHash, action, key = 'replaced' }: Change) {
  const { settings } = await configPartner(login)
  await updateLoginData(login.id, {
    ...withoutHashKey(login, key),
    passwordHash,
    passwordUpdatedAt: ctx.now,
    previousPasswords: remembered(login, passwordHash, settings.previousPasswordsKept),
    updatedAt: ctx.now,
  })
  // Whoever sets a new password because somebody else knew the old one ends what that one began.
  await deleteEmailChange(login.id)
  await unlock(login.id)
  await endSessionsOfLogin(login.id, ctx.now)
  await recordLoginChange(ctx, login, { action })
  const { here, recipient, language, about } = await ownerOf(ctx, login)
  const params = { ...about, at: ctx.now, address: ctx.address }
  await queueMail(here, { event: 'password-changed', recipient, language, params })
}

/** Newest first, the new one with them (§4.2); the one before counts too, even if it was the very first. */
function remembered({ previousPasswords, passwordHash }: LoginDataRow, added: string, kept: number) {
  const former = previousPasswords.length > 0 ? previousPasswords : passwordHash ? [passwordHash] : []
  return [added, ...former].slice(0, kept)
}
