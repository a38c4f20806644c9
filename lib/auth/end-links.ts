import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { deleteEmailChange } from '@/db/queries/email-changes'
import {
  deleteInvitationsAndEmailChanges,
  deleteLoginInvitation,
  findLoginDataById,
  listOpenKeys,
  updateLoginData,
} from '@/db/queries/login-data'
import type { UserRow } from '@/db/queries/users'
import { withoutHashKey, withoutKeys } from './hash-key'
import { membershipsOf } from './memberships'
import { isUsable } from './sign-in-target'

/**
 * Ends what was mailed to a user whom his account shuts out: what `endLinksOfLogin` ends, and an invitation to enter this account with a
 * login of elsewhere. Inside the transaction that shuts out.
 */
export async function endLinksOfUser({ partnerId, key, loginDataId }: UserRow) {
  await deleteLoginInvitation(partnerId, key)
  await endLinksOfLogin(loginDataId)
}

/**
 * Ends what was mailed to a person whom no account lets in any more: the open link, and a change of address that waits. Else they would
 * work again once somebody lets the person in again, who need not be the one who asked for them. Inside the transaction that shuts out.
 */
export async function endLinksOfLogin(loginDataId: number | null) {
  if (loginDataId === null) return
  await acrossPartners(async () => {
    const login = await findLoginDataById(loginDataId)
    if (!login || (await membershipsOf(login)).some(isUsable)) return
    if (login.hashKeyHash) await updateLoginData(login.id, withoutHashKey(login, 'replaced'))
    await deleteEmailChange(login.id)
  })
}

/**
 * Ends every link that was mailed to anybody, and answers how many: a restored database does not know which of them were used or replaced
 * since. Inside a transaction. Sees all partners.
 */
export async function endEveryLink(): Promise<number> {
  const open = await listOpenKeys()
  for (const [id, keys] of Map.groupBy(open, ({ loginDataId }) => loginDataId)) {
    const login = await findLoginDataById(id)
    if (login) await updateLoginData(id, withoutKeys(login, keys, 'restored'))
  }
  await deleteInvitationsAndEmailChanges()
  return open.length
}
