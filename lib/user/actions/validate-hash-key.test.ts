import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { getLinkState } from '@/lib/account/actions/get-link-state'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { giveHashKey, type KeyPurpose } from '@/lib/auth/hash-key'
import { encodeKsV2 } from '@/lib/auth/ks'
import { withKs } from '@/lib/auth/session-context'
import { adminSecret, makePartner, makePerson, noon, wire } from '@/lib/auth/testing'
import { codeOf, data } from '@/lib/testing'
import { setInitialPassword } from './set-initial-password'
import { validateHashKey } from './validate-hash-key'

freshDatabase()

const day = 24 * 60 * 60 * 1000

async function aKey(purpose: KeyPurpose = 'password') {
  const person = await makePerson(await makePartner())
  const { key } = await acrossPartners(() => giveHashKey(wire(), person.login, purpose))
  return { person, key }
}

const validate = (hashKey: string, ctx: Context = wire()) => runAction(validateHashKey, ctx, { hashKey })
const state = async (hashKey: string, now = noon) => data(await runAction(getLinkState, wire({ now }), { hashKey }))

async function session(partnerId: number) {
  const fields = { partnerId, expiry: noon / 1000 + 3600, type: 2, userId: '', privileges: '' }
  return withKs(wire(), encodeKsV2(fields, adminSecret, wire().random(16)), { action: 'user.validateHashKey', uri: '/' })
}

describe('user.validateHashKey', () => {
  it('M10 says that a key is good, and changes nothing however often it is asked', async () => {
    const { key } = await aKey()
    for (let look = 0; look < 20; look++) {
      expect(data(await validate(key))).toEqual({ objectType: 'KalturaAuthentication' })
      expect(await state(key)).toMatchObject({ state: 'valid' })
    }
    expect(codeOf(await runAction(setInitialPassword, wire(), { hashKey: key, newPassword: 'Quite-another-7' }))).toBe('OK')
    expect(codeOf(await validate(key))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it.each([
    ['password', day],
    ['enrolment', 3 * day],
  ] as const)('M06 a key for %s is good for %i milliseconds', async (purpose, life) => {
    const { key } = await aKey(purpose)
    expect(codeOf(await validate(key, wire({ now: noon + life })))).toBe('OK')
    expect(codeOf(await validate(key, wire({ now: noon + life + 1 })))).toBe('NEW_PASSWORD_HASH_KEY_EXPIRED')
  })

  it('says in the order of the contract what is wrong', async () => {
    const { key, person } = await aKey()
    expect(codeOf(await validate('nonsense'))).toBe('LOGIN_DATA_NOT_FOUND')
    const other = Buffer.from(`${person.login.id}|1|${'0'.repeat(40)}`).toString('base64')
    expect(codeOf(await validate(other))).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await validate(key))).toBe('OK')
  })

  it('refuses a session of another account than made the login', async () => {
    const { key, person } = await aKey()
    const elsewhere = await makePartner()
    const result = await validate(key, await session(elsewhere))
    expect(result).toMatchObject({
      error: { code: 'INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH', args: { PID: String(elsewhere) } },
    })
    expect(codeOf(await validate(key, await session(person.user.partnerId)))).toBe('OK')
  })
})

describe('account.linkState', () => {
  it('tells a valid link and its purpose, then an expired one', async () => {
    const { key } = await aKey('enrolment')
    expect(await state(key)).toEqual({ objectType: 'UsherLinkState', state: 'valid', purpose: 'enrolment' })
    expect(await state(key, noon + 4 * day)).toMatchObject({ state: 'expired', purpose: 'enrolment' })
  })

  it('tells a used link', async () => {
    const { key } = await aKey()
    await runAction(setInitialPassword, wire(), { hashKey: key, newPassword: 'Quite-another-7' })
    expect(await state(key)).toEqual({ objectType: 'UsherLinkState', state: 'used', purpose: null })
  })

  it('is as damaged for a guessed key of a login that exists as for one that does not', async () => {
    const { person } = await aKey()
    const guess = (id: number) => Buffer.from(`${id}|9999999999|${'0'.repeat(40)}`).toString('base64')
    const damaged = { objectType: 'UsherLinkState', state: 'damaged', purpose: null }
    expect(await state(guess(person.login.id))).toEqual(damaged)
    expect(await state(guess(999_999))).toEqual(damaged)
    expect(await state('')).toEqual(damaged)
    await updateLoginData(person.login.id, { hashKeyHash: null })
    expect(await state(guess(person.login.id))).toEqual(damaged)
  })

  it('tells a replaced link, the last ten of a login', async () => {
    const { person, key } = await aKey()
    const replace = async () => {
      const login = await findLoginDataById(person.login.id)
      if (login) await acrossPartners(() => giveHashKey(wire(), login, 'password'))
      return (await state(key)).state
    }
    for (let round = 0; round < 10; round++) expect(await replace()).toBe('replaced')
    expect(await replace()).toBe('damaged')
  })
})
