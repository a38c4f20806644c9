import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { mailOutbox } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import type { UserData } from '../schema'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'

freshDatabase()

const refusals: [name: string, user: Partial<UserData>, code: string, args?: Record<string, string>][] = [
  ['no id', {}, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['a blank in the id', { id: 'a b' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['I12 a newline behind the id', { id: 'a\n' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['I12 a hidden character in the id', { id: 'a\u200bb' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['I13 an id of 101 characters', { id: 'a'.repeat(101) }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }],
  ['both ids', { id: 'a', externalId: 'b' }, 'ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE', {}],
  ['a web address as name', { id: 'a', firstName: 'http://x' }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'firstName' }],
  ['markup in a name', { id: 'a', lastName: '<b>x' }, 'UNSAFE_HTML_TAGS', { CLASS_NAME: 'kuser', PROPERTY_NAME: 'lastName' }],
  ['a control character', { id: 'a', city: 'x\u0001' }, 'INVALID_PARAMETER_CHAR', { XML_FIELD: 'city' }],
  ['half a character', { id: 'a', city: 'x\ud800' }, 'INVALID_PARAMETER_CHAR', { XML_FIELD: 'city' }],
  [
    'a long description',
    { id: 'a', description: 'x'.repeat(8193) },
    'PROPERTY_VALIDATION_MAX_LENGTH',
    { PROP_NAME: 'KalturaUser::description', MAX_LEN: '8192' },
  ],
  [
    'Z06 a read-only field',
    { id: 'a', createdAt: 1 },
    'PROPERTY_VALIDATION_NOT_UPDATABLE',
    { PROP_NAME: 'KalturaUser::createdAt' },
  ],
  ['a role that does not exist', { id: 'a', roleIds: '99999' }, 'USER_ROLE_NOT_FOUND', {}],
  ['I14 a role that is no number', { id: 'a', roleIds: '0x1' }, 'USER_ROLE_NOT_FOUND', {}],
  ['an administrator without e-mail', { id: 'a', isAdmin: true }, 'INVALID_FIELD_VALUE', { FIELD_NAME: 'email' }],
  [
    'two addresses',
    { id: 'a', email: 'a@b.example,c@d.example', password: goodPassword },
    'INVALID_FIELD_VALUE',
    { FIELD_NAME: 'email' },
  ],
  ['A14 a short password', { id: 'a', email: 'a@b.example', password: 'a-1' }, 'PASSWORD_STRUCTURE_INVALID'],
  ['A14 a common password', { id: 'a', email: 'a@b.example', password: 'p@ssw0rd' }, 'COMMON_PASSWORD', {}],
  [
    'A14 the name as password',
    { id: 'a', email: 'a@b.example', firstName: 'Grace', password: 'x-grace-1' },
    'PASSWORD_STRUCTURE_INVALID',
  ],
]

describe('user.add', () => {
  it.each(refusals)('refuses %s', async (_name, user, code, args) => {
    const result = await asAdmin(await newAccount(), addUser, { user })
    expect(codeOf(result)).toBe(code)
    if (args && !result.ok) expect(result.error.args).toEqual(args)
  })

  it('adds a person with the defaults of the contract', async () => {
    const account = await newAccount()
    const user = data(
      await asAdmin(account, addUser, { user: { id: 'Ann', fullName: 'Ann Marie Lee', tags: 'b, a,b', dateOfBirth: 90_000 } }),
    )
    expect(user).toMatchObject({
      objectType: 'KalturaUser',
      id: 'Ann',
      screenName: 'Ann',
      firstName: 'Ann',
      lastName: 'Marie Lee',
      fullName: 'Ann Marie Lee',
      status: 1,
      type: 0,
      isAdmin: false,
      roleIds: '',
      tags: 'b,a',
      dateOfBirth: 86_400,
      loginEnabled: false,
      country: '',
      partnerId: account.partnerId,
    })
    expect(codeOf(await asAdmin(account, addUser, { user: { id: 'ANN' } }))).toBe('DUPLICATE_USER_BY_ID')
  })

  it('Z12 lets one of many at once have the id', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account)
    const codes = await Promise.all(
      Array.from({ length: 50 }, () => runAction(addUser, ctx, { user: { id: 'same' } }).then(codeOf)),
    )
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'DUPLICATE_USER_BY_ID')).toHaveLength(49)
  })

  it('Z13 lets one of many at once have the last seat', async () => {
    const account = await newAccount({ adminLoginUsersQuota: 2 })
    const ctx = await contextOf(account)
    const add = (number: number) =>
      runAction(addUser, ctx, {
        user: { id: `admin${number}`, isAdmin: true, email: `a${number}-${account.partnerId}@x.example` },
      })
    const codes = (await Promise.all(Array.from({ length: 20 }, (_, number) => add(number)))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')).toHaveLength(19)
  })

  it('gives an administrator the role of administrators and a mail with a link', async () => {
    const account = await newAccount()
    const email = `admin-${account.partnerId}@x.example`
    const user = data(await asAdmin(account, addUser, { user: { id: 'adm', objectType: 'KalturaAdminUser', email } }))
    expect(user).toMatchObject({
      objectType: 'KalturaAdminUser',
      isAdmin: true,
      roleIds: '1',
      roleNames: 'Publisher Administrator',
      loginEnabled: true,
    })
    const mails = await acrossPartners(() => db().select().from(mailOutbox))
    expect(mails.filter((mail) => mail.recipient === email).map((mail) => mail.event)).toEqual(['invitation'])
    expect(JSON.stringify(mails)).not.toContain('set-password')
  })

  it('Z11 asks the person before a login of another account is used', async () => {
    const [first, second] = [await newAccount(), await newAccount()]
    const email = `shared-${first.partnerId}@x.example`
    data(await asAdmin(first, addUser, { user: { id: 'one', email, password: goodPassword } }))
    const result = await asAdmin(second, addUser, { user: { id: 'two', email, password: 'another-pass-8' } })
    expect(data(result).loginEnabled).toBe(false)
    expect(result.ok && result.notices).toEqual(['login-invitation-sent'])
    expect((await storedUser(second, 'two'))?.loginDataId).toBeNull()
  })

  it('refuses the same login twice in one account, and frees it with the user', async () => {
    const account = await newAccount()
    const email = `once-${account.partnerId}@x.example`
    data(await asAdmin(account, addUser, { user: { id: 'one', email, password: goodPassword } }))
    expect(codeOf(await asAdmin(account, addUser, { user: { id: 'two', email, password: goodPassword } }))).toBe(
      'DUPLICATE_USER_BY_LOGIN_ID',
    )
    expect(await storedUser(account, 'two')).toBeNull()
    data(await asAdmin(account, deleteUser, { userId: 'one' }))
    expect(data(await asAdmin(account, addUser, { user: { id: 'two', email, password: goodPassword } })).loginEnabled).toBe(true)
  })

  it('Z04 Z08 is closed to plain users and to roles stronger than the giver', async () => {
    const account = await newAccount()
    const plain = await contextOf(account, { type: 0, userId: 'plain', privileges: '*' })
    expect(codeOf(await runAction(addUser, plain, { user: { id: 'x' } }))).toBe('SERVICE_FORBIDDEN')
  })
})
