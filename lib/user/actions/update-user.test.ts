import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { makeRole } from '@/lib/auth/testing'
import { sweep } from '@/lib/jobs/sweep'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, ksOf, newAccount, storedUser } from '@/lib/testing'
import type { UserData } from '../schema'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { getUser } from './get-user'
import { loginByLoginId } from './login-by-login-id'
import { restoreUser } from './restore-user'
import { updateUser } from './update-user'

freshDatabase()

const add = async (account: Account, user: Partial<UserData>) => data(await asAdmin(account, addUser, { user }))
const update = (account: Account, userId: string, user: Partial<UserData>, more: object = {}) =>
  asAdmin(account, updateUser, { userId, user, ...more })

describe('user.update', () => {
  it('changes what is sent, clears what is null, and keeps the rest', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann', firstName: 'Ann', city: 'Bern', company: 'Acme' })
    const changed = data(await update(account, 'ANN', { city: 'Basel', company: null }))
    expect(changed).toMatchObject({ id: 'ann', firstName: 'Ann', city: 'Basel', version: 2 })
    expect(changed.company).toBeNull()
  })

  it('accepts a fetched user sent back, and refuses a changed read-only field', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann' })
    const fetched = data(await asAdmin(account, getUser, { userId: 'ann' }))
    expect(codeOf(await update(account, 'ann', { ...fetched, city: 'Bern' }))).toBe('OK')
    expect(codeOf(await update(account, 'ann', { createdAt: 5 }))).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
    expect(codeOf(await update(account, 'ann', { password: 'x' }))).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
  })

  it('refuses what the contract refuses', async () => {
    const account = await newAccount()
    const owner = account.adminUserId
    await add(account, { id: 'ann' })
    await add(account, { id: 'bob' })
    await add(account, { id: 'grp', type: 2 })
    const codes = {
      INVALID_USER_ID: await update(account, 'nobody', {}),
      CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN: await update(account, owner, { isAdmin: false }),
      CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER: await update(account, owner, { status: 0 }),
      ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE: await update(account, owner, { roleIds: '2' }),
      USER_ROLE_NOT_FOUND: await update(account, 'ann', { roleIds: '4711' }),
      DUPLICATE_USER_BY_ID: await update(account, 'ann', { id: 'Bob' }),
      INVALID_FIELD_VALUE: await update(account, 'ann', { id: 'a b' }),
      APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED: await update(account, 'grp', { type: 0 }),
      VERSION_CONFLICT: await update(account, 'ann', { city: 'x' }, { version: 7 }),
    }
    for (const [code, result] of Object.entries(codes)) expect(codeOf(result), code).toBe(code)
    expect(codeOf(await update(account, 'ann', { id: 'Bob', status: 0 })), 'renamed and blocked').toBe('DUPLICATE_USER_BY_ID')
  })

  it('Z07 Z09 lets nobody change his own roles, or end himself', async () => {
    const account = await newAccount()
    await add(account, { id: 'adm', isAdmin: true, email: `adm-${account.partnerId}@x.example` })
    const self = await contextOf(account, { userId: 'adm' })
    expect(codeOf(await runAction(updateUser, self, { userId: 'adm', user: { roleIds: '2' } }))).toBe('CANNOT_CHANGE_OWN_ROLE')
    expect(codeOf(await runAction(updateUser, self, { userId: 'adm', user: { status: 0 } }))).toBe(
      'CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER',
    )
    expect(codeOf(await runAction(deleteUser, self, { userId: 'adm' }))).toBe('CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER')
  })

  it('Z07 Z08 makes nobody an administrator of more than the giver may', async () => {
    const account = await newAccount()
    const roleId = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_ADD', 'ADMIN_USER_UPDATE'])
    await add(account, { id: 'helper', roleIds: String(roleId) })
    await add(account, { id: 'ann' })
    await add(account, { id: 'boss', isAdmin: true, email: `boss-${account.partnerId}@x.example` })
    data(await update(account, 'boss', { roleIds: '' }))
    const helper = await contextOf(account, { userId: 'helper' })
    const tries = {
      promote: await runAction(updateUser, helper, { userId: 'ann', user: { isAdmin: true } }),
      change: await runAction(updateUser, helper, { userId: 'boss', user: { city: 'x' } }),
      add: await runAction(addUser, helper, { user: { id: 'new', isAdmin: true, roleIds: ' ', email: 'n@x.example' } }),
    }
    for (const [name, result] of Object.entries(tries)) expect(codeOf(result), name).toBe('SERVICE_FORBIDDEN')
    const self = await runAction(updateUser, helper, { userId: 'helper', user: { isAdmin: true } })
    expect(codeOf(self)).toBe('CANNOT_CHANGE_OWN_ROLE')
  })

  it('Z01 finds nobody of another account, by any action', async () => {
    const [mine, other] = [await newAccount(), await newAccount()]
    await add(other, { id: 'theirs', city: 'Bern' })
    const before = await storedUser(other, 'theirs')
    expect(codeOf(await update(mine, 'theirs', { city: 'x' }))).toBe('INVALID_USER_ID')
    expect(codeOf(await asAdmin(mine, getUser, { userId: 'theirs' }))).toBe('INVALID_USER_ID')
    expect(codeOf(await asAdmin(mine, deleteUser, { userId: 'theirs' }))).toBe('INVALID_USER_ID')
    expect(codeOf(await asAdmin(mine, restoreUser, { userId: 'theirs' }))).toBe('INVALID_USER_ID')
    expect(await storedUser(other, 'theirs')).toEqual(before)
  })

  it('Z10 a new e-mail address is that of the profile: the sign-in keeps its own', async () => {
    const account = await newAccount()
    const [own, other] = [`ann-${account.partnerId}@x.example`, `new-${account.partnerId}@x.example`]
    await add(account, { id: 'ann', email: own, password: goodPassword })
    expect(data(await update(account, 'ann', { email: other }))).toMatchObject({ email: other, loginId: own })
    const signIn = async (loginId: string) =>
      codeOf(await runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId, password: goodPassword }))
    expect(await signIn(other)).toBe('USER_WRONG_PASSWORD')
    expect(await signIn(own)).toBe('OK')
  })

  it('R19 loses no field of a hundred changes at once', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann' })
    const ctx = await contextOf(account)
    const fields = ['city', 'state', 'zip', 'title', 'company'] as const
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        runAction(updateUser, ctx, { userId: 'ann', user: { [fields[number % 5] ?? 'city']: `v${number}` } }),
      ),
    )
    expect(results.map(codeOf).filter((code) => code !== 'OK')).toEqual([])
    const stored = await storedUser(account, 'ann')
    expect(stored?.version).toBe(101)
    for (const field of fields) expect(stored?.[field]).toMatch(/^v\d+$/)
  })

  it('S06 ends the sessions of whom it blocks, deletes, renames or gives other rights', async () => {
    const changes: Partial<UserData>[] = [{ status: 0 }, { status: 2 }, { id: 'renamed' }, { roleIds: '1' }]
    for (const change of changes) {
      const account = await newAccount()
      const email = `ann-${account.partnerId}@x.example`
      await add(account, { id: 'ann', email, password: goodPassword })
      const anonymous = newContext({ origin: 'wire' })
      const ks = data(
        await runAction(loginByLoginId, anonymous, { loginId: email, password: goodPassword, partnerId: account.partnerId }),
      )
      const call = { action: 'user.get', uri: '/' }
      await expect(withKs(anonymous, ks, call)).resolves.toBeDefined()
      await new Promise((resolve) => setTimeout(resolve, 2))
      data(await update(account, 'ann', change))
      await expect(withKs(newContext({ origin: 'wire' }), ks, call)).rejects.toMatchObject({
        code: change.status === 0 ? 'USER_BLOCKED' : 'INVALID_KS',
      })
    }
  })

  it('keeps a block with its reason until its end, which comes by itself', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann' })
    const until = Math.floor(Date.now() / 1000) + 3600
    expect(data(await update(account, 'ann', { status: 0 }, { blockReason: 'Spam', blockedUntil: until }))).toMatchObject({
      status: 0,
      blockReason: 'Spam',
      blockedUntil: until,
    })
    expect(data(await update(account, 'ann', { city: 'Bern' }))).toMatchObject({
      status: 0,
      blockReason: 'Spam',
      blockedUntil: until,
    })
    await sweep(until * 1000 - 1000)
    expect((await storedUser(account, 'ann'))?.status).toBe(0)
    await sweep(until * 1000)
    expect(await storedUser(account, 'ann')).toMatchObject({ status: 1, blockReason: null, blockedUntil: null })
  })

  it('X01 writes one entry with what changed, and no secret', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann', city: 'Bern', email: `x-${account.partnerId}@x.example`, password: goodPassword })
    const key = (await storedUser(account, 'ann'))?.key
    data(await update(account, 'ann', { city: 'Basel' }))
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 10))
    expect(entries.map((entry) => entry.action)).toEqual(['user.update', 'user.add'])
    expect(entries[0]?.changes).toEqual({ city: { before: 'Bern', after: 'Basel' } })
    expect(JSON.stringify(entries)).not.toContain(goodPassword)
  })
})

