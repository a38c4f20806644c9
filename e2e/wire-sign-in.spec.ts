import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { readQrCode } from './authenticator'
import { readMail } from './mailbox'
import { usher } from './usher'
import { type Account, clientOf, errorOf, expectError, ksVersion2, raw, session, user } from './wire-client'

/** Sessions, signing in and the keys of mails, by the official client. Two accounts, of which one trusts the logins of others. */
const { User } = kaltura.objects

const domain = `${randomUUID()}.example`
const password = 'A-velvet-orchard-2'
const newPassword = 'A-linen-orchard-3'

let account: Account
let other: Account
let address: string
let client: Client
let otherClient: Client
let nobody: Client

test.beforeAll(async ({ baseURL }) => {
  // Four commands, each a process of its own.
  test.setTimeout(240_000)
  address = baseURL ?? ''
  const made = (name: string) =>
    usher<Account>('partner.create', { name, adminEmail: `${name.toLowerCase()}@${domain}`, adminPassword: password })
  ;[account, other] = await Promise.all([made('First'), made('Second')])
  await Promise.all([
    usher('partner.update', { partnerId: account.partnerId, maxLoginAttempts: 2 }),
    usher('partner.update', { partnerId: other.partnerId, linkLoginsAcrossPartners: true }),
  ])
  client = clientOf(address, ksVersion2(account))
  otherClient = clientOf(address, ksVersion2(other))
  nobody = clientOf(address)
})

const emailOf = (id: string) => `${id}@${domain}`
const add = (id: string, values: object = {}, as = client) =>
  user.add(new User({ id, email: emailOf(id), password, ...values })).execute(as)
const signIn = (id: string, given = password, partnerId?: number) =>
  user.loginByLoginId(emailOf(id), given, partnerId).execute(nobody)

const isKs = expect.stringMatching(/^djJ8/)

