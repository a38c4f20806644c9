import type { PartnerSettings } from '@/db/types'
import type { Language } from '@/lib/language'

/** The rules a password must follow, as people read them while typing. Safe to import in the browser. */

export type ShownRule = { message: string; isMet: (password: string) => boolean }

/** Whose password it is to be, as far as that is known. */
export type PersonOfPassword = {
  firstName?: string | null
  lastName?: string | null
  loginEmail: string
  partnerName?: string
}

/** Whether an expression is found in a text, for every text. */
export type Finder = (pattern: string) => (text: string) => boolean

export type RuleSettings = Required<Pick<PartnerSettings, 'passwordPreset' | 'passwordRules' | 'secondFactor'>>

export const ruleSettingsOf = ({ passwordPreset, passwordRules, secondFactor }: RuleSettings): RuleSettings => ({
  passwordPreset,
  passwordRules,
  secondFactor,
})

const characters = (password: string) => [...password.normalize('NFC')].length

const en = {
  length: (least: number, most: number) => `${least} to ${most} characters`,
  digit: 'A digit',
  lowerCase: 'A lower-case letter',
  sign: 'A sign such as ! ? - + @',
  any: 'A password',
  notAbout: 'Not your name, your e-mail address or the name of the account',
  hashable: 'At most 1,024 bytes of whole characters',
}

const de: typeof en = {
  length: (least, most) => `${least} bis ${most} Zeichen`,
  digit: 'Eine Ziffer',
  lowerCase: 'Ein Kleinbuchstabe',
  sign: 'Ein Sonderzeichen wie ! ? - + @',
  any: 'Ein Passwort',
  notAbout: 'Weder dein Name noch deine E-Mail-Adresse noch der Name des Kontos',
  hashable: 'Höchstens 1.024 Bytes aus ganzen Zeichen',
}

/** The rules in words; those that an account has written itself are in its own. */
export const ruleTexts: Record<Language, typeof en> = { en, de }

const lengthBetween = (least: number, most: number, language: Language): ShownRule => ({
  message: ruleTexts[language].length(least, most),
  isMet: (password) => characters(password) >= least && characters(password) <= most,
})

/** The rules of the default preset, which an account that has not been made yet follows. */
export const defaultPasswordRules = (language: Language): ShownRule[] => [
  lengthBetween(8, 128, language),
  { message: ruleTexts[language].digit, isMet: (password) => /\d/.test(password) },
  { message: ruleTexts[language].lowerCase, isMet: (password) => /\p{Ll}/u.test(password) },
  { message: ruleTexts[language].sign, isMet: (password) => /[^\p{L}\p{N}\p{M}\s]/u.test(password) },
]

export const hasOwnRules = ({ passwordPreset, passwordRules }: RuleSettings) =>
  passwordPreset === 'own' && passwordRules.length > 0

/** The rules of an account: a preset, or its own expressions, which `find` runs. */
export function passwordRules(settings: RuleSettings, find: Finder, language: Language): ShownRule[] {
  if (settings.passwordPreset === 'nist') return [lengthBetween(settings.secondFactor === 'all' ? 8 : 15, 128, language)]
  if (hasOwnRules(settings)) return settings.passwordRules.map(({ pattern, message }) => ({ message, isMet: find(pattern) }))
  return defaultPasswordRules(language)
}

/** Whether a password holds what everybody knows of the person: a name, the e-mail address or the account. */
export function isAboutPerson(password: string, { firstName, lastName, loginEmail, partnerName }: PersonOfPassword) {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase()
  const given = plain(password)
  const names = [firstName, lastName, `${firstName ?? ''} ${lastName ?? ''}`.trim(), partnerName]
  const isIn = (name: string | null | undefined) => name != null && name.length > 2 && given.includes(plain(name))
  return names.some(isIn) || given === plain(loginEmail) || isIn(loginEmail.split('@')[0])
}
