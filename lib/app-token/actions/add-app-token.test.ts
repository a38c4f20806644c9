import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { updateUser } from '@/lib/user/actions/update-user'
import { addUserRole } from '@/lib/user-role/actions/add-user-role'
import type { AppTokenData, AppTokenFilter } from '../schema'
import { addAppToken } from './add-app-token'
import { deleteAppToken } from './delete-app-token'
import { getAppToken } from './get-app-token'
import { listAppTokens } from './list-app-tokens'
import { updateAppToken } from './update-app-token'

freshDatabase()

type Filter = z.input<typeof AppTokenFilter>

const add = async (account: Account, appToken: AppTokenData = {}) => data(await asAdmin(account, addAppToken, { appToken }))
const update = (account: Account, id: string, appToken: AppTokenData) => asAdmin(account, updateAppToken, { id, appToken })

describe('appToken.add', () => {
  it('adds a token with 32 hex digits and the defaults of the contract', async () => {
    const account = await newAccount({ ksMaxExpiry: 7200 })
    const added = await add(account)
    expect(added).toMatchObject({
      objectType: 'KalturaAppToken',
      partnerId: account.partnerId,
      status: 2,
      sessionDuration: 7200,
      hashType: 'SHA1',
    })
    expect(added.token).toMatch(/^[0-9a-f]{32}$/)
    expect(data(await asAdmin(account, getAppToken, { id: added.id }))).toEqual(added)
  })

  it('adds the user whose sessions it starts, if there is none', async () => {
    const account = await newAccount()
    expect((await add(account, { sessionUserId: 'robot' })).sessionUserId).toBe('robot')
    expect(await storedUser(account, 'robot')).toMatchObject({ firstName: 'robot', isAdmin: false, status: 1 })
    expect((await add(account, { sessionUserId: 'ROBOT' })).sessionUserId).toBe('robot')
  })

  it('refuses what the contract refuses, and then adds nobody', async () => {
    const account = await newAccount()
    const codes: [string, AppTokenData][] = [
      ['INVALID_FIELD_VALUE', { sessionUserId: 'a b' }],
      ['INVALID_FIELD_VALUE', { sessionDuration: 0 }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { id: '0_x' }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { token: 'x'.repeat(32) }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { status: 1 }],
      ['INVALID_ENUM_VALUE', { hashType: 'CRC32' as 'MD5' }],
    ]
    for (const [code, appToken] of codes)
      expect(codeOf(await asAdmin(account, addAppToken, { appToken })), JSON.stringify(appToken)).toBe(code)
    const roleless = await contextOf(account, { privileges: `setrole:${await makeRole(account.partnerId, ['APP_TOKEN_ADD'])}` })
    expect(codeOf(await runAction(addAppToken, roleless, { appToken: { sessionUserId: 'robot' } }))).toBe('SERVICE_FORBIDDEN')
    expect(await storedUser(account, 'robot')).toBeNull()
  })

  it('X01 writes down what was set, and never what the token proves itself with', async () => {
    const account = await newAccount()
    const token = await add(account, { description: 'For the shop' })
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetType: 'appToken' }, 10))
    expect(entries).toHaveLength(1)
    expect(entries[0]?.changes.description).toEqual({ after: 'For the shop' })
    expect(JSON.stringify(entries)).not.toContain(token.token)
    expect(entries[0]?.changes.secret).toBeUndefined()
  })
})

