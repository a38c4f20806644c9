import { describe, expect, it } from 'vitest'
import { findPartnerRow } from '@/db/queries/partners'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { mailsTo } from '@/lib/mail/testing'
import { type Account, asAdmin, contextOf, data, goodPassword, newAccount } from '@/lib/testing'
import { addUser } from './actions/add-user'
import { updateUser } from './actions/update-user'
import type { UserData } from './schema'

freshDatabase()

const addressIn = (account: Account, id = 'ann') => `${id}-${account.partnerId}@x.example`
const update = async (account: Account, userId: string, user: Partial<UserData>) =>
  data(await asAdmin(account, updateUser, { userId, user }))
const eventsTo = async (address: string) => (await mailsTo(address)).map((mail) => mail.event)

async function accountWithAnn(settings: Parameters<typeof newAccount>[0] = {}) {
  const account = await newAccount(settings)
  const user = { id: 'ann', firstName: 'Ann', lastName: 'Lee v1.2', email: addressIn(account), password: goodPassword }
  data(await asAdmin(account, addUser, { user }))
  return account
}

describe('mails of a change (§7)', () => {
  it('tells a person with sign-in who made him an administrator, and the others who look after people', async () => {
    const account = await accountWithAnn()
    const other = addressIn(account, 'other')
    data(await asAdmin(account, addUser, { user: { id: 'other', isAdmin: true, email: other, password: goodPassword } }))
    data(await asAdmin(account, updateUser, { userId: account.adminUserId, user: { fullName: 'Olga Owner' } }))
    const owner = await contextOf(account, { userId: account.adminUserId })
    data(await runAction(updateUser, owner, { userId: 'ann', user: { isAdmin: true } }))
    expect(await mailsTo(addressIn(account))).toEqual([
      {
        event: 'made-admin',
        partnerId: account.partnerId,
        params: { userName: 'Ann Lee v1 2', partnerName: 'Acme', byName: 'Olga Owner' },
      },
    ])
    expect(await eventsTo(other)).toEqual(['user-added'])
    expect(await eventsTo(account.adminEmail)).toEqual([])
  })

  it('tells nobody of a promotion without sign-in, nor of one that was none', async () => {
    const account = await accountWithAnn()
    data(await asAdmin(account, addUser, { user: { id: 'bob', email: addressIn(account, 'bob') } }))
    await update(account, 'bob', { isAdmin: true })
    await update(account, 'bob', { isAdmin: true, city: 'Bern' })
    await update(account, 'ann', { city: 'Bern', isAdmin: false })
    expect(await mailsTo(addressIn(account, 'bob'))).toEqual([])
    expect(await mailsTo(addressIn(account))).toEqual([])
    expect(await mailsTo(account.adminEmail)).toEqual([])
  })

  it('tells a person that he signs in another way from now on', async () => {
    const account = await accountWithAnn({ sso: true, ssoPerUserAllowed: true })
    await update(account, 'ann', { isSsoExcluded: true })
    await update(account, 'ann', { isSsoExcluded: true })
    await update(account, 'ann', { isSsoExcluded: false })
    const mails = await mailsTo(addressIn(account))
    expect(mails.map((mail) => mail.event)).toEqual(['login-added', 'login-added'])
    expect(mails[0]?.params.link).toMatch(/\/sign-in$/)
  })

  it('goes to the sign-in address, never to what the profile says', async () => {
    const account = await accountWithAnn()
    await update(account, 'ann', { email: 'typed@x.example', isAdmin: true })
    expect(await eventsTo('typed@x.example')).toEqual([])
    expect(await eventsTo(addressIn(account))).toEqual(['made-admin'])
  })

  it('tells a blocked or deleted person nothing', async () => {
    const account = await accountWithAnn()
    await update(account, 'ann', { isAdmin: true, status: 0 })
    expect(await mailsTo(addressIn(account))).toEqual([])
  })
})

describe('the account owner (§7)', () => {
  const partnerOf = async ({ partnerId }: Account) => {
    const { adminName, adminEmail } = (await findPartnerRow(partnerId)) ?? {}
    return { adminName, adminEmail }
  }

  it('gives the account his name and his e-mail, and both addresses are told', async () => {
    const account = await newAccount()
    expect(await partnerOf(account)).toEqual({ adminName: null, adminEmail: account.adminEmail })
    await update(account, account.adminUserId, { firstName: 'Olga', lastName: 'Owner' })
    expect(await partnerOf(account)).toEqual({ adminName: 'Olga Owner', adminEmail: account.adminEmail })
    expect(await mailsTo(account.adminEmail)).toEqual([])

    const newEmail = addressIn(account, 'new')
    await update(account, account.adminUserId, { email: newEmail })
    expect(await partnerOf(account)).toEqual({ adminName: 'Olga Owner', adminEmail: newEmail })
    for (const address of [account.adminEmail, newEmail]) {
      expect(await mailsTo(address)).toMatchObject([
        { event: 'email-changed', params: { userName: 'Olga Owner', oldEmail: account.adminEmail, newEmail } },
      ])
    }
  })

  it('M02 gets mail at one address only: what is none is left out', async () => {
    const account = await newAccount()
    await update(account, account.adminUserId, { email: 'a@b.example,c@d.example' })
    expect(await eventsTo(account.adminEmail)).toEqual(['email-changed'])
    expect(await eventsTo('a@b.example,c@d.example')).toEqual([])
  })

  it('is nobody else', async () => {
    const account = await accountWithAnn()
    const before = await partnerOf(account)
    await update(account, 'ann', { email: 'other@x.example', firstName: 'Other' })
    expect(await partnerOf(account)).toEqual(before)
    expect(await mailsTo('other@x.example')).toEqual([])
  })
})
