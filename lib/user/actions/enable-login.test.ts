import { createDecipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginData } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { hashCount } from '@/lib/auth/password'
import { unseal } from '@/lib/auth/seal'
import { enrolled, makeLogin, makeRole, makeUser } from '@/lib/auth/testing'
import { mailsTo } from '@/lib/mail/testing'
import {
  type Account,
  asAdmin,
  codeOf,
  contextOf,
  data,
  goodPassword,
  ksOf,
  newAccount,
  startWire,
  storedUser,
} from '@/lib/testing'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { enableLogin } from './enable-login'
import { login } from './login'
import { loginByLoginId } from './login-by-login-id'
import { updateUser } from './update-user'

freshDatabase()

let people = 0
const address = (name = 'ann') => `${name}-${++people}@x.example`

const enable = (account: Account, userId: string, loginId: string, password: string | null = goodPassword) =>
  asAdmin(account, enableLogin, { userId, loginId, password })

const signIn = async (account: Account, loginId: string, password = goodPassword) =>
  codeOf(await runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId, password, partnerId: account.partnerId }))

const loginOf = (email: string) => acrossPartners(() => findLoginData(email))

/** An account with a plain user `ann` and an administrator without sign-in, `adm`. */
async function accountWithPeople(settings: Parameters<typeof newAccount>[0] = {}) {
  const account = await newAccount(settings)
  data(await asAdmin(account, addUser, { user: { id: 'ann', firstName: 'Ann', lastName: 'Lee' } }))
  data(await asAdmin(account, addUser, { user: { id: 'adm', firstName: 'Ada', email: 'ada@x.example' } }))
  data(await asAdmin(account, updateUser, { userId: 'adm', user: { isAdmin: true, roleIds: '1' } }))
  return account
}

