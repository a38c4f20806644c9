import 'server-only'
import { dictionary } from '@zxcvbn-ts/language-common'
import type { PasswordRule } from '@/db/types'
import { ActionError } from '@/lib/action/errors'
import type { Settings } from '@/lib/action/partner-settings'
import type { Language } from '@/lib/language'
import { isRunnable, linearFinder } from './linear-pattern'
import { isHashable, verifyPassword, withHashRoom } from './password'
import { isAboutPerson, type PersonOfPassword, passwordRules, ruleTexts } from './password-rules'

type Candidate = {
  password: string
  /** In which the rules are told. */
  language: Language
  settings: Settings
  person: PersonOfPassword & { partnerName: string }
  previousPasswords?: string[]
  currentHash?: string | null
  /** The form's field that a refusal belongs to. */
  field?: string
}

const common = new Set<string>(dictionary['passwords-common'])

/**
 * Checks a new password in the order of the contract (§4.2): structure, then what is easy to guess, then the common list, then
 * the history. `PASSWORD_STRUCTURE_INVALID` names every rule that is not met.
 */
export async function checkPassword({ password, language, settings, person, field = 'password', ...former }: Candidate) {
  const told = ruleTexts[language]
  const structureInvalid = (rules: string[]) =>
    new ActionError('PASSWORD_STRUCTURE_INVALID', { RULES: rules.join('\n') }).at(field)
  const broken = brokenRules(password, settings, language)
  if (password === '') throw structureInvalid(broken.length > 0 ? broken : [told.any])
  if (broken.length > 0) throw structureInvalid(broken)
  if (!settings.features.includes('FEATURE_DISABLE_PASSWORD_RESTRICTION') && isAboutPerson(password, person)) {
    throw structureInvalid([told.notAbout])
  }
  if (common.has(password.toLowerCase())) throw new ActionError('COMMON_PASSWORD').at(field)
  const isFormer = await wasUsed(password, settings.previousPasswordsKept, former)
  if (isFormer) throw new ActionError('PASSWORD_ALREADY_USED').at(field)
}

function brokenRules(password: string, settings: Settings, language: Language) {
  if (!isHashable(password)) return [ruleTexts[language].hashable]
  return passwordRules(settings, linearFinder, language)
    .filter((rule) => !rule.isMet(password))
    .map((rule) => rule.message)
}

/** The last `kept` passwords; where none was remembered yet, the current one (§4.2). */
async function wasUsed(password: string, kept: number, { previousPasswords = [], currentHash = null }: Partial<Candidate>) {
  if (kept === 0) return false
  const former = previousPasswords.length > 0 ? previousPasswords.slice(0, kept) : currentHash ? [currentHash] : []
  for (const hash of former) {
    if (await withHashRoom(() => verifyPassword(hash, password))) return true
  }
  return false
}

/** An account's own rules are run by an engine that needs linear time whatever the pattern; what it cannot run is refused. */
export function refuseBadRules(rules: PasswordRule[]) {
  rules.forEach(({ pattern, message }, index) => {
    if (!isRunnable(pattern) || !message.trim()) {
      throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'passwordRules' }).at(`passwordRules.${index}.pattern`, {
        code: 'RULE',
        args: {},
      })
    }
  })
}
