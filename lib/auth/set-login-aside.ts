import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import {
  deleteUnlinkedLogin,
  findHolderForUpdate,
  findLoginDataForUpdate,
  isLoginInUse,
  type LoginDataRow,
  updateLoginData,
} from '@/db/queries/login-data'
import type { UserRow } from '@/db/queries/users'

/**
 * A login that only deleted users have steps aside when its address becomes somebody's again, whichever account adds it: the new login
 * begins afresh, with nothing of the old password or one-time codes, and the old one waits for the users that may be restored.
 */
export async function setLoginAside(login: LoginDataRow, now: number) {
  await updateLoginData(login.id, { setAsideAt: now })
  await acrossPartners(() => deleteUnlinkedLogin(login.id))
}

/** The login of a user who is being restored: his own, if its address is free, else the one that holds the address now. */
export async function regainedLogin(user: UserRow, now: number): Promise<{ own: LoginDataRow } | { other: LoginDataRow } | null> {
  return acrossPartners(async () => {
    const own = user.loginDataId === null ? null : await findLoginDataForUpdate(user.loginDataId)
    if (!own) return null
    if (own.setAsideAt === null) return { own }

    const holder = await findHolderForUpdate(own.loginEmail)
    if (holder && (await isLoginInUse(holder.id))) return { other: holder }
    if (holder) await setLoginAside(holder, now)
    await updateLoginData(own.id, { setAsideAt: null })
    return { own }
  })
}
