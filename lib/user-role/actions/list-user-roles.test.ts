import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { type Account, asAdmin, codeOf, data, newAccount } from '@/lib/testing'
import type { UserRoleData, UserRoleFilter } from '../schema'
import { addUserRole } from './add-user-role'
import { deleteUserRole } from './delete-user-role'
import { listUserRoles } from './list-user-roles'

freshDatabase()

async function roles() {
  const account = await newAccount()
  const add = async (userRole: UserRoleData) => data(await asAdmin(account, addUserRole, { userRole }))
  const editor = await add({ name: 'Editor', systemName: 'EDITOR', description: 'Édits people', tags: 'kmc,team' })
  const auditor = await add({ name: 'Auditor', description: 'Reads', tags: 'kmc', status: 2, permissionNames: 'ADMIN_BASE' })
  const gone = await add({ name: 'Gone' })
  data(await asAdmin(account, deleteUserRole, { userRoleId: gone.id }))
  return { account, editor, auditor }
}

const list = async (account: Account, filter: Partial<UserRoleFilter> = {}, pager = {}) =>
  data(await asAdmin(account, listUserRoles, { filter, pager }))

const names = async (account: Account, filter: Partial<UserRoleFilter>) =>
  (await list(account, { partnerIdEqual: account.partnerId, ...filter })).objects.map((role) => role.name)

describe('userRole.list', () => {
  it('lists the roles of the system, then the account’s own, without the deleted', async () => {
    const { account } = await roles()
    const { objects, totalCount } = await list(account)
    expect(objects.map((role) => role.name)).toEqual([
      'Basic User Session Role',
      'No Session',
      'Playback Base',
      'Publisher Administrator',
      'Widget Session',
      'Auditor',
      'Editor',
    ])
    expect(totalCount).toBe(7)
  })

  it('filters by every field of the contract', async () => {
    const { account, editor, auditor } = await roles()
    const found: [Partial<UserRoleFilter>, string[]][] = [
      [{ idEqual: editor.id }, ['Editor']],
      [{ idIn: `${editor.id}, ${auditor.id}` }, ['Auditor', 'Editor']],
      [{ nameEqual: 'Auditor' }, ['Auditor']],
      [{ nameIn: 'Auditor,Nobody' }, ['Auditor']],
      [{ systemNameEqual: 'EDITOR' }, ['Editor']],
      [{ systemNameIn: 'x,EDITOR' }, ['Editor']],
      [{ descriptionLike: 'EDITS' }, ['Editor']],
      [{ statusEqual: 2 }, ['Auditor']],
      [{ statusIn: '1,3' }, ['Editor']],
      [{ partnerIdIn: '0' }, []],
      [{ tagsMultiLikeOr: 'team,other' }, ['Editor']],
      [{ tagsMultiLikeAnd: 'kmc,team' }, ['Editor']],
      [{ createdAtGreaterThanOrEqual: editor.createdAt + 3600 }, []],
      [{ updatedAtLessThanOrEqual: editor.createdAt + 3600 }, ['Auditor', 'Editor']],
    ]
    for (const [filter, expected] of found) expect(await names(account, filter), JSON.stringify(filter)).toEqual(expected)
  })

  it('orders and pages', async () => {
    const { account } = await roles()
    expect(await names(account, { orderBy: '-name' })).toEqual(['Editor', 'Auditor'])
    expect(await names(account, { orderBy: '+id' })).toEqual(['Editor', 'Auditor'])
    expect(await names(account, { orderBy: 'nonsense,-createdAt,+name' })).toHaveLength(2)
    const second = await list(account, { orderBy: '+name' }, { pageSize: 2, pageIndex: 2 })
    expect(second.objects.map((role) => role.name)).toEqual(['Editor', 'No Session'])
    expect(second.totalCount).toBe(7)
    expect(codeOf(await asAdmin(account, listUserRoles, { pager: { pageIndex: 10_000 } }))).toBe(
      'QUERY_EXCEEDED_MAX_MATCHES_ALLOWED',
    )
  })

  it('Z01 Z02 shows nothing of another account, whatever the filter says', async () => {
    const [{ account, editor }, other] = [await roles(), await newAccount()]
    expect((await list(other, { partnerIdEqual: account.partnerId })).objects).toEqual([])
    expect((await list(other, { idEqual: editor.id })).objects).toEqual([])
  })
})
