import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { usher } from './usher'
import { type Account, clientOf, expectError, ksVersion2, raw, user } from './wire-client'

/** Who may be changed how, and how lists are asked for, by the official client: the rules that old programs count on. */
const { User } = kaltura.objects
const { UserStatus } = kaltura.enums

const domain = `${randomUUID()}.example`

let account: Account
let client: Client
let address: string

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000)
  address = baseURL ?? ''
  account = await usher<Account>('partner.create', {
    name: 'Lists',
    adminEmail: `owner@${domain}`,
    adminPassword: 'A-copper-lantern-1',
  })
  await usher('partner.update', { partnerId: account.partnerId, adminLoginUsersQuota: -1 })
  client = clientOf(address, ksVersion2(account))
  await add({ id: 'active' })
  await add({ id: 'blocked', status: UserStatus.BLOCKED })
  await add({ id: 'deleted' })
  await user.deleteAction('deleted').execute(client)
  await add({ id: 'admin', isAdmin: true, email: `admin@${domain}`, password: 'A-copper-lantern-2' })
})

const add = (values: object) => user.add(new User(values)).execute(client)
const update = (userId: string, values: object, as = client) => raw('user', 'update', { userId, user: values }).execute(as)

test.describe('B8 administrators', () => {
  test('the account owner is not blocked, deleted or demoted', async () => {
    const owner = account.adminUserId
    for (const status of [UserStatus.BLOCKED, UserStatus.DELETED])
      await expectError(update(owner, { status }), 'CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER', [])
    await expectError(user.deleteAction(owner).execute(client), 'CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER', [])
    await expectError(user.demoteAdmin(owner).execute(client), 'CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN', [])
    expect(await user.get(owner).execute(client)).toMatchObject({
      status: UserStatus.ACTIVE,
      isAdmin: true,
      isAccountOwner: true,
    })
  })

  test('no administrator becomes an ordinary user by update, changes his own role, or loses sign-in', async () => {
    await expectError(update('admin', { isAdmin: false }), 'CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN', [])
    await expectError(user.disableLogin('admin').execute(client), 'CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER', [])
    const own = clientOf(address, ksVersion2(account, { userId: 'admin' }))
    await expectError(update('admin', { roleIds: '' }, own), 'CANNOT_CHANGE_OWN_ROLE', [])
  })
})

type Listed = { totalCount: number; objects: { id: string }[] }

const list = async (filter: object = {}, pager: object = {}, as = client) =>
  (await raw('user', 'list', { filter, pager }).execute(as)) as Listed
const idsOf = ({ objects }: Listed) => objects.map(({ id }) => id).toSorted()

test.describe('B10 lists', () => {
  test('sizes and pages out of bounds are brought within', async () => {
    const everybody = idsOf(await list())
    for (const pager of [{ pageSize: 0 }, { pageSize: -1 }])
      expect(await list({}, pager)).toMatchObject({ totalCount: everybody.length, objects: [] })
    for (const pager of [{ pageIndex: 0 }, { pageIndex: -1 }, { pageSize: 501 }, { pageSize: 500, pageIndex: 1 }])
      expect(idsOf(await list({}, pager))).toEqual(everybody)
    expect(await list({}, { pageSize: 500, pageIndex: 20 })).toMatchObject({ totalCount: everybody.length, objects: [] })
    await expectError(list({}, { pageSize: 500, pageIndex: 21 }), 'QUERY_EXCEEDED_MAX_MATCHES_ALLOWED', [])
  })

  test('the blocked are listed, the deleted only when their status is asked for', async () => {
    const living = ['active', 'admin', 'blocked', account.adminUserId].toSorted()
    expect(idsOf(await list())).toEqual(living)
    expect(idsOf(await list({ statusEqual: UserStatus.DELETED }))).toEqual(['deleted'])
    expect(idsOf(await list({ statusIn: '0,1,2' }))).toEqual(['deleted', ...living].toSorted())
    expect(idsOf(await list({ statusIn: '0' }))).toEqual(['blocked'])
  })
})

test.describe('B13 values', () => {
  test('small times count from now, or from the moment that the session names', async () => {
    expect((await list({ createdAtGreaterThanOrEqual: -3_600 })).totalCount).toBe(4)
    expect((await list({ createdAtLessThanOrEqual: -3_600 })).totalCount).toBe(0)
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400
    const later = clientOf(address, ksVersion2(account, { privileges: `reftime:${tomorrow}` }))
    expect((await list({ createdAtGreaterThanOrEqual: -3_600 }, {}, later)).totalCount).toBe(0)
    expect((await list({ createdAtLessThanOrEqual: -3_600 }, {}, later)).totalCount).toBe(4)
  })

  test('a name with __null clears the field, and an unknown name changes nothing', async () => {
    await add({ id: 'cleared', city: 'Rome', country: 'IT' })
    const after = await update('cleared', { city__null: '', shoeSize: 43, country: 'FR' })
    expect(after).toMatchObject({ id: 'cleared', country: 'FR' })
    expect(after).not.toHaveProperty('city')
    expect(after).not.toHaveProperty('shoeSize')
    await user.deleteAction('cleared').execute(client)
  })

  test('what is no value of an enumeration is refused by its name', async () => {
    const args = { ENUM_VAL: '9', PARAM_NAME: 'statusEqual', ENUM_TYPE: 'KalturaUserStatus' }
    await expectError(list({ statusEqual: 9 }), 'INVALID_ENUM_VALUE', args)
    expect((await list({ loginEnabledEqual: 'true' })).totalCount).toBe(2)
  })
})
