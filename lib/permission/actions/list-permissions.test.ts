import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { freshDatabase } from '@/db/testing'
import { permissions } from '@/lib/action/permissions'
import { asAdmin, data, newAccount } from '@/lib/testing'
import type { PermissionFilter } from '../schema'
import { listPermissions } from './list-permissions'

freshDatabase()

describe('permission.list', () => {
  it('lists every permission that a role can grant, by filter, order and page', async () => {
    const account = await newAccount()
    const list = async (filter: z.input<typeof PermissionFilter> = {}, pager = { pageSize: 500 }) =>
      data(await asAdmin(account, listPermissions, { filter, pager }))
    const names = async (...args: Parameters<typeof list>) => (await list(...args)).objects.map((permission) => permission.name)

    const all = await list()
    expect(all.objects.map((permission) => permission.name)).toEqual(Object.keys(permissions))
    expect(all.totalCount).toBe(Object.keys(permissions).length)
    expect(all.objects[0]).toEqual({
      objectType: 'KalturaPermission',
      type: 1,
      name: 'ADMIN_BASE',
      friendlyName: permissions.ADMIN_BASE,
      description: permissions.ADMIN_BASE,
      status: 1,
      partnerId: 0,
    })
    expect(await names({ nameEqual: 'ADMIN_USER_ADD' })).toEqual(['ADMIN_USER_ADD'])
    expect(await names({ nameIn: 'ADMIN_USER_ADD,nothing' })).toEqual(['ADMIN_USER_ADD'])
    expect(await names({ friendlyNameLike: 'ROLES', orderBy: '-name' })).toEqual([
      'ADMIN_ROLE_UPDATE',
      'ADMIN_ROLE_DELETE',
      'ADMIN_ROLE_ADD',
    ])
    expect(await names({ typeEqual: 2 })).toEqual([])
    expect(await names({ partnerIdEqual: account.partnerId })).toEqual([])
    expect(await names({ orderBy: '+name' }, { pageSize: 1 })).toEqual(['ACCOUNT_BASE'])
  })
})
