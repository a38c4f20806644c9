import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { cpuTime } from '@/lib/cpu-testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount } from '@/lib/testing'
import { ListUsersInput, type UserData, type UserFilter } from '../schema'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { listUsers } from './list-users'
import { login } from './login'

freshDatabase()

const start = Date.UTC(2025, 0, 1)
const second = (number: number) => start / 1000 + number

let account: Account

const people: Partial<UserData>[] = [
  { id: 'anna', firstName: 'Ánna', lastName: 'Müller', email: 'anna@acme.example', screenName: 'annie', tags: 'Staff,eu' },
  { id: 'bob', firstName: 'Bob', lastName: 'Anders', email: 'bob_100%@acme.example', tags: 'staff' },
  { id: 'li', firstName: '建国', lastName: '李', screenName: '李建国', status: 0 },
  { id: 'grp', type: 1, screenName: 'Group' },
  { id: 'adm', isAdmin: true, firstName: 'Zoë', lastName: "O'Neil" },
  { id: 'gone', firstName: 'Gone' },
  { id: 'viewer', roleIds: '2', firstName: 'Anderson' },
]

beforeAll(async () => {
  account = await newAccount()
  for (const [number, user] of people.entries()) {
    const ctx = await contextOf(account, { at: { now: start + number * 1000 } })
    const email = user.isAdmin ? `adm-${account.partnerId}@acme.example` : user.email
    data(
      await runAction(addUser, ctx, {
        user: {
          ...user,
          email,
          ...(user.id === 'bob' && { password: goodPassword, email: `bob_100%x${account.partnerId}@acme.example` }),
        },
      }),
    )
  }
  data(await asAdmin(account, deleteUser, { userId: 'gone' }))
})

const idsOf = async (filter: Partial<UserFilter>, pager: object = {}) =>
  data(
    await asAdmin(account, listUsers, {
      filter: { idIn: 'anna,bob,li,grp,adm,gone,viewer', orderBy: '+createdAt', ...filter },
      pager,
    }),
  ).objects.map((user) => user.id)

