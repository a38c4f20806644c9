import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { listAudit } from '@/lib/audit/actions/list-audit'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import type { UserData, UserFilter } from '../schema'
import { addUser } from './add-user'
import { getUser } from './get-user'
import { listUsers } from './list-users'
import { updateUser } from './update-user'

/**
 * What databases see in different ways unless they are told: the same answers are expected of both, as this file and the whole suite run
 * on each.
 */

freshDatabase()

let account: Account
beforeAll(async () => {
  account = await newAccount()
})

const add = async (user: UserData, now = Date.now()) => runAction(addUser, await contextOf(account, { at: { now } }), { user })

async function idsOf(filter: Partial<UserFilter>) {
  const { objects } = data(await asAdmin(account, listUsers, { filter, pager: { pageSize: 100 } }))
  return objects.map(({ id }) => id)
}

describe('R34 both databases', () => {
  it('sort text by code point, whatever the locale', async () => {
    // By bytes of UTF-16, the sign beyond the first plane would come before the one of full width; by a locale, signs would not count.
    const names = ['😀', '～', 'a b', 'a', 'ab', 'a-b', 'A_b', 'Ä', 'Z', '10', '9', 'ж', '日', '-z']
    for (const [at, screenName] of names.entries()) data(await add({ id: `sort${at}`, screenName, tags: 'sort' }))
    const sorted = ['-z', '10', '9', 'a', 'Ä', 'a b', 'a-b', 'A_b', 'ab', 'Z', '～', 'ж', '日', '😀']
    const order = async (orderBy: string) =>
      (await idsOf({ tagsMultiLikeOr: 'sort', orderBy })).map((id) => names[Number(id.slice(4))])
    expect(await order('+screenName')).toEqual(sorted)
    expect(await order('-screenName')).toEqual(sorted.toReversed())
  })

  it('know letters without their case, of every script', async () => {
    const screenName = 'STRASSE ÉCOLE ЖУК ΣΊΣΥΦΟΣ İZMIR'
    data(await add({ id: 'Case', screenName }))
    for (const freeText of ['straße', 'ecole', 'жук', 'Σίσυφος', 'izmir']) expect(await idsOf({ freeText })).toEqual(['Case'])
    for (const text of ['straße é', 'ЖУк', 'zmi']) expect(await idsOf({ screenNameLike: text })).toEqual(['Case'])
    expect(await idsOf({ screenNameStartsWith: 'strasse e' })).toEqual(['Case'])
    expect(codeOf(await add({ id: 'cASE' }))).toBe('DUPLICATE_USER_BY_ID')
  })

  it('take the signs of LIKE as they are', async () => {
    const names = ['a%c', 'a_c', 'abc', 'a\\c', "a'c", 'a*c', 'a[b]c']
    for (const [at, screenName] of names.entries()) data(await add({ id: `like${at}`, screenName, tags: 'like' }))
    const like = async (screenNameLike: string) =>
      (await idsOf({ tagsMultiLikeOr: 'like', screenNameLike, orderBy: '+createdAt,+id' })).map(
        (id) => names[Number(id.slice(4))],
      )
    for (const text of ['%', '_', '\\', "'", '*', '[b]', 'a%c', 'a_c', 'a\\c']) {
      expect([text, await like(text)]).toEqual([text, names.filter((name) => name.includes(text))])
    }
  })

  it('put first who has nothing to sort by, and last when it is turned', async () => {
    const people = [
      { id: 'null0', email: 'b@null.example' },
      { id: 'null1' },
      { id: 'null2', email: 'a@null.example' },
      { id: 'null3', email: '' },
    ]
    for (const user of people) data(await add({ ...user, tags: 'null' }))
    const order = (orderBy: string) => idsOf({ tagsMultiLikeOr: 'null', orderBy })
    expect(await order('+email,+id')).toEqual(['null1', 'null3', 'null2', 'null0'])
    expect(await order('-email,+id')).toEqual(['null0', 'null2', 'null1', 'null3'])
    expect(await order('+lastLoginTime,+id')).toEqual(['null0', 'null1', 'null2', 'null3'])
  })

  it('keep whole numbers beyond 32 bits, below zero too', async () => {
    for (const [id, dateOfBirth] of [
      ['past', -62_135_596_800],
      ['future', 253_402_214_400],
    ] as const) {
      data(await add({ id, dateOfBirth }))
      expect(data(await asAdmin(account, getUser, { userId: id })).dateOfBirth).toBe(dateOfBirth)
    }
    // Made of the account's number and 32 bits.
    const stored = await storedUser(account, 'past')
    expect(stored?.key).toBeGreaterThan(account.partnerId * 2 ** 32)
    expect(stored?.key).toBeLessThan((account.partnerId + 1) * 2 ** 32)
  })

  it('keep times to the millisecond', async () => {
    const moments = [1, 0, 999, 1000].map((more) => Date.UTC(2026, 0, 5) + more)
    for (const [at, now] of moments.entries()) data(await add({ id: `time${at}`, tags: 'time' }, now))
    for (const [at, now] of moments.entries()) expect((await storedUser(account, `time${at}`))?.createdAt).toBe(now)
    expect(await idsOf({ tagsMultiLikeOr: 'time', orderBy: '+createdAt' })).toEqual(['time1', 'time0', 'time2', 'time3'])
    // The second of the contract is a whole one.
    const second = Date.UTC(2026, 0, 5) / 1000
    expect(await idsOf({ tagsMultiLikeOr: 'time', createdAtLessThanOrEqual: second, orderBy: '+createdAt' })).toEqual([
      'time1',
      'time0',
      'time2',
    ])
  })

  it('refuse the character that one of them cannot keep, and keep others as they are', async () => {
    expect(codeOf(await add({ id: 'nul', description: 'a\u0000b' }))).not.toMatch(/^(OK|INTERNAL)/)
    const description = 'tab\tand line\nand 😀 and \u007f and \ufffd and trailing blanks  '
    data(await add({ id: 'text', description }))
    expect((await storedUser(account, 'text'))?.description).toBe(description)
  })

  it('tell the fields of a change in one order', async () => {
    data(await add({ id: 'audited' }))
    data(
      await asAdmin(account, updateUser, { userId: 'audited', user: { title: 'Dr', city: 'Rome', zip: '1', description: 'x' } }),
    )
    const { objects } = data(await asAdmin(account, listAudit, { filter: { userId: 'audited' } }))
    expect(Object.keys(objects[0]?.changes ?? {})).toEqual(['city', 'description', 'title', 'zip'])
    expect(objects[0]?.changes.city).toEqual({ after: 'Rome' })
  })
})
