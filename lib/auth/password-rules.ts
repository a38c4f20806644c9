import type { PartnerSettings } from '@/db/types'

/** The rules a password must follow, as people read them while typing. Safe to import in the browser. */

export type ShownRule = { message: string; isMet: (password: string) => boolean }

type RuleSettings = Required<Pick<PartnerSettings, 'passwordPreset' | 'passwordRules' | 'secondFactor'>>

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

/** The rules of an account that need no server: presets, or its own expressions. */
export function passwordRules({ passwordPreset, passwordRules, secondFactor }: RuleSettings): ShownRule[] {
  if (passwordPreset === 'nist') return [lengthBetween(secondFactor === 'all' ? 8 : 15, 128)]
  if (passwordPreset === 'own' && passwordRules.length > 0)
    return passwordRules.map(({ pattern, message }) => ({ message, isMet: matcher(pattern) }))
  return compatible
}

/** An account that has not been made yet follows the default preset. */
export const defaultPasswordRules = () => compatible

function matcher(pattern: string) {
  const expression = new RegExp(pattern, 'u')
  return (password: string) => expression.test(password)
}
