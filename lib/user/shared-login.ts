import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import type { LoginDataRow } from '@/db/queries/login-data'
import type { PartnerContext } from '@/lib/action/context'
import { forbidden } from '@/lib/action/forbidden'
import { isOthersToo, membershipsOf } from '@/lib/auth/memberships'

/** An administrator of one account changes no login that another account depends on, unless that one trusts others with it (Z10). */
export async function refuseSharedLogin({ partner }: PartnerContext, login: LoginDataRow, action: string) {
  const memberships = await acrossPartners(() => membershipsOf(login))
  if (isOthersToo(partner.id, memberships)) throw forbidden(action)
}