describe('rights by a token', () => {
  it('Z08 makes, changes, reads and deletes no token that may do more than the caller', async () => {
    const account = await newAccount()
    const tokenRights = ['APP_TOKEN_ADD', 'APP_TOKEN_GET', 'APP_TOKEN_LIST', 'APP_TOKEN_UPDATE', 'APP_TOKEN_DELETE']
    const own = await makeRole(account.partnerId, [...tokenRights, 'BASE_USER_SESSION_PERMISSION'])
    const strong = await makeRole(account.partnerId, ['ADMIN_USER_DELETE'])
    // It may come back into force.
    const userRole = { name: 'Blocked', permissionNames: 'ADMIN_USER_DELETE', status: 2 as const }
    const blocked = data(await asAdmin(account, addUserRole, { userRole }))
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(own) } }))
    data(await asAdmin(account, addUser, { user: { id: 'strong', roleIds: String(strong) } }))
    const ctx = await contextOf(account, { userId: 'helper' })
    const make = async (appToken: AppTokenData) => codeOf(await runAction(addAppToken, ctx, { appToken }))

    const refused: AppTokenData[] = [
      {},
      { sessionType: 2 },
      { sessionType: 1 },
      { sessionUserId: 'ann' },
      { sessionUserId: 'ann', sessionType: 2 },
      { sessionUserId: 'strong', sessionType: 0 },
      { sessionUserId: account.adminUserId, sessionType: 0 },
      { sessionType: 0, sessionPrivileges: 'setrole:1' },
      { sessionType: 0, sessionPrivileges: `setrole:${blocked.id}` },
      { sessionType: 0, sessionPrivileges: `setrole:${strong},restrictingrole:${strong}` },
    ]
    for (const appToken of refused) expect(await make(appToken), JSON.stringify(appToken)).toBe('SERVICE_FORBIDDEN')
    const allowed: AppTokenData[] = [
      { sessionType: 0 },
      { sessionType: 0, sessionUserId: 'ann' },
      { sessionUserId: 'helper' },
      { sessionPrivileges: `setrole:${own}` },
    ]
    for (const appToken of allowed) expect(await make(appToken), JSON.stringify(appToken)).toBe('OK')

    const [theirs, mine] = [await add(account), await add(account, { sessionUserId: 'helper' })]
    const get = async (id: string) => data(await runAction(getAppToken, ctx, { id }))
    expect((await get(theirs.id)).token).toBeNull()
    expect((await get(mine.id)).token).toBe(mine.token)
    const listed = data(await runAction(listAppTokens, ctx, { filter: { idEqual: theirs.id } }))
    expect(listed.objects.map((token) => token.token)).toEqual([null])
    const change = async (id: string, appToken: AppTokenData) => codeOf(await runAction(updateAppToken, ctx, { id, appToken }))
    expect(await change(theirs.id, { sessionType: 0 })).toBe('SERVICE_FORBIDDEN')
    expect(await change(mine.id, { sessionUserId: null })).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(deleteAppToken, ctx, { id: theirs.id }))).toBe('SERVICE_FORBIDDEN')
  })

  it('S04 Z05 makes no ADMIN session, and no raised privileges, out of a USER session', async () => {
    const account = await newAccount()
    const own = await makeRole(account.partnerId, ['APP_TOKEN_ADD', 'BASE_USER_SESSION_PERMISSION'])
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(own) } }))
    const ctx = await contextOf(account, { userId: 'helper', type: 0 })
    const token = { sessionUserId: 'helper', sessionType: 0 as const }
    for (const more of [
      { sessionType: 2 as const },
      { sessionType: null },
      { sessionPrivileges: '*' },
      { sessionPrivileges: 'download:a.csv' },
    ])
      expect(codeOf(await runAction(addAppToken, ctx, { appToken: { ...token, ...more } })), JSON.stringify(more)).toBe(
        'SERVICE_FORBIDDEN',
      )
    expect(codeOf(await runAction(addAppToken, ctx, { appToken: token }))).toBe('OK')
  })

  it('Z08 counts a user’s roles as they are now', async () => {
    const account = await newAccount()
    const own = await makeRole(account.partnerId, ['APP_TOKEN_GET', 'BASE_USER_SESSION_PERMISSION'])
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(own) } }))
    const token = await add(account, { sessionUserId: 'ann', sessionType: 0 })
    const ctx = await contextOf(account, { userId: 'helper' })
    const read = async () => data(await runAction(getAppToken, ctx, { id: token.id })).token
    expect(await read()).toBe(token.token)
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { roleIds: '1' } }))
    expect(await read()).toBeNull()
  })
})

