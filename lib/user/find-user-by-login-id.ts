import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginData } from '@/db/queries/login-data'
import { findUserOfLogin } from '@/db/queries/users'
import { loginEmailOf } from '@/lib/auth/login-email'

/** The login of an address, whoever has it, and the user of this account who signs in with it; null where there is none. */
export async function findUserByLoginId(partnerId: number, loginId: string) {
  const loginEmail = loginEmailOf(loginId)
  const login = loginEmail ? await acrossPartners(() => findLoginData(loginEmail)) : null
  return { login, user: login && (await findUserOfLogin(partnerId, login.id)) }
}
