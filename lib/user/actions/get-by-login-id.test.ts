import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount } from '@/lib/testing'
import { addUser } from './add-user'
import { checkLoginDataExists } from './check-login-data-exists'
import { deleteUser } from './delete-user'
import { getByLoginId } from './get-by-login-id'
import { updateUser } from './update-user'

freshDatabase()

const addressIn = (account: Account) => `ann-${account.partnerId}@x.example`

async function accountWithAnn(settings: Parameters<typeof newAccount>[0] = {}) {
  const account = await newAccount(settings)
  data(await asAdmin(account, addUser, { user: { id: 'ann', email: addressIn(account), password: goodPassword } }))
  return account
}

describe('user.getByLoginId', () => {
  it('finds a user by the address that he signs in with, whatever its case, blocked too', async () => {
    const account = await accountWithAnn()
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 0, email: 'other@x.example' } }))
    const user = data(await asAdmin(account, getByLoginId, { loginId: addressIn(account).toUpperCase() }))
    expect(user).toMatchObject({ objectType: 'KalturaUser', id: 'ann', status: 0, email: 'other@x.example', loginEnabled: true })
  })

  it('refuses what the contract refuses', async () => {
    const [account, other] = [await accountWithAnn(), await accountWithAnn()]
    const codeFor = async (loginId: string) => codeOf(await asAdmin(account, getByLoginId, { loginId }))
    expect(await codeFor('nobody@x.example')).toBe('LOGIN_DATA_NOT_FOUND')
    expect(await codeFor('no address')).toBe('LOGIN_DATA_NOT_FOUND')
    expect(await codeFor('')).toBe('LOGIN_DATA_NOT_FOUND')
    expect(await codeFor(addressIn(other))).toBe('USER_NOT_FOUND')
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    expect(await codeFor(addressIn(account))).toBe('LOGIN_DATA_NOT_FOUND')
  })

  it('Z05 shows somebody else only to who may look people up, and oneself always', async () => {
    const account = await accountWithAnn()
    const roleId = await makeRole(account.partnerId, ['ADMIN_BASE'])
    const email = `helper-${account.partnerId}@x.example`
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(roleId), email, password: goodPassword } }))
    const helper = await contextOf(account, { userId: 'helper' })
    expect(codeOf(await runAction(getByLoginId, helper, { loginId: addressIn(account) }))).toBe('INVALID_USER_ID')
    expect(data(await runAction(getByLoginId, helper, { loginId: email })).id).toBe('helper')
    const wider = await makeRole(account.partnerId, ['ADMIN_BASE', 'MANAGE_ADMIN_USERS'])
    data(await asAdmin(account, updateUser, { userId: 'helper', user: { roleIds: String(wider) } }))
    const wide = await contextOf(account, { userId: 'helper' })
    expect(data(await runAction(getByLoginId, wide, { loginId: addressIn(account) })).id).toBe('ann')
  })
})

describe('user.checkLoginDataExists', () => {
  const check = (account: Account, loginEmailEqual: string) =>
    asAdmin(account, checkLoginDataExists, { filter: { loginEmailEqual } })

  it('tells accounts with the feature of any login, in whichever account', async () => {
    const account = await newAccount({ features: 'FEATURE_VAR_CONSOLE_LOGIN' })
    const other = await accountWithAnn()
    expect(data(await check(account, addressIn(other).toUpperCase()))).toBe(true)
    expect(data(await check(account, 'nobody@x.example'))).toBe(false)
    expect(data(await check(account, 'no address'))).toBe(false)
    data(await asAdmin(other, deleteUser, { userId: 'ann' }))
    expect(data(await check(account, addressIn(other)))).toBe(false)
  })

  it('A09 tells no other account anything, nor anybody without the permission', async () => {
    const account = await accountWithAnn()
    const refused = await check(account, addressIn(account))
    expect(codeOf(refused)).toBe('FEATURE_FORBIDDEN')
    expect(!refused.ok && refused.error.args).toEqual({ FEATURE: 'varConsole' })

    const open = await newAccount({ features: 'FEATURE_VAR_CONSOLE_LOGIN' })
    const roleId = await makeRole(open.partnerId, ['ADMIN_BASE'])
    data(await asAdmin(open, addUser, { user: { id: 'helper', roleIds: String(roleId) } }))
    const helper = await contextOf(open, { userId: 'helper' })
    const filter = { loginEmailEqual: addressIn(account) }
    expect(codeOf(await runAction(checkLoginDataExists, helper, { filter }))).toBe('SERVICE_FORBIDDEN')
  })

  it('needs an address, as without one every login would match', async () => {
    const account = await newAccount({ features: 'FEATURE_VAR_CONSOLE_LOGIN' })
    const ctx = await contextOf(account)
    const without = await runAction(checkLoginDataExists, ctx, { filter: {} })
    expect(codeOf(without)).toBe('PROPERTY_VALIDATION_CANNOT_BE_NULL')
    expect(!without.ok && without.error.args).toEqual({ PROP_NAME: 'KalturaUserLoginDataFilter::loginEmailEqual' })
    expect(codeOf(await runAction(checkLoginDataExists, ctx, {}))).toBe('MISSING_MANDATORY_PARAMETER')
    expect(data(await check(account, ''))).toBe(false)
  })
})