describe('appToken.update', () => {
  it('changes what is sent, takes back a fetched token, and goes back to the default for null', async () => {
    const account = await newAccount({ ksMaxExpiry: 7200 })
    const token = await add(account, { sessionUserId: 'ann', sessionDuration: 60, hashType: 'MD5', expiry: 4_000_000_000 })
    const { objectType: _, ...fetched } = token
    expect(data(await update(account, token.id, { ...fetched, description: 'new' }))).toMatchObject({
      sessionUserId: 'ann',
      sessionDuration: 60,
      hashType: 'MD5',
      expiry: 4_000_000_000,
      description: 'new',
      token: token.token,
    })
    const cleared = { sessionUserId: null, sessionDuration: null, hashType: null, expiry: null, description: null }
    expect(data(await update(account, token.id, cleared))).toMatchObject({
      sessionUserId: null,
      sessionDuration: 7200,
      hashType: 'SHA1',
      expiry: null,
      description: null,
    })
    expect(codeOf(await update(account, token.id, { token: 'x' }))).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
  })

  it('Z01 reaches no token of another account', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    const input = { id: (await add(other, { description: 'theirs' })).id }
    expect(codeOf(await update(own, input.id, { description: 'mine' }))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(codeOf(await asAdmin(own, getAppToken, input))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(codeOf(await asAdmin(own, deleteAppToken, input))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(data(await asAdmin(other, getAppToken, input)).description).toBe('theirs')
  })
})

describe('appToken.list', () => {
  const list = async (account: Account, filter: Filter = {}, pager = {}) =>
    data(await asAdmin(account, listAppTokens, { filter, pager }))

  it('filters, orders and pages', async () => {
    const account = await newAccount()
    const at = async (hour: number, appToken: AppTokenData) => {
      const ctx = await contextOf(account)
      return data(await runAction(addAppToken, { ...ctx, now: Date.UTC(2026, 0, 5, hour) }, { appToken }))
    }
    const [first, second] = [await at(8, { sessionUserId: 'ann' }), await at(9, { sessionUserId: 'bob' })]
    data(await asAdmin(account, updateUser, { userId: 'bob', user: { status: 0 } }))
    const found: [Filter, (string | null | undefined)[]][] = [
      [{}, [second.id, first.id]],
      [{ orderBy: '+createdAt' }, [first.id, second.id]],
      [{ idEqual: first.id }, [first.id]],
      [{ idIn: `${first.id},x` }, [first.id]],
      [{ sessionUserIdEqual: 'ANN' }, [first.id]],
      [{ statusEqual: 2 }, [first.id]],
      [{ statusEqual: 1 }, [second.id]],
      [{ statusIn: '1,2' }, [second.id, first.id]],
      [{ statusEqual: 3 }, []],
      [{ createdAtLessThanOrEqual: Date.UTC(2026, 0, 5, 8) / 1000 }, [first.id]],
      [{ updatedAtGreaterThanOrEqual: Date.UTC(2026, 0, 5, 9) / 1000 }, [second.id]],
    ]
    for (const [filter, ids] of found) {
      const { objects, totalCount } = await list(account, filter)
      expect(
        objects.map((token) => token.id),
        JSON.stringify(filter),
      ).toEqual(ids)
      expect(totalCount).toBe(ids.length)
    }
    const page = await list(account, {}, { pageSize: 1, pageIndex: 2 })
    expect([page.objects.map((token) => token.id), page.totalCount]).toEqual([[first.id], 2])
  })

  it('Z01 Z16 shows nothing of another account, and orders by nothing hidden', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    const { id } = await add(other)
    expect((await list(own, { idEqual: id })).objects).toEqual([])
    await add(own)
    await add(own)
    const plain = await list(own)
    expect(await list(own, { orderBy: '+secret,-token' })).toEqual(plain)
  })
})
