import 'server-only'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginData } from '@/db/queries/login-data'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { bool } from '@/lib/action/fields'
import { loginEmailOf } from '@/lib/auth/login-email'
import { CheckLoginDataExistsInput } from '../sign-in-schema'

/** Whether anybody, in any account, signs in with an address (§8.3). Only for accounts that manage others. */
export const checkLoginDataExists = defineAction({
  name: 'user.checkLoginDataExists',
  summary: 'Tells an account that manages others whether an e-mail address has a sign-in anywhere.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_PUBLISHER_MANAGE'],
  input: CheckLoginDataExistsInput,
  output: bool(),
  errors: ['FEATURE_FORBIDDEN'],

  async handle({ partner }, { filter }) {
    if (!partner.settings.features.includes('FEATURE_VAR_CONSOLE_LOGIN'))
      throw new ActionError('FEATURE_FORBIDDEN', { FEATURE: 'varConsole' })
    const loginEmail = loginEmailOf(filter.loginEmailEqual)
    return loginEmail !== null && (await acrossPartners(() => findLoginData(loginEmail))) !== null
  },
})