const cases: [name: string, filter: Partial<UserFilter>, ids: string[]][] = [
  ['leaves out the deleted and keeps the blocked and groups', {}, ['anna', 'bob', 'li', 'grp', 'adm', 'viewer']],
  ['statusEqual 0', { statusEqual: 0 }, ['li']],
  ['statusEqual 2', { statusEqual: 2 }, ['gone']],
  ['statusIn of all', { statusIn: '0, 1,2' }, ['anna', 'bob', 'li', 'grp', 'adm', 'gone', 'viewer']],
  ['idEqual without case', { idEqual: 'ANNA', idIn: undefined }, ['anna']],
  ['partnerIdEqual of another account', { partnerIdEqual: 1 }, []],
  ['typeEqual', { typeEqual: 1 }, ['grp']],
  ['typeIn', { typeIn: '1,2' }, ['grp']],
  ['isAdminEqual', { isAdminEqual: true }, ['adm']],
  ['loginEnabledEqual', { loginEnabledEqual: true }, ['bob', 'adm']],
  ['screenNameLike in the middle', { screenNameLike: 'NNI' }, ['anna']],
  ['screenNameLike of two letters', { screenNameLike: 'ie' }, ['anna', 'viewer']],
  ['emailLike', { emailLike: 'acme' }, ['anna', 'bob', 'adm']],
  ['I02 emailLike takes % and _ as they are', { emailLike: '_100%' }, ['bob']],
  ['I02 a lone %', { screenNameLike: '%' }, []],
  ['screenNameStartsWith', { screenNameStartsWith: 'Ann' }, ['anna']],
  ['emailStartsWith', { emailStartsWith: 'BOB' }, ['bob']],
  ['firstNameStartsWith without accents', { firstNameStartsWith: 'anna' }, ['anna']],
  ['lastNameStartsWith with an accent', { lastNameStartsWith: 'mull' }, ['anna']],
  ['idOrScreenNameStartsWith', { idOrScreenNameStartsWith: 'gr' }, ['grp']],
  ['firstNameOrLastNameStartsWith', { firstNameOrLastNameStartsWith: 'and' }, ['bob', 'viewer']],
  ['tagsMultiLikeOr', { tagsMultiLikeOr: 'eu,none' }, ['anna']],
  ['tagsMultiLikeAnd', { tagsMultiLikeAnd: 'STAFF,eu' }, ['anna']],
  ['roleIdEqual', { roleIdEqual: '1' }, ['adm']],
  ['roleIdsIn', { roleIdsIn: '1,2' }, ['adm', 'viewer']],
  ['roleIdsEqual', { roleIdsEqual: '2' }, ['viewer']],
  ['permissionNamesMultiLikeOr with *', { permissionNamesMultiLikeOr: 'ADMIN_USER_ADD' }, ['adm']],
  ['permissionNamesMultiLikeAnd', { permissionNamesMultiLikeAnd: 'BASE_USER_SESSION_PERMISSION,ADMIN_BASE' }, ['adm']],
  [
    'createdAt, both ends included',
    { createdAtGreaterThanOrEqual: second(1), createdAtLessThanOrEqual: second(2) },
    ['bob', 'li'],
  ],
  ['updatedAt', { updatedAtGreaterThanOrEqual: second(6) }, ['viewer']],
  ['freeText in the middle of a word', { freeText: 'nders' }, ['bob', 'viewer']],
  ['freeText over first and last name', { freeText: 'anna mull' }, ['anna']],
  ['freeText of one Chinese character', { freeText: '国' }, ['li']],
  ['freeText of an e-mail', { freeText: 'anna@acme' }, ['anna']],
  ['freeText with quotes and stars', { freeText: `"O'Neil" OR *` }, []],
  ['freeText with an apostrophe', { freeText: "o'neil" }, ['adm']],
  ['never signed in', { neverSignedInEqual: true, typeEqual: 0, loginEnabledEqual: true }, ['bob', 'adm']],
  ['conditions hold together', { tagsMultiLikeOr: 'staff', emailLike: 'anna' }, ['anna']],
  ['Z16 an order by what is hidden', { orderBy: '+password,-createdAt' }, ['viewer', 'adm', 'grp', 'li', 'bob', 'anna']],
  ['two orders', { orderBy: '-status,+id' }, ['adm', 'anna', 'bob', 'grp', 'viewer', 'li']],
  ['by last name', { orderBy: '+lastName', typeEqual: 0, statusEqual: 1 }, ['viewer', 'bob', 'anna', 'adm']],
]

