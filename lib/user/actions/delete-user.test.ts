import { and, eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { auditLog } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import { type Account, asAdmin, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { updateUser } from './update-user'

freshDatabase()

const purging = { features: 'FEATURE_PURGE_USER_PII_DATA' } as const
const ann = { id: 'ann', firstName: 'Personal-Ann', city: 'Personal-Bern', tags: 'Personal-tag', partnerData: 'Personal-data' }

async function historyOf(account: Account, key: number | undefined) {
  return acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 10))
}

describe('the deletion of a person in an account that keeps no personal data of the deleted', () => {
  it.each(['user.delete', 'user.update'])('X08 by %s takes it from the user and from the whole of his history', async (way) => {
    const account = await newAccount(purging)
    data(await asAdmin(account, addUser, { user: ann }))
    data(await asAdmin(account, addUser, { user: { ...ann, id: 'bob' } }))
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { city: 'Personal-Basel', roleIds: '2' } }))
    const [key, keyOfBob] = [(await storedUser(account, 'ann'))?.key, (await storedUser(account, 'bob'))?.key]
    const bob = await historyOf(account, keyOfBob)

    if (way === 'user.delete') data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    else data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 2, city: 'Personal-Chur' } }))

    const history = await historyOf(account, key)
    expect(history.map((entry) => entry.action)).toEqual([way, 'user.update', 'user.add'])
    expect(JSON.stringify(history)).not.toContain('Personal')
    // What was done, by whom and when stays, and so does what says nothing of the person.
    expect(history[1]?.changes).toEqual({ city: {}, roleIds: { after: '2' } })
    expect(history[0]?.changes).toMatchObject({ status: { before: 1, after: 2 }, firstName: {} })
    expect(await historyOf(account, keyOfBob)).toEqual(bob)
  })

  it('X08 leaves the history of everybody else’s deletions as it is', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: ann }))
    const key = (await storedUser(account, 'ann'))?.key
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    expect((await historyOf(account, key)).at(-1)?.changes).toMatchObject({ city: { after: 'Personal-Bern' } })
  })
})

describe('the audit log', () => {
  it('X01 can lose values and nothing else', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: ann }))
    const key = (await storedUser(account, 'ann'))?.key
    const [entry] = await historyOf(account, key)
    if (!entry) throw new Error('No entry')
    const isIt = and(eq(auditLog.partnerId, account.partnerId), eq(auditLog.key, entry.key))
    const change = (values: Partial<typeof entry>) => acrossPartners(() => db().update(auditLog).set(values).where(isIt))
    const [field = '', ...others] = Object.keys(entry.changes)

    const { changes: _, ...columns } = entry
    const forgeries: Partial<typeof entry>[] = [
      ...Object.entries(columns).map(([column, value]) => ({ [column]: typeof value === 'number' ? value + 1 : `${value}x` })),
      { changes: {} },
      { changes: { ...entry.changes, [field]: { after: 'forged' } } },
      { changes: { ...entry.changes, more: {} } },
      { changes: Object.fromEntries(others.map((name) => [name, entry.changes[name] ?? {}])) },
      { changes: { ...entry.changes, [field]: {} }, at: entry.at + 1 },
    ]
    for (const values of forgeries) {
      const failure = await change(values).then(
        () => null,
        (error) => String(error.cause ?? error),
      )
      expect(failure, JSON.stringify(values)).toMatch(/append-only/)
    }
    await expect(acrossPartners(() => db().delete(auditLog).where(isIt))).rejects.toThrow()
    await expect(acrossPartners(() => db().delete(auditLog).where(sql`true`))).rejects.toThrow()
    expect(await historyOf(account, key)).toEqual([entry])

    await change({ changes: { ...entry.changes, [field]: {} } })
    expect((await historyOf(account, key))[0]?.changes).toEqual({ ...entry.changes, [field]: {} })
  })
})
