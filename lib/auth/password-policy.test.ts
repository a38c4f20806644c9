import { describe, expect, it } from 'vitest'
import type { PartnerSettings } from '@/db/types'
import { partnerSettings } from '@/lib/action/partner-settings'
import { languages } from '@/lib/language'
import { linearFinder } from './linear-pattern'
import { hashPassword } from './password'
import { checkPassword, refuseBadRules } from './password-policy'
import { isAboutPerson, passwordRules } from './password-rules'

const person = { firstName: 'Grace', lastName: 'Hopper', loginEmail: 'navy.grace@example.com', partnerName: 'Acme' }

async function refusal(
  password: string,
  settings: PartnerSettings = {},
  more: Partial<Parameters<typeof checkPassword>[0]> = {},
) {
  return checkPassword({ password, language: 'en', settings: partnerSettings(settings), person, ...more }).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  )
}

describe('password policy', () => {
  it.each<[string, string, PartnerSettings, string]>([
    ['compatible: eight with digit, letter and sign', 'k9-raven', {}, 'accepted'],
    ['compatible: seven', 'k9-rave', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['compatible: no digit', 'kk-raven', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['compatible: no lower-case letter', 'K9-RAVEN', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['compatible: no sign', 'k99raven', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['compatible: longer than the 14 of the reference', `k9-raven${'x'.repeat(60)}`, {}, 'accepted'],
    ['compatible: 128', `k9-${'x'.repeat(125)}`, {}, 'accepted'],
    ['compatible: 129', `k9-${'x'.repeat(126)}`, {}, 'PASSWORD_STRUCTURE_INVALID'],
    [
      'compatible: a passphrase of 64 with blanks and Unicode',
      `3 Ωmega — ${'größe ñandú '.repeat(5)}`.slice(0, 64),
      {},
      'accepted',
    ],
    ['nist: 15 letters', 'ravens and moor', { passwordPreset: 'nist' }, 'accepted'],
    ['nist: 14 letters', 'ravens and moo', { passwordPreset: 'nist' }, 'PASSWORD_STRUCTURE_INVALID'],
    ['nist: 8 where a second factor is forced', 'dim moor', { passwordPreset: 'nist', secondFactor: 'all' }, 'accepted'],
    [
      'nist: 7 where a second factor is forced',
      'dimmoor',
      { passwordPreset: 'nist', secondFactor: 'all' },
      'PASSWORD_STRUCTURE_INVALID',
    ],
    ['nist: 64', 'dim moor '.repeat(8).slice(0, 64), { passwordPreset: 'nist' }, 'accepted'],
    ['own: met', 'abc', { passwordPreset: 'own', passwordRules: [{ pattern: '^[a-c]+$', message: 'Only a to c' }] }, 'accepted'],
    [
      'own: not met',
      'abd',
      { passwordPreset: 'own', passwordRules: [{ pattern: '^[a-c]+$', message: 'Only a to c' }] },
      'PASSWORD_STRUCTURE_INVALID',
    ],
    ['empty', '', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['half a character', 'k9-raven\ud800', {}, 'PASSWORD_STRUCTURE_INVALID'],
    [
      'more than 1,024 bytes under own rules',
      'x'.repeat(1025),
      { passwordPreset: 'own', passwordRules: [{ pattern: 'x', message: 'x' }] },
      'PASSWORD_STRUCTURE_INVALID',
    ],
    ['common', 'p@ssw0rd', {}, 'COMMON_PASSWORD'],
    ['common in capitals', 'P@ssw0rd', {}, 'COMMON_PASSWORD'],
    ['the first name within', '9-xGRACEx', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['the last name within', 'hopper-9x', {}, 'PASSWORD_STRUCTURE_INVALID'],
    ['the account within', 'acme-9xyz', {}, 'PASSWORD_STRUCTURE_INVALID'],
    [
      'the e-mail',
      'navy.grace@example.com',
      { passwordPreset: 'own', passwordRules: [{ pattern: '.', message: 'Any' }] },
      'PASSWORD_STRUCTURE_INVALID',
    ],
    ['the name where restrictions are off', 'hopper-9x', { features: ['FEATURE_DISABLE_PASSWORD_RESTRICTION'] }, 'accepted'],
  ])('A14 %s', async (_, password, settings, expected) => {
    expect(await refusal(password, settings)).toBe(expected)
  })

  it('A14 own rules of an account that has none let no empty password through', async () => {
    expect(await refusal('', { passwordPreset: 'own', passwordRules: [] })).toBe('PASSWORD_STRUCTURE_INVALID')
  })

  it('A14 finds a name in either form of its letters', async () => {
    const named = { person: { ...person, lastName: 'Ren\u00e9e' } }
    expect(await refusal('rene\u0301e-99x', {}, named)).toBe('PASSWORD_STRUCTURE_INVALID')
  })

  it('A14 says of a name, to whoever does not know every name of the person yet, what it says in the end', () => {
    const known = { firstName: '', lastName: null, loginEmail: '' }
    expect(isAboutPerson('annarcher-7', known)).toBe(false)
    expect(isAboutPerson('annarcher-7', { ...known, lastName: 'Archer' })).toBe(true)
    expect(isAboutPerson('annarcher-7', { ...known, loginEmail: 'ann@acme.example' })).toBe(true)
  })

  it.each(languages)('names every rule that is not met, and the same rules are shown while typing, in %s', async (language) => {
    const settings = partnerSettings({})
    const error = await checkPassword({ password: 'KKK', language, settings, person }).catch((refused) => refused)
    const shown = passwordRules(settings, linearFinder, language)
      .filter((rule) => !rule.isMet('KKK'))
      .map((rule) => rule.message)
    expect(shown).toHaveLength(4)
    expect(error.args.RULES).toBe(shown.join('\n'))
    expect(error.fields).toHaveProperty('password')
  })

  it('refuses a former password for as long as the account remembers', async () => {
    const [newest, older, current] = await Promise.all([
      hashPassword('k9-raven'),
      hashPassword('k8-raven'),
      hashPassword('k7-raven'),
    ])
    const previousPasswords = [newest, older]
    expect(await refusal('k8-raven', { previousPasswordsKept: 2 }, { previousPasswords })).toBe('PASSWORD_ALREADY_USED')
    expect(await refusal('k8-raven', { previousPasswordsKept: 1 }, { previousPasswords })).toBe('accepted')
    expect(await refusal('k9-raven', { previousPasswordsKept: 0 }, { previousPasswords })).toBe('accepted')
    expect(await refusal('k7-raven', { previousPasswordsKept: 1 }, { currentHash: current })).toBe('PASSWORD_ALREADY_USED')
  })

  it.each(['^(a+)+$', `^${'(a|a)'.repeat(80)}b$`, `^${'a?'.repeat(60)}${'a'.repeat(60)}c$`, 'a*a*a*c'])(
    'I10 runs an own rule in linear time, whatever it is: %s',
    async (pattern) => {
      const passwordRules = [{ pattern, message: 'Only a' }]
      refuseBadRules(passwordRules)
      const started = performance.now()
      expect(await refusal(`${'a'.repeat(1000)}b`, { passwordPreset: 'own', passwordRules })).toBe('PASSWORD_STRUCTURE_INVALID')
      expect(performance.now() - started).toBeLessThan(300)
    },
  )

  it.each(['(', '(?=a)b', '(a)\\1', '[z-a]', 'a{2,1}', '(?<!a)b', '*'])('refuses to save the rule %s', (pattern) => {
    expect(() => refuseBadRules([{ pattern, message: 'A rule' }])).toThrowError(
      expect.objectContaining({ code: 'INVALID_FIELD_VALUE' }),
    )
  })

  it('refuses to save a rule without a message', () => {
    expect(() => refuseBadRules([{ pattern: 'a', message: ' ' }])).toThrowError(
      expect.objectContaining({ code: 'INVALID_FIELD_VALUE' }),
    )
  })
})
