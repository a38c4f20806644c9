import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { withPartner } from '@/db/partner-guard'
import { countUsers } from '@/db/queries/count-users'
import { listUsers } from '@/db/queries/list-users'
import type { UserQuery } from '@/db/queries/user-conditions'
import { partnerCounts } from '@/db/schema/accounts'
import { users } from '@/db/schema/people'
import { freshDatabase } from '@/db/testing'
import { type Account, asAdmin, data, newAccount } from '@/lib/testing'
import { addUser } from './actions/add-user'

freshDatabase()

/** More than are counted at once; all of them have `common` in their address, every hundredth `seldom`, and one `unique`. */
const many = 20_100
const mark = sql`case when n = 77 then 'unique' when n % 100 = 0 then 'seldom' else '' end`
let account: Account

beforeAll(async () => {
  account = await newAccount()
  const user = { id: 'n', email: 'common@x.example', firstName: 'Ann', lastName: 'Common' }
  data(await asAdmin(account, addUser, { user }))
  await withPartner(account.partnerId, copies)
})

async function copies() {
  const own: Partial<Record<keyof typeof users.$inferSelect, SQL>> = {
    key: sql`users.key + n`,
    id: sql`'n' || cast(n as text)`,
    idKey: sql`'n' || cast(n as text)`,
    emailKey: sql`${mark} || users.email_key`,
    searchText: sql`${mark} || users.search_text`,
  }
  const names = Object.keys(getTableColumns(users)) as (keyof typeof own)[]
  const values = names.map((name) => own[name] ?? sql`${users[name]}`)
  await db()
    .insert(users)
    .select(sql`
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${sql.raw(String(many))})
    select ${sql.join(values, sql`, `)} from users, numbers where ${users.idKey} = 'n' and ${users.partnerId} = ${account.partnerId}`)
  const ofAccount = eq(partnerCounts.partnerId, account.partnerId)
  await db()
    .update(partnerCounts)
    .set({ lastUserNumber: many + 10 })
    .where(ofAccount)
}

const matching = (query: Partial<UserQuery>) => ({ statuses: [0, 1], ...query })
const count = (query: Partial<UserQuery>, cap?: number) =>
  withPartner(account.partnerId, () => countUsers(account.partnerId, matching(query), cap))
const page = (query: Partial<UserQuery>, offset = 0) =>
  withPartner(account.partnerId, async () => {
    const page = { orders: [{ column: 'email' as const, isDescending: true }], limit: 3, offset } as const
    const rows = await listUsers(account.partnerId, matching(query), { ...page, orders: [...page.orders] })
    return rows.map(({ id }) => id)
  })

describe('a text that all, some, one or none of twenty thousand have', () => {
  it.each([
    ['common', many + 1],
    ['seldom', 201],
    ['unique', 1],
    ['nowhere', 0],
    ['co', many + 1],
  ])('is counted exactly: %s', async (text, expected) => {
    expect(await count({ freeText: text })).toBe(expected)
    expect(await count({ emailHas: text })).toBe(expected)
    expect(await count({ emailHas: text }, 100)).toBe(Math.min(100, expected))
  })

  it('is counted with whatever else is asked', async () => {
    expect(await count({ emailHas: 'common', statuses: [0] })).toBe(0)
    expect(await count({ emailHas: 'common', freeText: 'seldom', statuses: [1] })).toBe(201)
    expect(await count({ emailHas: 'common', freeText: 'unique' })).toBe(1)
    expect(await count({ emailHas: 'mmon', screenNameHas: 'nobody' })).toBe(0)
  })

  it.each([
    ['common', ['n77', 'n20100', 'n20000']],
    ['seldom', ['n20100', 'n20000', 'n19900']],
    ['unique', ['n77']],
    ['nowhere', []],
  ])('is found in order: %s', async (text, ids) => {
    expect(await page({ emailHas: text })).toEqual(ids)
    expect(await page({ freeText: text })).toEqual(ids)
    expect(await page({ freeText: text }, 1)).toEqual(
      (await page({ emailHas: text }, 0))
        .slice(1)
        .concat(await page({ freeText: text }, 3))
        .slice(0, 3),
    )
  })

  it('is counted anew after a change', async () => {
    expect(await count({ emailHas: 'mon@' })).toBe(many + 1)
    data(await asAdmin(account, addUser, { user: { id: 'late', email: 'late.mon@x.example' } }))
    expect(await count({ emailHas: 'mon@' })).toBe(many + 2)
  })

  it('I03 lets others have their turn while it is counted', async () => {
    const order: string[] = []
    setImmediate(() => order.push('another'))
    await count({ emailHas: 'common@' }).then(() => order.push('counted'))
    expect(order).toEqual(['another', 'counted'])
  })
})
