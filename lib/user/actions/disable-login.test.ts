import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { withKs } from '@/lib/auth/session-context'
import { makeRole } from '@/lib/auth/testing'
import { mailedKey } from '@/lib/mail/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import { acceptInvitation } from './accept-invitation'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { disableLogin } from './disable-login'
import { enableLogin } from './enable-login'
import { loginByLoginId } from './login-by-login-id'
import { restoreUser } from './restore-user'

freshDatabase()

const addressIn = (account: Account) => `ann-${account.partnerId}@x.example`
const disable = (account: Account, input: { userId?: string; loginId?: string }) => asAdmin(account, disableLogin, input)

/** `now` is a moment later than the last call, as sessions end by their time of issue. */
const later = () => newContext({ origin: 'wire', now: Date.now() + 5 })

const signIn = (account: Account, ctx = newContext({ origin: 'wire' })) =>
  runAction(loginByLoginId, ctx, { loginId: addressIn(account), password: goodPassword, partnerId: account.partnerId })

async function accountWithAnn() {
  const account = await newAccount()
  data(await asAdmin(account, addUser, { user: { id: 'ann', email: addressIn(account), password: goodPassword } }))
  return account
}

describe('user.disableLogin', () => {
  it.each([
    ['user id', () => ({ userId: 'ANN' })],
    ['login id', (account: Account) => ({ loginId: addressIn(account).toUpperCase() })],
    ['login id before user id', (account: Account) => ({ userId: account.adminUserId, loginId: addressIn(account) })],
  ])('takes sign-in from a user by %s, and destroys a login that nobody else has', async (_, by) => {
    const account = await accountWithAnn()
    const id = (await storedUser(account, 'ann'))?.loginDataId ?? 0
    const user = data(await disable(account, by(account)))
    expect(user).toMatchObject({ id: 'ann', loginEnabled: false, email: addressIn(account) })
    expect(await findLoginDataById(id)).toBeNull()
    expect(codeOf(await signIn(account))).toBe('USER_WRONG_PASSWORD')
  })

  it('refuses what the contract refuses, by its codes', async () => {
    const account = await accountWithAnn()
    const other = await accountWithAnn()
    data(await asAdmin(account, addUser, { user: { id: 'plain' } }))
    const nothing = await disable(account, {})
    expect(!nothing.ok && nothing.error.args).toEqual({ PROP_NAME: 'userId' })
    const tries: [string, Awaited<ReturnType<typeof disable>>][] = [
      ['PROPERTY_VALIDATION_CANNOT_BE_NULL', nothing],
      ['PROPERTY_VALIDATION_CANNOT_BE_NULL', await disable(account, { userId: '', loginId: '' })],
      ['USER_NOT_FOUND', await disable(account, { userId: 'nobody' })],
      ['USER_NOT_FOUND', await disable(account, { loginId: 'no address' })],
      ['USER_NOT_FOUND', await disable(account, { loginId: 'nobody@x.example' })],
      ['USER_NOT_FOUND', await disable(account, { loginId: addressIn(other) })],
      ['USER_NOT_FOUND', await disable(account, { loginId: addressIn(other), userId: 'ann' })],
      ['CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER', await disable(account, { userId: account.adminUserId })],
      ['USER_LOGIN_ALREADY_DISABLED', await disable(account, { userId: 'plain' })],
    ]
    for (const [code, result] of tries) expect(codeOf(result), code).toBe(code)
    expect(codeOf(await signIn(other))).toBe('OK')
  })

  it('Z08 is closed to who has fewer rights than the user', async () => {
    const account = await accountWithAnn()
    const strong = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_DELETE'])
    const weak = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_UPDATE'])
    data(
      await asAdmin(account, addUser, {
        user: { id: 'strong', roleIds: String(strong), email: `s-${addressIn(account)}`, password: goodPassword },
      }),
    )
    data(await asAdmin(account, addUser, { user: { id: 'weak', roleIds: String(weak) } }))
    const weakContext = await contextOf(account, { userId: 'weak' })
    expect(codeOf(await runAction(disableLogin, weakContext, { userId: 'strong' }))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(disableLogin, weakContext, { userId: 'ann' }))).toBe('OK')
  })

  it('S06 S07 ends the tokens and the browser sessions of the user at once', async () => {
    const account = await accountWithAnn()
    const ks = data(await signIn(account))
    const ticket = await openBrowserSession(newContext({ origin: 'page' }), addressIn(account), goodPassword)
    const call = { action: 'user.get', uri: '/' }
    await expect(withKs(later(), ks, call)).resolves.toBeDefined()
    expect(await withBrowserSession(later(), ticket)).not.toBeNull()

    data(await runAction(disableLogin, await contextOf(account, { at: { now: Date.now() + 5 } }), { userId: 'ann' }))
    await expect(withKs(later(), ks, call)).rejects.toMatchObject({ code: 'INVALID_KS', reason: 'LOGOUT' })
    expect(await withBrowserSession(later(), ticket)).toBeNull()
  })

  it('leaves a login that another account uses as it is', async () => {
    const [first, second] = [await accountWithAnn(), await newAccount({ linkLoginsAcrossPartners: true })]
    data(await asAdmin(second, addUser, { user: { id: 'ann', email: addressIn(first), password: goodPassword } }))
    data(await disable(second, { userId: 'ann' }))
    expect(codeOf(await signIn(first))).toBe('OK')
  })

  it('leaves a login to deleted users of another account, who may be restored', async () => {
    const [first, second] = [await accountWithAnn(), await newAccount({ linkLoginsAcrossPartners: true })]
    data(await asAdmin(second, addUser, { user: { id: 'ann', email: addressIn(first), password: goodPassword } }))
    data(await asAdmin(first, deleteUser, { userId: 'ann' }))
    data(await disable(second, { userId: 'ann' }))
    expect(codeOf(await signIn(first))).toBe('USER_WRONG_PASSWORD')
    expect(data(await asAdmin(first, restoreUser, { userId: 'ann' }))).toMatchObject({ loginEnabled: true })
    expect(codeOf(await signIn(first))).toBe('OK')
  })

  it('withdraws an invitation: its link is good for nothing', async () => {
    const [first, second] = [await accountWithAnn(), await newAccount()]
    data(await asAdmin(second, addUser, { user: { id: 'ann', email: addressIn(first), password: goodPassword } }))
    const hashKey = await mailedKey(addressIn(first))
    expect(data(await disable(second, { userId: 'ann' }))).toMatchObject({ loginEnabled: false, invitedUntil: null })
    const accepted = await runAction(acceptInvitation, newContext({ origin: 'page' }), { hashKey, password: goodPassword })
    expect(codeOf(accepted)).toBe('NEW_PASSWORD_HASH_KEY_INVALID')
    expect(codeOf(await disable(second, { userId: 'ann' }))).toBe('USER_LOGIN_ALREADY_DISABLED')
  })

  it('can be taken back with a new password', async () => {
    const account = await accountWithAnn()
    data(await disable(account, { userId: 'ann' }))
    const input = { userId: 'ann', loginId: addressIn(account), password: 'another-pass-8' }
    expect(data(await asAdmin(account, enableLogin, input))).toMatchObject({ loginEnabled: true })
    expect(codeOf(await signIn(account))).toBe('USER_WRONG_PASSWORD')
  })

  it('X01 writes one entry', async () => {
    const account = await accountWithAnn()
    data(await disable(account, { userId: 'ann' }))
    const key = (await storedUser(account, 'ann'))?.key
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 10))
    expect(entries.map((entry) => entry.action)).toEqual(['user.disableLogin', 'user.add'])
  })
})
