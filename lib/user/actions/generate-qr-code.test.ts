import jsQr from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { giveHashKey, type KeyPurpose } from '@/lib/auth/hash-key'
import { enrolled, makePartner, makePerson, noon, wire } from '@/lib/auth/testing'
import { codeOf, data } from '@/lib/testing'
import { generateQrCode } from './generate-qr-code'
import { setInitialPassword } from './set-initial-password'

freshDatabase()

const day = 24 * 60 * 60 * 1000
let people = 0

/** An administrator who has a seed to enrol, and the key of his link. */
async function invited(of: { user?: object; login?: object; purpose?: KeyPurpose } = {}) {
  const { seed, columns } = enrolled(`qr-${++people}@example.com`)
  const login = { ...columns, otpConfirmedAt: null, ...of.login }
  const person = await makePerson(await makePartner({ secondFactor: 'admins' }), { isAdmin: true, ...of.user }, login)
  const { key } = await acrossPartners(() => giveHashKey(wire(), person.login, of.purpose ?? 'enrolment'))
  return { person, seed, key }
}

const generate = (hashKey: string, now = noon) => runAction(generateQrCode, wire({ now }), { hashKey })

function readPicture(base64: string) {
  const { data: pixels, width, height } = PNG.sync.read(Buffer.from(base64, 'base64'))
  return { width, height, text: jsQr(new Uint8ClampedArray(pixels), width, height)?.data }
}

describe('user.generateQrCode', () => {
  it('F12 draws what the contract says, with an issuer, in a picture that can be read', async () => {
    const { person, seed, key } = await invited({ user: { id: 'Boss@x.example' } })
    const { width, height, text } = readPicture(data(await generate(key)))
    expect([width, height]).toEqual([150, 150])
    expect(text).toBe(`otpauth://totp/Boss%40x.example_localhost_KMC?secret=${seed}&issuer=Acme`)
    expect(person.login.otpSeed).not.toContain(seed)
  })

  it('F12 shows it once: the key is used up, for a password too', async () => {
    const { key } = await invited()
    expect(codeOf(await generate(key))).toBe('OK')
    expect(codeOf(await generate(key))).toBe('INVALID_HASH')
    const password = await runAction(setInitialPassword, wire(), { hashKey: key, newPassword: 'Quite-another-7' })
    expect(codeOf(password)).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
  })

  it('F12 of ten calls at once one sees it', async () => {
    const { key } = await invited()
    const codes = (await Promise.all(Array.from({ length: 10 }, () => generate(key)))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'INVALID_HASH')).toHaveLength(9)
  })

  it('M06 is INVALID_HASH for every fault of the key, an expired one and one for a password', async () => {
    expect(codeOf(await generate('nonsense'))).toBe('INVALID_HASH')
    expect(codeOf(await generate((await invited({ purpose: 'password' })).key))).toBe('INVALID_HASH')
    expect(codeOf(await generate((await invited()).key, noon + 3 * day))).toBe('OK')
    expect(codeOf(await generate((await invited()).key, noon + 3 * day + 1))).toBe('INVALID_HASH')
  })

  it('F13 never shows a seed that is confirmed', async () => {
    const { key } = await invited({ login: { otpConfirmedAt: noon } })
    expect(codeOf(await generate(key))).toBe('INVALID_HASH')
  })

  it.each([
    ['no administrator', { isAdmin: false }],
    ['a blocked one', { status: 0 }],
    ['one with another address', { email: 'other@example.com' }],
  ])('answers INVALID_USER_ID for %s, and the key stays good', async (_, user) => {
    const { person, key } = await invited({ user })
    expect(codeOf(await generate(key))).toBe('INVALID_USER_ID')
    const state = await findLoginDataById(person.login.id)
    expect(state?.hashKeyHash).not.toBeNull()
  })

  it('makes no seed where there is none', async () => {
    const { person, key } = await invited()
    await updateLoginData(person.login.id, { otpSeed: null })
    expect(codeOf(await generate(key))).toBe('ERROR_IN_QR_GENERATION')
  })
})
