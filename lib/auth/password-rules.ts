import type { PartnerSettings } from '@/db/types'

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

const characters = (password: string) => [...password.normalize('NFC')].length

const lengthBetween = (least: number, most: number): ShownRule => ({
  message: `${least} to ${most} characters`,
  isMet: (password) => characters(password) >= least && characters(password) <= most,
})

const compatible: ShownRule[] = [
  lengthBetween(8, 128),
  { message: 'A digit', isMet: (password) => /\d/.test(password) },
  { message: 'A lower-case letter', isMet: (password) => /\p{Ll}/u.test(password) },
  { message: 'A sign such as ! ? - + @', isMet: (password) => /[^\p{L}\p{N}\p{M}\s]/u.test(password) },
]

export const hasOwnRules = ({ passwordPreset, passwordRules }: RuleSettings) =>
  passwordPreset === 'own' && passwordRules.length > 0

/** The rules of an account: a preset, or its own expressions, which `find` runs. */
export function passwordRules(settings: RuleSettings, find: Finder): ShownRule[] {
  if (settings.passwordPreset === 'nist') return [lengthBetween(settings.secondFactor === 'all' ? 8 : 15, 128)]
  if (hasOwnRules(settings)) return settings.passwordRules.map(({ pattern, message }) => ({ message, isMet: find(pattern) }))
  return compatible
}

/** An account that has not been made yet follows the default preset. */
export const defaultPasswordRules = () => compatible

/** Whether a password holds what everybody knows of the person: a name, the e-mail address or the account. */
export function isAboutPerson(password: string, { firstName, lastName, loginEmail, partnerName }: PersonOfPassword) {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase()
  const given = plain(password)
  const names = [firstName, lastName, `${firstName ?? ''} ${lastName ?? ''}`.trim(), partnerName]
  const isIn = (name: string | null | undefined) => name != null && name.length > 2 && given.includes(plain(name))
  return names.some(isIn) || given === plain(loginEmail) || isIn(loginEmail.split('@')[0])
}
