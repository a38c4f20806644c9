import 'server-only'
import { findUser, updateUser as storeUser } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { isCode } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { enableLogin, prepareLogin } from '@/lib/auth/enable-login'
import { addUser } from '@/lib/user/actions/add-user'
import { updateUser } from '@/lib/user/actions/update-user'
import { duplicateLogin, refuseDuplicate } from '@/lib/user/duplicates'
import type { UserData } from '@/lib/user/schema'
import { queueInvitation } from '@/lib/user/user-mails'
import { call } from './row-refused'
import { BadCell, type Column } from './user-columns'

/** Argon2 as it is written down everywhere; the work that it asks for is bounded, as every sign-in does it. */
const argon2 = /^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/
const mostMemory = 262_144

/** The row's password hash, which only the operator may bring along: whoever knows one could sign in as that person elsewhere. */
export function passwordHashOf({ actor }: PartnerContext, values: ReadonlyMap<Column, string>): string | null {
  const hash = values.get('passwordHash')
  if (hash === undefined) return null
  if (actor.kind !== 'operator') throw forbidden('user.addFromBulkUpload')
  const memory = Number(argon2.exec(hash)?.[1] ?? Number.NaN)
  // A hash stands in no log and in no answer, not even a wrong one.
  if (!(memory <= mostMemory)) throw new BadCell('passwordHash', '…', 'It must be a hash of Argon2, such as $argon2id$v=19$….')
  return hash
}

/**
 * Adds a user who goes on signing in with the password that he has, without a mail. A login that exists elsewhere is asked to join, as
 * always, and keeps its own password.
 */
export async function addWithLogin(ctx: PartnerContext, userId: string, user: UserData, passwordHash: string) {
  const { isAdmin, roleIds, ...person } = user
  await call(ctx, addUser, { user: person })
  const added = await findUser(ctx.partner.id, userId)
  if (!added) throw new Error(`User ${userId} vanished while it was added`)

  const loginId = person.email ?? ''
  const plan = await prepareLogin({ ctx, loginId, password: null, person })
  const { loginDataId, mail } = await enableLogin({ ...plan, passwordHash }, added, ctx).catch((error) => {
    throw isCode(error, 'LOGIN_ID_ALREADY_USED') ? duplicateLogin(loginId) : error
  })
  if (mail) await queueInvitation(ctx, added, mail)
  if (loginDataId !== null) await storeUser(added, { loginDataId }).catch(refuseDuplicate(added))
  // Only now, as adding an administrator would have sent an invitation.
  const adminRole = isAdmin ? String(ctx.partner.settings.adminRoleId) : undefined
  if (isAdmin || roleIds) await call(ctx, updateUser, { userId, user: { isAdmin, roleIds: roleIds ?? adminRole } })
}
