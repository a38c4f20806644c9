import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { addGroup } from '@/lib/group/actions/add-group'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import type { GroupUserData, GroupUserFilter } from '../schema'
import { addGroupUser } from './add-group-user'
import { deleteGroupUser } from './delete-group-user'
import { listGroupUsers } from './list-group-users'
import { syncGroupUser } from './sync-group-user'

freshDatabase()

/** An account with the people ann and bob and the groups red and blue. */
async function peopleAndGroups() {
  const account = await newAccount()
  for (const id of ['ann', 'bob']) data(await asAdmin(account, addUser, { user: { id } }))
  for (const id of ['red', 'blue']) data(await asAdmin(account, addGroup, { group: { id } }))
  return account
}

const add = (account: Account, groupUser: GroupUserData) => asAdmin(account, addGroupUser, { groupUser })
const remove = (account: Account, userId: string, groupId: string) => asAdmin(account, deleteGroupUser, { userId, groupId })
const sync = (account: Account, groupIds: string, more = {}) =>
  asAdmin(account, syncGroupUser, { userId: 'ann', groupIds, ...more })

type Filter = z.input<typeof GroupUserFilter>
const list = async (account: Account, filter: Filter, pager = {}) =>
  data(await asAdmin(account, listGroupUsers, { filter, pager }))
const groupsOf = async (account: Account, userIdEqual: string) =>
  (await list(account, { userIdEqual })).objects.map((link) => link.groupId).sort()

describe('groupUser.add and groupUser.delete', () => {
  it('put a user into a group and take him out', async () => {
    const account = await peopleAndGroups()
    expect(data(await add(account, { userId: 'ANN', groupId: 'Red', userRole: 2 }))).toMatchObject({
      objectType: 'KalturaGroupUser',
      id: 'ann:red',
      userId: 'ann',
      groupId: 'red',
      status: 0,
      creationMode: 1,
      userRole: 2,
      groupType: 1,
    })
    expect(await groupsOf(account, 'ann')).toEqual(['red'])
    expect(data(await remove(account, 'ann', 'red'))).toBeNull()
    expect(await groupsOf(account, 'ann')).toEqual([])
  })

  it('refuse what the contract refuses', async () => {
    const account = await peopleAndGroups()
    data(await add(account, { userId: 'ann', groupId: 'red' }))
    const codes: [string, GroupUserData][] = [
      ['PROPERTY_VALIDATION_CANNOT_BE_NULL', { userId: 'ann' }],
      ['PROPERTY_VALIDATION_CANNOT_BE_NULL', { groupId: 'red' }],
      ['USER_NOT_FOUND', { userId: 'nobody', groupId: 'red' }],
      ['USER_NOT_FOUND', { userId: 'blue', groupId: 'red' }],
      ['GROUP_NOT_FOUND', { userId: 'ann', groupId: 'nothing' }],
      ['GROUP_NOT_FOUND', { userId: 'ann', groupId: 'bob' }],
      ['GROUP_USER_ALREADY_EXISTS', { userId: 'ann', groupId: 'red' }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { userId: 'bob', groupId: 'red', status: 1 }],
    ]
    for (const [code, groupUser] of codes) expect(codeOf(await add(account, groupUser)), JSON.stringify(groupUser)).toBe(code)
    expect(codeOf(await remove(account, 'bob', 'red'))).toBe('GROUP_USER_DOES_NOT_EXISTS')
    expect(codeOf(await remove(account, 'nobody', 'red'))).toBe('USER_NOT_FOUND')
    expect(codeOf(await remove(account, 'ann', 'nothing'))).toBe('GROUP_NOT_FOUND')
  })

  it('Z12 let one of many equal links through', async () => {
    const account = await peopleAndGroups()
    const ctx = await contextOf(account)
    const groupUser = { userId: 'ann', groupId: 'red' }
    const codes = (await Promise.all(Array.from({ length: 10 }, () => runAction(addGroupUser, ctx, { groupUser })))).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'GROUP_USER_ALREADY_EXISTS')).toHaveLength(9)
  })

  it('Z01 reach nobody of another account', async () => {
    const [own, other] = [await newAccount(), await peopleAndGroups()]
    data(await add(other, { userId: 'ann', groupId: 'red' }))
    expect(codeOf(await add(own, { userId: 'ann', groupId: 'red' }))).toBe('USER_NOT_FOUND')
    expect(codeOf(await add(own, { userId: own.adminUserId, groupId: 'red' }))).toBe('GROUP_NOT_FOUND')
    expect(codeOf(await remove(own, 'ann', 'red'))).toBe('USER_NOT_FOUND')
    expect((await list(own, { groupIdEqual: 'red' })).objects).toEqual([])
    expect(await groupsOf(other, 'ann')).toEqual(['red'])
  })
})