describe('user.list', () => {
  it.each(cases)('%s', async (_name, filter, ids) => {
    expect(await idsOf(filter)).toEqual(ids)
  })

  it('I04 clamps the pager, tells the whole count, and ends at 10,000', async () => {
    const list = async (pager: object) => data(await asAdmin(account, listUsers, { filter: { orderBy: '+createdAt' }, pager }))
    const all = (await list({})).totalCount
    expect(all).toBe(7)
    expect(await list({ pageSize: 0 })).toMatchObject({ totalCount: all, objects: [] })
    expect((await list({ pageSize: -1 })).objects).toEqual([])
    expect((await list({ pageSize: 501, pageIndex: 0 })).objects).toHaveLength(all)
    expect((await list({ pageSize: 2, pageIndex: -3 })).objects.map((user) => user.id)).toEqual(['anna', 'bob'])
    expect(await list({ pageSize: 5, pageIndex: 3 })).toMatchObject({ totalCount: all, objects: [] })
    expect(codeOf(await asAdmin(account, listUsers, { pager: { pageSize: 500, pageIndex: 21 } }))).toBe(
      'QUERY_EXCEEDED_MAX_MATCHES_ALLOWED',
    )
  })

  it.each([
    ['idIn', 500],
    ['tagsMultiLikeOr', 500],
    ['tagsMultiLikeAnd', 30],
    ['permissionNamesMultiLikeOr', 500],
    ['permissionNamesMultiLikeAnd', 30],
  ] as const)('I03 %s takes %i values and no more', async (name, most) => {
    const values = (count: number) => Array.from({ length: count }, (_, number) => `${number}`).join()
    expect(codeOf(await asAdmin(account, listUsers, { filter: { [name]: values(most) } }))).toBe('OK')
    const started = performance.now()
    const refused = await asAdmin(account, listUsers, { filter: { [name]: values(10_000) } })
    expect(refused).toMatchObject({ error: { code: 'PROPERTY_VALIDATION_MAX_LENGTH' } })
    expect(performance.now() - started).toBeLessThan(1_000)
    const one = await asAdmin(account, listUsers, { filter: { [name]: values(most + 1) } })
    expect(one).toMatchObject({ error: { args: { PROP_NAME: `KalturaUserFilter::${name}`, MAX_LEN: String(most) } } })
  })

  it.each([
    ['idIn', ','],
    ['statusIn', ','],
    ['typeIn', ','],
    ['tagsMultiLikeOr', ','],
    ['permissionNamesMultiLikeAnd', ','],
    ['freeText', ' '],
    ['screenNameLike', ' '],
    ['lastNameStartsWith', ' '],
  ])('I03 %s of a hundred thousand values is refused by its schema, before the database is asked', async (name, separator) => {
    const filter = { [name]: Array.from({ length: 100_000 }, (_, number) => `${number % 9}`).join(separator) }
    const judge = () => expect(ListUsersInput.safeParse({ filter }).success).toBe(false)
    judge()
    expect(await cpuTime(judge)).toBeLessThan(100)
    expect(codeOf(await asAdmin(account, listUsers, { filter }))).toBe('PROPERTY_VALIDATION_MAX_LENGTH')
  })

  it('reads on by cursor, forwards and back, in every order', async () => {
    for (const orderBy of ['-createdAt', '+createdAt', '+lastName', '-id', '+lastLoginTime', '+status']) {
      const list = async (cursor: string) =>
        data(await asAdmin(account, listUsers, { filter: { orderBy }, pager: { pageSize: 3, cursor } }))
      const whole = data(await asAdmin(account, listUsers, { filter: { orderBy }, pager: { pageSize: 100 } })).objects.map(
        (user) => user.id,
      )
      const first = await list('')
      const next = await list(first.nextCursor ?? '')
      const last = await list(next.nextCursor ?? '')
      expect(
        [...first.objects, ...next.objects, ...last.objects].map((user) => user.id),
        orderBy,
      ).toEqual(whole)
      expect(last.nextCursor).toBeNull()
      expect(first.previousCursor).toBeNull()
      const back = await list(last.previousCursor ?? '')
      expect(back.objects.map((user) => user.id)).toEqual(next.objects.map((user) => user.id))
      const begin = await list(back.previousCursor ?? '')
      expect(begin.objects.map((user) => user.id)).toEqual(first.objects.map((user) => user.id))
      expect(begin.previousCursor).toBeNull()
    }
    expect(codeOf(await asAdmin(account, listUsers, { pager: { cursor: 'nonsense' } }))).toBe('INVALID_FIELD_VALUE')
  })

  it('shows a sign-in in the list at once', async () => {
    const bob = await runAction(login, newContext({ origin: 'wire' }), {
      partnerId: account.partnerId,
      userId: 'bob',
      password: goodPassword,
    })
    expect(codeOf(bob)).toBe('OK')
    expect(await idsOf({ neverSignedInEqual: false })).toEqual(['bob'])
    expect(await idsOf({ lastLoginTimeGreaterThanOrEqual: Math.floor(Date.now() / 1000) - 60 })).toEqual(['bob'])
  })

  it('Z05 is closed to plain users', async () => {
    const plain = await contextOf(account, { type: 0, userId: 'anna' })
    expect(codeOf(await runAction(listUsers, plain, {}))).toBe('SERVICE_FORBIDDEN')
  })
})
