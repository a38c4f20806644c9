import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { addGroupUser } from '@/lib/group-user/actions/add-group-user'
import { listGroupUsers } from '@/lib/group-user/actions/list-group-users'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { restoreUser } from '@/lib/user/actions/restore-user'
import { updateUser } from '@/lib/user/actions/update-user'
import type { GroupData } from '../schema'
import { addGroup } from './add-group'
import { deleteGroup } from './delete-group'
import { getGroup } from './get-group'
import { listGroups } from './list-groups'
import { updateGroup } from './update-group'

freshDatabase()

const add = async (account: Account, group: GroupData) => data(await asAdmin(account, addGroup, { group }))
const get = async (account: Account, groupId: string) => data(await asAdmin(account, getGroup, { groupId }))
const update = (account: Account, groupId: string, group: GroupData) => asAdmin(account, updateGroup, { groupId, group })
const remove = (account: Account, groupId: string) => asAdmin(account, deleteGroup, { groupId })

async function enter(account: Account, userId: string, groupId: string) {
  data(await asAdmin(account, addUser, { user: { id: userId } }))
  data(await asAdmin(account, addGroupUser, { groupUser: { userId, groupId } }))
}

const linksOf = async (account: Account, groupId: string) => {
  const { objects } = data(await asAdmin(account, listGroupUsers, { filter: { groupIdEqual: groupId } }))
  return objects.map((link) => link.userId).sort()
}

describe('group_group.add', () => {
  it('adds a group, which is listed among the users too', async () => {
    const account = await newAccount()
    const added = await add(account, { id: 'team', description: 'Us', capabilities: [{ capability: '0' }], tags: 'a, b,a' })
    expect(added).toMatchObject({
      objectType: 'KalturaGroup',
      id: 'team',
      screenName: 'team',
      description: 'Us',
      tags: 'a,b',
      capabilities: [{ capability: '0' }],
      groupType: 1,
      membersCount: 0,
      processStatus: 0,
      status: 1,
    })
    expect(await get(account, 'TEAM')).toEqual(added)
    const users = data(await asAdmin(account, listUsers, { filter: { typeEqual: 1 } }))
    expect(users.objects.map((user) => user.id)).toEqual(['team'])
  })

  it('refuses what the contract refuses', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    data(await asAdmin(account, addUser, { user: { id: 'ann' } }))
    const codes: [string, GroupData][] = [
      ['PROPERTY_VALIDATION_CANNOT_BE_NULL', {}],
      ['INVALID_FIELD_VALUE', { id: 'a b' }],
      ['DUPLICATE_GROUP_BY_ID', { id: 'Team' }],
      ['DUPLICATE_GROUP_BY_ID', { id: 'ann' }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { id: 'x', membersCount: 4 }],
      ['PROPERTY_VALIDATION_NOT_UPDATABLE', { id: 'x', partnerId: 4 }],
      ['UNSAFE_HTML_TAGS', { id: 'x', screenName: '<b>' }],
      ['INVALID_ENUM_VALUE', { id: 'x', groupType: 0 as 1 }],
    ]
    for (const [code, group] of codes)
      expect(codeOf(await asAdmin(account, addGroup, { group })), JSON.stringify(group)).toBe(code)
  })
})

describe('group_group.update', () => {
  it('changes what is sent, renames, and takes back a fetched group', async () => {
    const account = await newAccount()
    await add(account, { id: 'team', description: 'Us' })
    await enter(account, 'ann', 'team')
    const { objectType: _, ...fetched } = await get(account, 'team')
    expect(data(await update(account, 'team', { ...fetched, city: 'Bern' }))).toMatchObject({ city: 'Bern', membersCount: 1 })
    expect(data(await update(account, 'team', { id: 'crew', description: null }))).toMatchObject({ id: 'crew', description: '' })
    expect(await linksOf(account, 'crew')).toEqual(['ann'])
    expect(codeOf(await update(account, 'crew', { id: 'ann' }))).toBe('DUPLICATE_GROUP_BY_ID')
    expect(codeOf(await update(account, 'crew', { membersCount: 9 }))).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
  })

  it('keeps an applicative group one', async () => {
    const account = await newAccount()
    await add(account, { id: 'app', groupType: 2 })
    expect(codeOf(await update(account, 'app', { groupType: 1 }))).toBe('APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED')
    await add(account, { id: 'team' })
    expect(data(await update(account, 'team', { groupType: 2 })).groupType).toBe(2)
  })

  it('blocks, unblocks and deletes by the status', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    expect(data(await update(account, 'team', { status: 0 })).status).toBe(0)
    expect(data(await update(account, 'team', { status: 1 })).status).toBe(1)
    expect(data(await update(account, 'team', { status: 2 })).status).toBe(2)
    expect(codeOf(await update(account, 'team', { status: 1 }))).toBe('INVALID_GROUP_ID')
  })

  it('Z01 Z03 reaches no group of another account, and no person', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    await add(other, { id: 'team' })
    const tries = { foreign: 'team', person: own.adminUserId, unknown: 'nobody' }
    for (const [what, groupId] of Object.entries(tries)) {
      expect(codeOf(await update(own, groupId, { city: 'x' })), what).toBe('INVALID_GROUP_ID')
      expect(codeOf(await remove(own, groupId)), what).toBe('INVALID_GROUP_ID')
      expect(codeOf(await asAdmin(own, getGroup, { groupId })), what).toBe('INVALID_GROUP_ID')
    }
    expect((await get(other, 'team')).city).toBeNull()
  })

  it('Z08 is refused where the group has rights that the caller lacks', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    data(await asAdmin(account, updateUser, { userId: 'team', user: { roleIds: '1' } }))
    const role = await makeRole(account.partnerId, ['ADMIN_USER_UPDATE', 'ADMIN_USER_DELETE'])
    const ctx = await contextOf(account, { privileges: `setrole:${role}` })
    expect(codeOf(await runAction(updateGroup, ctx, { groupId: 'team', group: { city: 'x' } }))).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(deleteGroup, ctx, { groupId: 'team' }))).toBe('SERVICE_FORBIDDEN')
  })
})