describe('groupUser.list', () => {
  it('needs a user or a group to list for', async () => {
    const account = await peopleAndGroups()
    for (const filter of [undefined, {}, { statusEqual: 0 as const }, { userIdEqual: '', groupIdIn: '' }])
      expect(codeOf(await asAdmin(account, listGroupUsers, { filter }))).toBe('PROPERTY_VALIDATION_CANNOT_BE_NULL')
  })

  it('filters, orders and pages', async () => {
    const account = await peopleAndGroups()
    const ctx = await contextOf(account)
    const at = (hour: number, userId: string, groupId: string) =>
      runAction(addGroupUser, { ...ctx, now: Date.UTC(2026, 0, 5, hour) }, { groupUser: { userId, groupId } }).then(data)
    await at(8, 'ann', 'red')
    await at(9, 'bob', 'red')
    await at(10, 'ann', 'blue')
    const nine = Date.UTC(2026, 0, 5, 9) / 1000
    const found: [Filter, string[]][] = [
      [{ groupIdEqual: 'RED' }, ['bob:red', 'ann:red']],
      [{ groupIdEqual: 'red', orderBy: '+createdAt' }, ['ann:red', 'bob:red']],
      [{ userIdEqual: 'ann' }, ['ann:blue', 'ann:red']],
      [{ userIdEqual: 'ann', groupIdEqual: 'blue' }, ['ann:blue']],
      [{ userIdIn: 'ann,BOB', groupIdIn: 'red,nothing' }, ['bob:red', 'ann:red']],
      [{ userIdIn: 'ann,bob', createdAtGreaterThanOrEqual: nine }, ['ann:blue', 'bob:red']],
      [{ userIdIn: 'ann,bob', updatedAtLessThanOrEqual: nine }, ['bob:red', 'ann:red']],
      [{ userIdEqual: 'ann', statusEqual: 0 }, ['ann:blue', 'ann:red']],
      [{ userIdEqual: 'ann', statusEqual: 1 }, []],
      [{ userIdEqual: 'ann', groupType: 2 }, []],
    ]
    for (const [filter, ids] of found) {
      const { objects, totalCount } = await list(account, filter)
      expect(
        objects.map((link) => link.id),
        JSON.stringify(filter),
      ).toEqual(ids)
      expect(totalCount).toBe(ids.length)
    }
    const page = await list(account, { userIdIn: 'ann,bob' }, { pageSize: 1, pageIndex: 2 })
    expect([page.objects.map((link) => link.id), page.totalCount]).toEqual([['bob:red'], 3])
  })
})

describe('groupUser.sync', () => {
  it('makes the groups of a user those that are named, new ones too', async () => {
    const account = await peopleAndGroups()
    data(await add(account, { userId: 'ann', groupId: 'red' }))
    const done = data(await sync(account, 'blue, Green,BLUE'))
    expect(done).toMatchObject({ objectType: 'KalturaBulkUpload', status: 5, numOfObjects: 3 })
    expect(await groupsOf(account, 'ann')).toEqual(['Green', 'blue'])
    expect(await storedUser(account, 'green')).toMatchObject({ type: 1, screenName: 'Green' })
    const [link] = (await list(account, { groupIdEqual: 'green' })).objects
    expect(link).toMatchObject({ creationMode: 2, userRole: 1 })
    expect(data(await sync(account, 'blue,green')).numOfObjects).toBe(0)
    data(await sync(account, ''))
    expect(await groupsOf(account, 'ann')).toEqual([])
  })

  it('keeps other groups, and adds none, if so asked', async () => {
    const account = await peopleAndGroups()
    data(await add(account, { userId: 'ann', groupId: 'red' }))
    data(await sync(account, 'blue', { removeFromExistingGroups: false }))
    expect(await groupsOf(account, 'ann')).toEqual(['blue', 'red'])
    expect(codeOf(await sync(account, 'green', { createNewGroups: false }))).toBe('GROUP_NOT_FOUND')
  })

  it('does all or nothing', async () => {
    const account = await peopleAndGroups()
    data(await add(account, { userId: 'ann', groupId: 'red' }))
    expect(codeOf(await sync(account, 'green,bob'))).toBe('GROUP_NOT_FOUND')
    expect(codeOf(await sync(account, 'green,a b'))).toBe('INVALID_FIELD_VALUE')
    expect(codeOf(await asAdmin(account, syncGroupUser, { userId: 'blue', groupIds: 'red' }))).toBe('USER_NOT_FOUND')
    expect(await storedUser(account, 'green')).toBeNull()
    expect(await groupsOf(account, 'ann')).toEqual(['red'])
  })

  it('Z04 adds groups only for a caller who may add users', async () => {
    const account = await peopleAndGroups()
    const role = await makeRole(account.partnerId, ['ADMIN_USER_UPDATE'])
    const ctx = await contextOf(account, { privileges: `setrole:${role}` })
    const as = async (groupIds: string) => codeOf(await runAction(syncGroupUser, ctx, { userId: 'ann', groupIds }))
    expect(await as('green')).toBe('SERVICE_FORBIDDEN')
    expect(await as('red')).toBe('OK')
  })

  it('X01 writes down each group among the changes of the user', async () => {
    const account = await peopleAndGroups()
    data(await sync(account, 'red'))
    data(await sync(account, 'blue'))
    const targetKey = (await storedUser(account, 'ann'))?.key
    const entries = await acrossPartners(() => listAuditEntries(account.partnerId, { targetType: 'user', targetKey }, 10))
    const links = entries.filter((entry) => entry.action === 'groupUser.sync').map((entry) => entry.changes.group)
    expect(links.reverse()).toEqual([{ after: 'red' }, { after: 'blue' }, { before: 'red' }])
  })

  it('lets two syncs at once follow each other', async () => {
    const account = await peopleAndGroups()
    const ctx = await contextOf(account)
    const results = await Promise.all(
      ['red', 'blue', 'green', 'blue,red'].map((groupIds) => runAction(syncGroupUser, ctx, { userId: 'ann', groupIds })),
    )
    expect(results.map(codeOf)).toEqual(['OK', 'OK', 'OK', 'OK'])
    expect([['red'], ['blue'], ['green'], ['blue', 'red']]).toContainEqual(await groupsOf(account, 'ann'))
  })
})