describe('user.delete and user.restore', () => {
  it('hides the user, destroys the login for everybody else, and gives both back', async () => {
    const account = await newAccount()
    const email = `ann-${account.partnerId}@x.example`
    await add(account, { id: 'ann', email, password: goodPassword })
    const signIn = async () =>
      codeOf(
        await runAction(loginByLoginId, newContext({ origin: 'wire' }), {
          loginId: email,
          password: goodPassword,
          partnerId: account.partnerId,
        }),
      )

    expect(data(await asAdmin(account, deleteUser, { userId: 'ann' }))).toMatchObject({ status: 2 })
    expect(codeOf(await asAdmin(account, deleteUser, { userId: 'ann' }))).toBe('INVALID_USER_ID')
    expect(await signIn()).toBe('USER_WRONG_PASSWORD')
    expect(data(await asAdmin(account, restoreUser, { userId: 'ann' }))).toMatchObject({ status: 1, loginEnabled: true })
    expect(await signIn()).toBe('OK')
  })

  it('cannot restore over a new user of the same id', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann' })
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    await add(account, { id: 'ann' })
    expect(codeOf(await asAdmin(account, restoreUser, { userId: 'ann' }))).toBe('DUPLICATE_USER_BY_ID')
  })

  it('forgets the login of the deleted when the time for restoring is over', async () => {
    const account = await newAccount()
    const email = `old-${account.partnerId}@x.example`
    await add(account, { id: 'ann', email, password: goodPassword })
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    await sweep(Date.now() + 31 * 86_400_000)
    expect(data(await asAdmin(account, restoreUser, { userId: 'ann' }))).toMatchObject({ loginEnabled: false })
  })
})

describe('user.get', () => {
  it('Z05 shows a plain user himself and nobody else', async () => {
    const account = await newAccount()
    await add(account, { id: 'ann' })
    const plain = await contextOf(account, { type: 0, userId: 'ann' })
    expect(data(await runAction(getUser, plain, {})).id).toBe('ann')
    expect(codeOf(await runAction(getUser, plain, { userId: 'bob' }))).toBe(
      'CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION',
    )
    expect(await ksOf(account)).toMatch(/^djJ8/)
  })
})