describe('group_group.delete', () => {
  it('takes its members’ links out of sight, and restoring the group brings them back', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    await enter(account, 'ann', 'team')
    expect(data(await remove(account, 'team'))).toMatchObject({ status: 2 })
    expect(codeOf(await asAdmin(account, getGroup, { groupId: 'team' }))).toBe('INVALID_GROUP_ID')
    const links = async () => data(await asAdmin(account, listGroupUsers, { filter: { userIdEqual: 'ann' } })).totalCount
    expect(await links()).toBe(0)
    expect(await storedUser(account, 'ann')).not.toBeNull()
    data(await asAdmin(account, restoreUser, { userId: 'team' }))
    expect(await links()).toBe(1)
  })

  it('gives a new group of the same id none of the former members', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    await enter(account, 'ann', 'team')
    data(await remove(account, 'team'))
    expect((await add(account, { id: 'team' })).membersCount).toBe(0)
    expect(await linksOf(account, 'team')).toEqual([])
  })

  it('counts nobody who is deleted, and counts him again when he is restored', async () => {
    const account = await newAccount()
    await add(account, { id: 'team' })
    await enter(account, 'ann', 'team')
    await enter(account, 'bob', 'team')
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    expect((await get(account, 'team')).membersCount).toBe(1)
    expect(await linksOf(account, 'team')).toEqual(['bob'])
    data(await asAdmin(account, restoreUser, { userId: 'ann' }))
    expect((await get(account, 'team')).membersCount).toBe(2)
    expect(await linksOf(account, 'team')).toEqual(['ann', 'bob'])
  })
})

describe('group_group.list', () => {
  it('lists groups only, by the filters of users', async () => {
    const account = await newAccount()
    for (const group of [{ id: 'team-a', tags: 'x' }, { id: 'team-b' }, { id: 'app', groupType: 2 as const }])
      await add(account, group)
    await enter(account, 'ann', 'team-a')
    const list = async (filter = {}, pager = {}) => {
      const { objects, totalCount } = data(await asAdmin(account, listGroups, { filter: { orderBy: '+id', ...filter }, pager }))
      return { ids: objects.map((group) => group.id), counts: objects.map((group) => group.membersCount), totalCount }
    }
    expect(await list()).toEqual({ ids: ['app', 'team-a', 'team-b'], counts: [0, 1, 0], totalCount: 3 })
    expect((await list({ groupType: 2 })).ids).toEqual(['app'])
    expect((await list({ typeEqual: 0 })).ids).toEqual([])
    expect((await list({ idOrScreenNameStartsWith: 'TEAM' })).ids).toEqual(['team-a', 'team-b'])
    expect((await list({ tagsMultiLikeOr: 'x' })).ids).toEqual(['team-a'])
    expect(await list({}, { pageSize: 1, pageIndex: 2 })).toEqual({ ids: ['team-a'], counts: [1], totalCount: 3 })
    expect(await list({ idEqual: 'team-b' }, { pageSize: 0 })).toEqual({ ids: [], counts: [], totalCount: 1 })
  })

  it('Z01 Z02 shows nothing of another account', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    await add(other, { id: 'team' })
    for (const filter of [{}, { partnerIdEqual: other.partnerId }, { idEqual: 'team' }])
      expect(data(await asAdmin(own, listGroups, { filter })).objects).toEqual([])
  })
})