describe('user.enableLogin', () => {
  it('lets a person sign in with the address and the password, by login id and by user id', async () => {
    const account = await accountWithPeople()
    const email = address()
    const user = data(await enable(account, 'ANN', email.toUpperCase()))
    expect(user).toMatchObject({ id: 'ann', loginEnabled: true, loginId: email, email, encryptedSeed: '' })
    expect(await signIn(account, email)).toBe('OK')
    const input = { partnerId: account.partnerId, userId: 'ann', password: goodPassword }
    expect(codeOf(await runAction(login, newContext({ origin: 'wire' }), input))).toBe('OK')
    expect((await mailsTo(email)).map((mail) => mail.event)).toEqual(['login-enabled'])
    expect(await loginOf(email)).toMatchObject({ firstName: 'Ann', lastName: 'Lee', configPartnerId: account.partnerId })
  })

  it('keeps the e-mail that the user has', async () => {
    const account = await accountWithPeople()
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { email: 'own@x.example' } }))
    expect(data(await enable(account, 'ann', address())).email).toBe('own@x.example')
  })

  it('refuses what the contract refuses, by its codes, and changes nothing', async () => {
    const account = await accountWithPeople({ allowedAdminEmailDomains: 'x.example' })
    const taken = address()
    data(await asAdmin(account, addUser, { user: { id: 'bob', email: taken, password: goodPassword } }))
    data(await asAdmin(account, addUser, { user: { id: 'gone' } }))
    data(await asAdmin(account, deleteUser, { userId: 'gone' }))
    const tries: [what: string, code: string, result: Awaited<ReturnType<typeof enable>>, args?: object][] = [
      ['unknown user', 'USER_NOT_FOUND', await enable(account, 'nobody', address())],
      ['deleted user', 'USER_NOT_FOUND', await enable(account, 'gone', address())],
      ['no address', 'USER_NOT_FOUND', await enable(account, 'ann', 'no address')],
      ['empty address', 'USER_NOT_FOUND', await enable(account, 'ann', '')],
      ['two addresses', 'USER_NOT_FOUND', await enable(account, 'ann', 'a@b.example,c@d.example')],
      [
        'no password',
        'PROPERTY_VALIDATION_CANNOT_BE_NULL',
        await enable(account, 'ann', address(), null),
        { PROP_NAME: 'password' },
      ],
      ['empty password', 'PROPERTY_VALIDATION_CANNOT_BE_NULL', await enable(account, 'ann', address(), '')],
      ['A14 short password', 'PASSWORD_STRUCTURE_INVALID', await enable(account, 'ann', address(), 'a-1')],
      ['A14 name as password', 'PASSWORD_STRUCTURE_INVALID', await enable(account, 'ann', address(), 'ann lee-1')],
      ['A14 common password', 'COMMON_PASSWORD', await enable(account, 'ann', address(), 'p@ssw0rd'), {}],
      ['login of a colleague', 'USER_DATA_ERROR', await enable(account, 'ann', taken), {}],
      ['enabled already', 'USER_LOGIN_ALREADY_ENABLED', await enable(account, 'bob', address()), {}],
      ['foreign domain', 'EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS', await enable(account, 'adm', 'adm@other.example', null)],
    ]
    for (const [what, code, result, args] of tries) {
      expect(codeOf(result), what).toBe(code)
      if (args && !result.ok) expect(result.error.args, what).toEqual(args)
    }
    expect(await storedUser(account, 'ann')).toMatchObject({ loginDataId: null, version: 1 })
    const fields = await enable(account, 'ann', 'no address')
    expect(!fields.ok && fields.error.fields).toEqual({ loginId: 'Enter one e-mail address.' })
  })

  it('names the rules that a password does not meet', async () => {
    const result = await enable(await accountWithPeople(), 'ann', address(), 'a-1')
    expect(!result.ok && result.error.args.RULES).toBe('8 to 128 characters')
  })

  it('A18 mails an administrator without a password a link, tells the others who look after people, and makes no password up', async () => {
    const account = await accountWithPeople()
    const email = address('adm')
    expect(data(await enable(account, 'adm', email, null))).toMatchObject({ loginEnabled: true })
    expect((await loginOf(email))?.passwordHash).toBeNull()
    const [invitation, ...more] = await mailsTo(email)
    expect(more).toEqual([])
    expect(invitation).toMatchObject({
      event: 'invitation',
      params: { userName: 'Ada', partnerName: 'Acme', loginEmail: email, creatorName: 'Unknown' },
    })
    expect(invitation?.params.link).toMatch(/\/set-password\/[A-Za-z0-9]+=*$/)
    expect((await mailsTo(account.adminEmail)).map((mail) => mail.event)).toEqual(['user-added'])
  })

  it('tells nobody else where the account wants no such mail', async () => {
    const account = await accountWithPeople({ features: 'FEATURE_DISABLE_NEW_USER_EMAIL' })
    data(await enable(account, 'adm', address(), null))
    expect(await mailsTo(account.adminEmail)).toEqual([])
  })

  it('leads to the sign-in page instead where the account has a sign-in of its own', async () => {
    const account = await accountWithPeople({ sso: true })
    const email = address('adm')
    data(await enable(account, 'adm', email, null))
    expect((await mailsTo(email)).map(({ event, params }) => [event, params.link?.split('/').at(-1)])).toEqual([
      ['login-added', 'sign-in'],
    ])
    expect((await loginOf(email))?.hashKeyHash).toBeNull()
  })

  it('M12 tells an administrator with a password that he can sign in, by no invitation and nobody else', async () => {
    const account = await accountWithPeople()
    const email = address('adm')
    expect(data(await enable(account, 'adm', email)).encryptedSeed).toBeUndefined()
    expect((await mailsTo(email)).map((mail) => mail.event)).toEqual(['login-enabled'])
    expect(await mailsTo(account.adminEmail)).toEqual([])
    expect(await signIn(account, email)).toBe('OK')
  })

  it('Z08 is closed to who has fewer rights than the user, and Z04 to plain users', async () => {
    const account = await accountWithPeople()
    const roleId = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_UPDATE'])
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(roleId) } }))
    const helper = await contextOf(account, { userId: 'helper' })
    const plain = await contextOf(account, { type: 0, userId: 'plain' })
    const input = { userId: 'adm', loginId: address(), password: goodPassword }
    expect(codeOf(await runAction(enableLogin, helper, input))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(enableLogin, plain, input))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(enableLogin, helper, { ...input, userId: 'ann' }))).toBe('OK')
  })

  it('Z01 finds nobody of another account', async () => {
    const [mine, other] = [await newAccount(), await accountWithPeople()]
    const before = await storedUser(other, 'ann')
    expect(codeOf(await enable(mine, 'ann', address()))).toBe('USER_NOT_FOUND')
    expect(await storedUser(other, 'ann')).toEqual(before)
  })

  it('X01 writes one entry, and no password', async () => {
    const account = await accountWithPeople()
    data(await enable(account, 'ann', address()))
    const key = (await storedUser(account, 'ann'))?.key
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 10))
    expect(entries.map((entry) => entry.action)).toEqual(['user.enableLogin', 'user.add'])
    expect(JSON.stringify(entries)).not.toMatch(/argon2|correct-horse/)
  })

  it('Z12 gives an address to one of many at once', async () => {
    const account = await newAccount()
    const ids = Array.from({ length: 10 }, (_, number) => `user${number}`)
    for (const id of ids) data(await asAdmin(account, addUser, { user: { id } }))
    const ctx = await contextOf(account)
    const loginId = address()
    const codes = await Promise.all(
      ids.map((userId) => runAction(enableLogin, ctx, { userId, loginId, password: goodPassword }).then(codeOf)),
    )
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'USER_DATA_ERROR')).toHaveLength(9)
  })
})

