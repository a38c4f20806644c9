import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { connection, db, transaction } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { userRoles, users, userTags } from '@/db/schema/people'
import { freshDatabase } from '@/db/testing'
import { type Account, asAdmin, codeOf, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { indexUser } from './index-user'
import { listUsers } from './list-users'
import { updateUser } from './update-user'

freshDatabase()

/** Takes away everything that the user is found by, as a damaged index would. */
async function damage(account: Account) {
  const key = (await storedUser(account, '123'))?.key ?? 0
  await acrossPartners(() =>
    transaction(async () => {
      await db().update(users).set({ searchText: '', lastNameKey: 'zzz', emailKey: '' }).where(sql`${users.key} = ${key}`)
      await db().delete(userRoles).where(sql`${userRoles.userKey} = ${key}`)
      await db().delete(userTags).where(sql`${userTags.userKey} = ${key}`)
      if (connection().dialect === 'sqlite') await db().run(sql`delete from users_search where rowid = ${key}`)
    }),
  )
}

const found = async (account: Account, filter: object) =>
  data(await asAdmin(account, listUsers, { filter })).objects.map((user) => user.id)

describe('user.index', () => {
  it('makes a user found again by text, name, e-mail, role and tag, and answers the id as text', async () => {
    const account = await newAccount()
    const person = { id: '123', firstName: 'Grace', lastName: 'Hopper', email: 'grace@navy.example', tags: 'cobol', roleIds: '2' }
    data(await asAdmin(account, addUser, { user: person }))
    const before = await storedUser(account, '123')
    const filters = [
      { freeText: 'opper' },
      { lastNameStartsWith: 'Hop' },
      { emailStartsWith: 'grace@' },
      { roleIdEqual: '2' },
      { tagsMultiLikeOr: 'cobol' },
    ]
    await damage(account)
    for (const filter of filters) expect(await found(account, filter), JSON.stringify(filter)).toEqual([])
    expect(data(await asAdmin(account, indexUser, { id: '123' }))).toBe('123')
    for (const filter of filters) expect(await found(account, filter), JSON.stringify(filter)).toEqual(['123'])
    expect(await storedUser(account, '123')).toEqual(before)
    expect(data(await asAdmin(account, indexUser, { id: '123', shouldUpdate: false }))).toBe('123')
  })

  it('answers USER_NOT_FOUND for the unknown, the blocked, the deleted and other accounts', async () => {
    const [account, other] = [await newAccount(), await newAccount()]
    for (const id of ['blocked', 'deleted']) data(await asAdmin(account, addUser, { user: { id } }))
    data(await asAdmin(account, updateUser, { userId: 'blocked', user: { status: 0 } }))
    data(await asAdmin(account, deleteUser, { userId: 'deleted' }))
    data(await asAdmin(other, addUser, { user: { id: 'theirs' } }))
    for (const id of ['', 'nobody', 'blocked', 'deleted', 'theirs'])
      expect(codeOf(await asAdmin(account, indexUser, { id })), id).toBe('USER_NOT_FOUND')
  })
})
