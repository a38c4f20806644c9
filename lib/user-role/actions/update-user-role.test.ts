import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { type Account, asAdmin, codeOf, contextOf, data, ksOf, newAccount } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { restoreUser } from '@/lib/user/actions/restore-user'
import { updatePartner } from '../../partner/actions/update-partner'
import { operatorContext } from '../../testing'
import type { UserRoleData } from '../schema'
import { addUserRole } from './add-user-role'
import { cloneUserRole } from './clone-user-role'
import { deleteUserRole } from './delete-user-role'
import { getUserRole } from './get-user-role'
import { updateUserRole } from './update-user-role'

freshDatabase()

const publisherAdministrator = 1

const add = async (account: Account, userRole: UserRoleData) => data(await asAdmin(account, addUserRole, { userRole }))
const update = (account: Account, userRoleId: number, userRole: UserRoleData) =>
  asAdmin(account, updateUserRole, { userRoleId, userRole })

/** The context of a user who holds a role with these permissions and no other. */
async function holderOf(account: Account, id: string, permissionNames: string) {
  const role = await add(account, { name: `Role of ${id}`, permissionNames })
  data(await asAdmin(account, addUser, { user: { id, roleIds: String(role.id) } }))
  return { role, ctx: await contextOf(account, { userId: id }) }
}

describe('userRole.add', () => {
  it('adds a role that is then read as it was given', async () => {
    const account = await newAccount()
    const added = await add(account, { name: 'Reader', permissionNames: 'ADMIN_BASE, KMC_ACCESS,ADMIN_BASE', tags: 'kmc' })
    expect(added).toMatchObject({ name: 'Reader', status: 1, partnerId: account.partnerId, tags: 'kmc' })
    expect(added.permissionNames).toBe('ADMIN_BASE,KMC_ACCESS')
    expect(data(await asAdmin(account, getUserRole, { userRoleId: added.id }))).toEqual(added)
  })

  it('refuses what the contract refuses', async () => {
    const account = await newAccount()
    await add(account, { name: 'Taken' })
    const codes = {
      PROPERTY_VALIDATION_CANNOT_BE_NULL: { permissionNames: 'ADMIN_BASE' },
      ROLE_NAME_ALREADY_EXISTS: { name: 'Taken' },
      PERMISSION_NOT_FOUND: { name: 'x', permissionNames: 'ADMIN_BASE,constructor' },
      PROPERTY_VALIDATION_NOT_UPDATABLE: { name: 'x', id: 7 },
      UNSAFE_HTML_TAGS: { name: '<b>x' },
      INVALID_ENUM_VALUE: { name: 'x', status: 3 as 1 },
    }
    for (const [code, userRole] of Object.entries(codes))
      expect(codeOf(await asAdmin(account, addUserRole, { userRole })), code).toBe(code)
  })

  it('Z12 lets one of many roles of the same name through', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account)
    const tries = Array.from({ length: 10 }, () => runAction(addUserRole, ctx, { userRole: { name: 'Race' } }))
    const codes = (await Promise.all(tries)).map(codeOf)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'ROLE_NAME_ALREADY_EXISTS')).toHaveLength(9)
  })
})