describe('a login that somebody has in another account', () => {
  async function shared(settings: Parameters<typeof newAccount>[0] = {}) {
    const [first, second] = [await newAccount(), await accountWithPeople(settings)]
    const email = address('shared')
    data(await asAdmin(first, addUser, { user: { id: 'one', email, password: goodPassword } }))
    return { first, second, email }
  }

  it('Z11 is asked by one mail; the password given is not applied, the old one stays, nothing is linked', async () => {
    const { first, second, email } = await shared()
    const before = await loginOf(email)
    const result = await enable(second, 'ann', email, 'attacker-chose-8')
    expect(data(result)).toMatchObject({ loginEnabled: false, encryptedSeed: '', email })
    expect(data(result).invitedUntil).toBeGreaterThan(Date.now() / 1000)
    expect(result.ok && result.notices).toEqual(['login-invitation-sent'])
    expect(await loginOf(email)).toEqual(before)
    expect((await mailsTo(email)).map((mail) => mail.event)).toEqual(['login-invitation'])
    expect(await signIn(first, email)).toBe('OK')
    expect(await signIn(second, email)).toBe('USER_WRONG_PASSWORD')
    expect(await signIn(second, email, 'attacker-chose-8')).toBe('USER_WRONG_PASSWORD')
  })

  it('Z11 is told on the wire by a header', async () => {
    const { second, email } = await shared()
    const wire = await startWire()
    const params = { ks: await ksOf(second), format: 1, userId: 'ann', loginId: email, password: goodPassword }
    const sent = await fetch(`${wire.url}/api_v3/service/user/action/enableLogin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    expect(sent.headers.get('x-usher-notice')).toBe('login-invitation-sent')
    expect(await sent.json()).toMatchObject({ objectType: 'KalturaUser', loginEnabled: false, encryptedSeed: '' })
    await wire.stop()
  })

  it('A09 A10 is no secret that a refused password could tell: rules and hashing are the same for known and unknown addresses', async () => {
    const { second, email } = await shared()
    for (const password of ['a-1', 'p@ssw0rd']) {
      const add = (to: string) => asAdmin(second, addUser, { user: { id: 'new', email: to, password } })
      const [known, unknown] = [await add(email), await add(address())]
      expect(codeOf(known), `add ${password}`).toBe(codeOf(unknown))
      expect(codeOf(await enable(second, 'ann', email, password))).toBe(codeOf(await enable(second, 'ann', address(), password)))
    }
    const hashes = async (to: string) => {
      const before = hashCount.value
      data(await enable(second, to === email ? 'ann' : 'adm', to))
      return hashCount.value - before
    }
    expect(await hashes(email)).toBe(await hashes(address()))
  })

  it('is linked at once where the operator trusts the accounts to each other, with the password that it has', async () => {
    const { second, email } = await shared({ linkLoginsAcrossPartners: true })
    const result = await enable(second, 'ann', email, 'another-pass-8')
    expect(data(result)).toMatchObject({ loginEnabled: true, encryptedSeed: '' })
    expect(result.ok && result.notices).toEqual([])
    expect((await mailsTo(email)).map((mail) => mail.event)).toEqual(['login-enabled'])
    expect(await signIn(second, email)).toBe('OK')
  })

  it('of an administrator without a password is told that it opens the account, and remembers it as the one to enter', async () => {
    const { second, email } = await shared({ linkLoginsAcrossPartners: true })
    data(await enable(second, 'adm', email, null))
    expect((await mailsTo(email)).map((mail) => mail.event)).toEqual(['login-added'])
    expect((await loginOf(email))?.lastLoginPartnerId).toBe(second.partnerId)
  })

  it('is forgotten by whom it was offered when he gets another login', async () => {
    const { second, email } = await shared()
    data(await enable(second, 'ann', email))
    expect(data(await enable(second, 'ann', address()))).toMatchObject({ loginEnabled: true, invitedUntil: null })
  })
})

describe('encryptedSeed (§6)', () => {
  it('is the new seed under the admin secret, for those who are no administrators', async () => {
    const account = await accountWithPeople({ secondFactor: 'all' })
    const email = address()
    const { encryptedSeed } = data(await enable(account, 'ann', email))
    const sealed = (await loginOf(email))?.otpSeed ?? ''
    const secret = Buffer.from(account.adminSecret, 'ascii')
    const decipher = createDecipheriv('aes-256-cbc', secret, Buffer.alloc(16)).setAutoPadding(false)
    const bytes = Buffer.concat([decipher.update(Buffer.from(encryptedSeed ?? '', 'base64')), decipher.final()])
    const seed = bytes.toString('ascii').replace(/\0+$/, '')
    expect(seed).toMatch(/^[A-Z2-7]{32}$/)
    expect(seed).toBe(unseal(sealed, `otp:${email}`))
    expect(data(await enable(account, 'adm', address())).encryptedSeed).toBeUndefined()
  })

  it('follows whom the account asks for codes', async () => {
    const onlyAdmins = await accountWithPeople({ secondFactor: 'admins' })
    expect(data(await enable(onlyAdmins, 'ann', address())).encryptedSeed).toBe('')
    const email = address('adm')
    data(await enable(onlyAdmins, 'adm', email))
    expect((await loginOf(email))?.otpSeed).not.toBeNull()
  })

  it('never tells nor touches the seed of a login that existed', async () => {
    const account = await accountWithPeople({ secondFactor: 'all', linkLoginsAcrossPartners: true })
    const elsewhere = await newAccount()
    const email = address()
    const { columns } = enrolled(email)
    const row = await makeLogin(elsewhere.partnerId, columns)
    await makeUser(elsewhere.partnerId, { loginDataId: row.id })
    expect(data(await enable(account, 'ann', email))).toMatchObject({ loginEnabled: true, encryptedSeed: '' })
    expect(await loginOf(email)).toMatchObject({ otpSeed: columns.otpSeed, otpConfirmedAt: columns.otpConfirmedAt })
  })
})
