import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { withKs } from '@/lib/auth/session-context'
import { makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import { addUser } from './add-user'
import { demoteAdmin } from './demote-admin'
import { loginByLoginId } from './login-by-login-id'
import { updateUser } from './update-user'

freshDatabase()

const addressIn = (account: Account, id = 'adm') => `${id}-${account.partnerId}@x.example`
const demote = (account: Account, userId: string) => asAdmin(account, demoteAdmin, { userId })
const addAdmin = async (account: Account, id = 'adm') =>
  asAdmin(account, addUser, { user: { id, isAdmin: true, email: addressIn(account, id), password: goodPassword } })

const signIn = (account: Account) =>
  runAction(loginByLoginId, newContext({ origin: 'wire' }), {
    loginId: addressIn(account),
    password: goodPassword,
    partnerId: account.partnerId,
  })

describe('user.demoteAdmin', () => {
  it('makes an administrator a plain user without roles, who can still sign in', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    expect(data(await demote(account, 'ADM'))).toMatchObject({ id: 'adm', isAdmin: false, roleIds: '', loginEnabled: true })
    const ks = data(await signIn(account))
    const ctx = await withKs(newContext({ origin: 'wire' }), ks, { action: 'user.get', uri: '/' })
    expect(ctx.actor).toMatchObject({ isAdminSession: false, grants: { all: false } })
  })

  it('refuses what the contract refuses', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    data(await asAdmin(account, addUser, { user: { id: 'plain' } }))
    expect(codeOf(await demote(account, 'nobody'))).toBe('INVALID_USER_ID')
    expect(codeOf(await demote(account, 'plain'))).toBe('DEMOTE_ONLY_ADMIN')
    expect(codeOf(await demote(account, account.adminUserId))).toBe('CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN')
    data(await asAdmin(account, updateUser, { userId: 'adm', user: { status: 0 } }))
    expect(codeOf(await demote(account, 'adm'))).toBe('USER_IS_BLOCKED')
    expect(await storedUser(account, 'adm')).toMatchObject({ isAdmin: true, roleIds: '1' })
  })

  it('Z07 Z08 lets nobody demote himself, nor somebody with more rights', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    const roleId = await makeRole(account.partnerId, ['ADMIN_USER_DELETE'])
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(roleId) } }))
    const self = await contextOf(account, { userId: 'adm' })
    const helper = await contextOf(account, { userId: 'helper' })
    expect(codeOf(await runAction(demoteAdmin, self, { userId: 'adm' }))).toBe('CANNOT_CHANGE_OWN_ROLE')
    expect(codeOf(await runAction(demoteAdmin, helper, { userId: 'adm' }))).toBe('SERVICE_FORBIDDEN')
  })

  it('Z09 leaves an administrator when the last ones are demoted twenty times at once', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    const ctx = await contextOf(account)
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        runAction(demoteAdmin, ctx, { userId: number % 2 ? 'adm' : account.adminUserId }).then(codeOf),
      ),
    )
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'DEMOTE_ONLY_ADMIN')).toHaveLength(9)
    expect(codes.filter((code) => code === 'CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN')).toHaveLength(10)
    expect((await storedUser(account, account.adminUserId))?.isAdmin).toBe(true)
  })

  it('S06 S07 ends every session with the rights', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    const ks = data(await signIn(account))
    const ticket = await openBrowserSession(newContext({ origin: 'page' }), addressIn(account), goodPassword)
    const now = Date.now() + 5
    data(await runAction(demoteAdmin, await contextOf(account, { at: { now } }), { userId: 'adm' }))
    const later = newContext({ origin: 'wire', now })
    await expect(withKs(later, ks, { action: 'user.get', uri: '/' })).rejects.toMatchObject({ code: 'INVALID_KS' })
    expect(await withBrowserSession(later, ticket)).toBeNull()
  })

  it('Z13 frees the seat', async () => {
    const account = await newAccount({ adminLoginUsersQuota: 2 })
    data(await addAdmin(account))
    expect(codeOf(await addAdmin(account, 'next'))).toBe('ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')
    data(await demote(account, 'adm'))
    expect(codeOf(await addAdmin(account, 'next'))).toBe('OK')
  })

  it('X01 writes one entry with what changed', async () => {
    const account = await newAccount()
    data(await addAdmin(account))
    data(await demote(account, 'adm'))
    const key = (await storedUser(account, 'adm'))?.key
    const [entry] = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 1))
    expect(entry).toMatchObject({
      action: 'user.demoteAdmin',
      changes: { isAdmin: { before: true, after: false }, roleIds: { before: '1' } },
    })
  })
})