test.describe('B4 sessions that integrators sign', () => {
  const get = (ks: string) => session.get().execute(clientOf(address, ks))

  test('A KS is taken in both alphabets, with its end or without', async () => {
    // Of so many tokens some have a letter in which the alphabets differ.
    const ks = Array.from({ length: 50 }, () => ksVersion2(account)).find((token) => /[-_]/.test(token)) ?? ''
    const ordinary = ks.replaceAll('-', '+').replaceAll('_', '/')
    for (const spelling of [ks, ordinary, ks.replace(/=+$/, '')]) expect(await get(spelling)).toMatchObject({ sessionType: 2 })
  })

  test('one changed byte ends it', async () => {
    const bytes = Buffer.from(ksVersion2(account), 'base64')
    for (const at of [40, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const error = await errorOf(get(changed.toString('base64')))
      expect(error).toMatchObject({ code: 'INVALID_KS', args: { ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' } })
    }
  })

  test('it has expired at the very second that it names', async () => {
    const now = Math.floor(Date.now() / 1000)
    const error = await errorOf(get(ksVersion2(account, { expiry: now })))
    expect(error).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'EXPIRED' } })
    expect(await get(ksVersion2(account, { expiry: now + 60 }))).toMatchObject({ expiry: now + 60 })
  })
})

test('B6 a wrong password, an unknown address, a blocked and a locked person look alike', async () => {
  await Promise.all([add('wrong'), add('blocked', { status: 0 }), add('locked')])
  for (const _ of [1, 2]) await errorOf(signIn('locked', 'wrong'))
  const errors = [
    await errorOf(signIn('wrong', 'wrong')),
    await errorOf(signIn('unknown')),
    await errorOf(signIn('blocked')),
    await errorOf(signIn('locked')),
  ]
  const [first] = errors
  expect(first).toMatchObject({ code: 'USER_WRONG_PASSWORD', args: [] })
  for (const error of errors) expect(error).toEqual(first)
})

test('B7 M07 resetPassword answers null for a known address, an unknown one, and one that asks too often', async () => {
  await add('forgetful')
  const ask = (id: string) => user.resetPassword(emailOf(id)).execute(nobody)
  expect(await ask('unknown')).toBeNull()
  for (let time = 0; time < 12; time++) expect(await ask('forgetful')).toBeNull()
})

test('B9 one login in two accounts: one password, and it lasts as long as somebody has it', async () => {
  await add('shared')
  await add('shared', { password: 'Another-orchard-4' }, otherClient)
  const both = () => Promise.all([account, other].map(({ partnerId }) => signIn('shared', newPassword, partnerId)))

  expect(await user.updateLoginData(emailOf('shared'), password, '', newPassword).execute(nobody)).toBeNull()
  expect(await both()).toEqual([isKs, isKs])

  await user.deleteAction('shared').execute(client)
  await expectError(signIn('shared', newPassword, account.partnerId), 'USER_WRONG_PASSWORD', [])
  expect(await signIn('shared', newPassword, other.partnerId)).toEqual(isKs)

  await user.deleteAction('shared').execute(otherClient)
  await expectError(signIn('shared', newPassword, other.partnerId), 'USER_WRONG_PASSWORD', [])
  // Nothing is left of it: whoever comes next has a password of his own.
  await add('shared')
  expect(await signIn('shared')).toEqual(isKs)
})

test('B12 M06 the key of a mail is good once, until a newer one comes, however mail programs treat its end', async () => {
  await add('keyed')
  const [older, newer] = [await mailedKey('keyed'), await mailedKey('keyed')]
  const validate = (key: string) => user.validateHashKey(key).execute(nobody)
  const good = { objectType: 'KalturaAuthentication' }

  await expectError(validate(older), 'NEW_PASSWORD_HASH_KEY_INVALID', [])
  await expectError(validate('no-key'), 'LOGIN_DATA_NOT_FOUND', [])
  for (const spelling of [newer, newer.replaceAll('=', '.'), newer.replaceAll('=', '')])
    expect(await validate(spelling)).toEqual(good)

  const set = () => user.setInitialPassword(newer.replaceAll('=', '.'), newPassword).execute(nobody)
  expect(await set()).toEqual(good)
  await expectError(set(), 'NEW_PASSWORD_HASH_KEY_INVALID', [])
  expect(await signIn('keyed', newPassword)).toEqual(isKs)
})

test('A03 A05 F12 a code of the picture that generateQrCode gives opens where the account demands one, once', async () => {
  test.setTimeout(120_000)
  const strict = await usher<Account>('partner.create', {
    name: 'Strict',
    adminEmail: `strict@${domain}`,
    adminPassword: password,
  })
  await usher('partner.update', { partnerId: strict.partnerId, secondFactor: 'all' })
  const strictClient = clientOf(address, ksVersion2(strict))
  await add('coded', { isAdmin: true }, strictClient)
  await raw('user', 'resetSecondFactor', { userId: 'coded' }).execute(strictClient)
  const key = keyIn((await readMail(emailOf('coded'), /set up your second factor/i)).link)
  expect(await user.validateHashKey(key).execute(nobody)).toEqual({ objectType: 'KalturaAuthentication' })
  const app = readQrCode(Buffer.from(String(await user.generateQrCode(key).execute(nobody)), 'base64'))
  await expectError(user.generateQrCode(key).execute(nobody), 'INVALID_HASH', [])

  const signInBy = (otp?: string) => user.loginByLoginId(emailOf('coded'), password, null, 60, '', otp).execute(nobody)
  await expectError(signInBy(), 'MISSING_OTP', [])
  await expectError(signInBy('000000'), 'INVALID_OTP', [])
  const code = await app.nextCode()
  expect(await signInBy(code)).toEqual(isKs)
  await expectError(signInBy(code), 'INVALID_OTP', [])

  const change = (otp?: string) => user.updateLoginData(emailOf('coded'), password, '', newPassword, '', '', otp).execute(nobody)
  await expectError(change(), 'USER_DATA_ERROR', [])
  expect(await change(await app.nextCode())).toBeNull()
})

async function mailedKey(id: string) {
  await user.resetPassword(emailOf(id)).execute(nobody)
  const { link } = await readMail(emailOf(id), /password/i)
  return keyIn(link)
}

const keyIn = (link: string) => decodeURIComponent(new URL(link).pathname.split('/').at(-1) ?? '')
