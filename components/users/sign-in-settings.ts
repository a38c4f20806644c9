import type { RuleSettings } from '@/lib/auth/password-rules'

/** What counts for a new sign-in: the account's rules of a password, and whether invitations are mailed or only kept to be handed over. */
export type SignInSettings = { passwordSettings: RuleSettings; sendsMail: boolean }

/** Of all that an account is set to, only this goes to the browser. */
export function signInSettingsOf(
  { passwordPreset, passwordRules, secondFactor }: RuleSettings,
  sendsMail: boolean,
): SignInSettings {
  return { passwordSettings: { passwordPreset, passwordRules, secondFactor }, sendsMail }
}