describe('userRole.update', () => {
  it('changes what is sent, clears what is null, takes back a fetched role', async () => {
    const account = await newAccount()
    const role = await add(account, { name: 'Reader', description: 'reads', tags: 'kmc', permissionNames: 'ADMIN_BASE' })
    const fetched = data(await asAdmin(account, getUserRole, { userRoleId: role.id }))
    const { status: _, ...sent } = fetched
    expect(data(await update(account, role.id, { ...sent, name: 'Writer', tags: null }))).toMatchObject({
      name: 'Writer',
      description: 'reads',
      tags: null,
      permissionNames: 'ADMIN_BASE',
    })
  })

  it('takes effect on the next call of its holders, whose sessions go on', async () => {
    const account = await newAccount()
    const { role } = await holderOf(account, 'reader', 'ADMIN_BASE')
    const ks = await ksOf(account, { userId: 'reader' })
    const list = async () => {
      const ctx = await withKs(newContext({ origin: 'wire' }), ks, { action: 'user.list', uri: '/' })
      return codeOf(await runAction(listUsers, ctx, {}))
    }
    expect(await list()).toBe('OK')
    data(await update(account, role.id, { permissionNames: 'KMC_ACCESS' }))
    expect(await list()).toBe('SERVICE_FORBIDDEN')
    data(await update(account, role.id, { permissionNames: 'ADMIN_BASE' }))
    expect(await list()).toBe('OK')
    data(await update(account, role.id, { status: 2 }))
    expect(await list(), 'a blocked role grants nothing').toBe('SERVICE_FORBIDDEN')
  })

  it('Z01 reaches no role of another account or of the system', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    const role = await add(other, { name: 'Theirs' })
    const ids = { foreign: role.id, system: publisherAdministrator, unknown: 999_999 }
    for (const [what, id] of Object.entries(ids)) {
      expect(codeOf(await update(own, id, { name: 'Mine' })), what).toBe('INVALID_OBJECT_ID')
      expect(codeOf(await asAdmin(own, deleteUserRole, { userRoleId: id })), what).toBe('INVALID_OBJECT_ID')
    }
    expect(codeOf(await asAdmin(own, getUserRole, { userRoleId: role.id }))).toBe('INVALID_OBJECT_ID')
    expect(codeOf(await asAdmin(own, cloneUserRole, { userRoleId: role.id }))).toBe('INVALID_OBJECT_ID')
    expect(data(await asAdmin(other, getUserRole, { userRoleId: role.id })).name).toBe('Theirs')
  })

  it('Z07 Z08 gives nobody more than he has, by adding, changing, unblocking or copying', async () => {
    const account = await newAccount()
    const mayRoles = 'ADMIN_BASE,ADMIN_ROLE_ADD,ADMIN_ROLE_UPDATE,ADMIN_ROLE_DELETE'
    const { role, ctx } = await holderOf(account, 'helper', mayRoles)
    const strong = await add(account, { name: 'Strong', permissionNames: 'ADMIN_USER_DELETE', status: 2 })
    const tries = {
      'add all': runAction(addUserRole, ctx, { userRole: { name: 'a', permissionNames: '*' } }),
      'add one': runAction(addUserRole, ctx, { userRole: { name: 'b', permissionNames: 'ADMIN_USER_DELETE' } }),
      'raise his own': runAction(updateUserRole, ctx, {
        userRoleId: role.id,
        userRole: { permissionNames: `${mayRoles},ADMIN_USER_ADD` },
      }),
      unblock: runAction(updateUserRole, ctx, { userRoleId: strong.id, userRole: { status: 1 } }),
      weaken: runAction(updateUserRole, ctx, { userRoleId: strong.id, userRole: { permissionNames: '' } }),
      copy: runAction(cloneUserRole, ctx, { userRoleId: publisherAdministrator }),
      delete: runAction(deleteUserRole, ctx, { userRoleId: strong.id }),
    }
    for (const [what, result] of Object.entries(tries)) expect(codeOf(await result), what).toBe('SERVICE_FORBIDDEN')
    expect(codeOf(await runAction(addUserRole, ctx, { userRole: { name: 'c', permissionNames: 'ADMIN_BASE' } }))).toBe('OK')
  })

  it('keeps the role in force that the account gives by itself', async () => {
    const account = await newAccount()
    const role = await add(account, { name: 'Ours', permissionNames: '*' })
    data(await runAction(updatePartner, operatorContext(), { partnerId: account.partnerId, adminRoleId: role.id }))
    expect(codeOf(await update(account, role.id, { status: 2 }))).toBe('ROLE_IS_BEING_USED')
    expect(codeOf(await asAdmin(account, deleteUserRole, { userRoleId: role.id }))).toBe('ROLE_IS_BEING_USED')
  })
})

describe('userRole.delete', () => {
  it('deletes what nobody holds, and frees the name', async () => {
    const account = await newAccount()
    const { role } = await holderOf(account, 'reader', 'ADMIN_BASE')
    const remove = () => asAdmin(account, deleteUserRole, { userRoleId: role.id })
    expect(codeOf(await remove())).toBe('ROLE_IS_BEING_USED')
    data(await asAdmin(account, deleteUser, { userId: 'reader' }))
    expect(data(await remove())).toMatchObject({ id: role.id, status: 3 })
    expect(codeOf(await remove())).toBe('INVALID_OBJECT_ID')
    expect((await add(account, { name: role.name })).id).not.toBe(role.id)
  })

  it('Z08 grants nothing any more to a holder who is restored', async () => {
    const account = await newAccount()
    const { role } = await holderOf(account, 'reader', 'ADMIN_BASE')
    data(await asAdmin(account, deleteUser, { userId: 'reader' }))
    data(await asAdmin(account, deleteUserRole, { userRoleId: role.id }))
    data(await asAdmin(account, restoreUser, { userId: 'reader' }))
    const later = { now: Date.now() + 1000 }
    const ctx = await contextOf(account, { userId: 'reader', at: later })
    expect(codeOf(await runAction(listUsers, ctx, {}))).toBe('SERVICE_FORBIDDEN')
  })
})

describe('userRole.clone', () => {
  it('copies a role of the system into the account, with the time in its name', async () => {
    const account = await newAccount()
    const ctx = { ...(await contextOf(account)), now: Date.UTC(2026, 0, 5, 12) }
    const copy = data(await runAction(cloneUserRole, ctx, { userRoleId: publisherAdministrator }))
    expect(copy).toMatchObject({
      name: 'Publisher Administrator copy (2026-01-05 12:00:00)',
      systemName: null,
      partnerId: account.partnerId,
      permissionNames: '*',
      tags: 'kmc,partner_admin',
    })
    expect(codeOf(await runAction(cloneUserRole, ctx, { userRoleId: publisherAdministrator }))).toBe('ROLE_NAME_ALREADY_EXISTS')
  })
})
