import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { updateUser } from './update-user'

freshDatabase()

describe('who is made an administrator afterwards', () => {
  const promote = { isAdmin: true }

  it('Z13 takes a seat of the quota, if he can sign in', async () => {
    const account = await newAccount({ adminLoginUsersQuota: 1 })
    const email = `ann-${account.partnerId}@x.example`
    data(await asAdmin(account, addUser, { user: { id: 'ann', email, password: goodPassword } }))
    data(await asAdmin(account, addUser, { user: { id: 'bob' } }))
    const before = await storedUser(account, 'ann')
    expect(codeOf(await asAdmin(account, updateUser, { userId: 'ann', user: promote }))).toBe('ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')
    expect(await storedUser(account, 'ann')).toEqual(before)
    expect(codeOf(await asAdmin(account, updateUser, { userId: 'bob', user: promote }))).toBe('OK')
  })

  it('Z13 takes the last seat once, when many are promoted at once', async () => {
    const account = await newAccount({ adminLoginUsersQuota: 2 })
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids)
      data(
        await asAdmin(account, addUser, { user: { id, email: `${id}-${account.partnerId}@x.example`, password: goodPassword } }),
      )
    const ctx = await contextOf(account)
    const codes = (await Promise.all(ids.map((userId) => runAction(updateUser, ctx, { userId, user: promote })))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')).toHaveLength(4)
  })

  it('has an address of the account’s own domains, the stored one or the one sent with it', async () => {
    const account = await newAccount({ allowedAdminEmailDomains: 'corp.example' })
    data(await asAdmin(account, addUser, { user: { id: 'ann', email: 'ann@corp.example' } }))
    data(await asAdmin(account, addUser, { user: { id: 'bob', email: 'bob@elsewhere.example' } }))
    data(await asAdmin(account, addUser, { user: { id: 'cid' } }))
    const codes = {
      ann: await asAdmin(account, updateUser, { userId: 'ann', user: { ...promote, email: 'ann@elsewhere.example' } }),
      bob: await asAdmin(account, updateUser, { userId: 'bob', user: promote }),
      cid: await asAdmin(account, updateUser, { userId: 'cid', user: promote }),
    }
    expect(codeOf(codes.ann)).toBe('EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS')
    expect(codeOf(codes.bob)).toBe('EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS')
    expect(codeOf(codes.cid)).toBe('INVALID_FIELD_VALUE')
    expect(codeOf(await asAdmin(account, updateUser, { userId: 'ann', user: promote }))).toBe('OK')
    const moved = { ...promote, email: 'bob@corp.example' }
    expect(codeOf(await asAdmin(account, updateUser, { userId: 'bob', user: moved }))).toBe('OK')
  })
})

it('Z09 leaves an account its owner, however many are blocked, deleted and demoted at once', async () => {
  const account = await newAccount()
  const ids = [account.adminUserId, 'second']
  data(await asAdmin(account, addUser, { user: { id: 'second', isAdmin: true, email: `second-${account.partnerId}@x.example` } }))
  const contexts = await Promise.all([...ids, ''].map((userId) => contextOf(account, { userId })))
  const ends = [{ status: 0 }, { status: 2 }, { isAdmin: false }, { roleIds: '' }] as const
  await Promise.all(
    contexts.flatMap((ctx) =>
      ids.flatMap((userId) => [
        runAction(deleteUser, ctx, { userId }),
        ...ends.map((user) => runAction(updateUser, ctx, { userId, user })),
      ]),
    ),
  )
  expect(await storedUser(account, account.adminUserId)).toMatchObject({ status: 1, isAdmin: true, roleIds: '1' })
})
