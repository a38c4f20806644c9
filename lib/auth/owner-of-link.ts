import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { loginOfKey } from './hash-key'
import { ruleSettingsOf } from './password-rules'
import { configPartner } from './sign-in-target'

/**
 * Whose password a good link sets, for which account, and by which rules, for the page that it opens. Changes nothing. `now` is epoch
 * milliseconds. Throws the codes of links.
 */
export function ownerOfLink(hashKey: string, now: number) {
  return acrossPartners(async () => {
    const login = await loginOfKey(hashKey, { purpose: 'password', now })
    const { name: partnerName, settings } = await configPartner(login)
    return { email: login.loginEmail, partnerName, passwordSettings: ruleSettingsOf(settings) }
  })
}
