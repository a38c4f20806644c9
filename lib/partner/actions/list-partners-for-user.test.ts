import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { asAdmin, codeOf, contextOf, data, goodPassword, newAccount, operatorContext } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { createPartner } from './create-partner'
import { getPartner } from './get-partner'
import { getPartnerInfo } from './get-partner-info'
import { listPartners } from './list-partners'
import { listPartnersForUser } from './list-partners-for-user'
import { updatePartner } from './update-partner'

freshDatabase()

describe('partner.get, partner.getInfo and partner.list', () => {
  it('tell an account what it is, and never its secrets', async () => {
    const account = await newAccount({
      secondFactor: 'admins',
      maxLoginAttempts: 7,
      allowedAdminEmailDomains: 'a.example,b.example',
    })
    const got = data(await asAdmin(account, getPartner, {}))
    expect(got).toMatchObject({
      objectType: 'KalturaPartner',
      id: account.partnerId,
      name: 'Acme',
      status: 1,
      adminEmail: account.adminEmail,
      adminUserId: account.adminUserId,
      adminLoginUsersQuota: -1,
      authenticationType: 1,
      useTwoFactorAuthentication: true,
      twoFactorAuthenticationMode: 1,
      useSso: false,
      maxLoginAttempts: 7,
      allowedEmailDomainsForAdmins: 'a.example,b.example',
    })
    expect(JSON.stringify(got)).not.toContain(account.adminSecret)
    expect(JSON.stringify(got)).not.toContain(account.userSecret)
    expect(data(await asAdmin(account, getPartner, { id: account.partnerId }))).toEqual(got)
    expect(data(await asAdmin(account, getPartnerInfo, {}))).toEqual(got)
    expect(data(await asAdmin(account, listPartners, {}))).toEqual({
      objectType: 'KalturaPartnerListResponse',
      totalCount: 1,
      objects: [got],
    })
    expect(data(await asAdmin(account, listPartners, { filter: { nameLike: 'ACM', statusIn: '1,4' } })).totalCount).toBe(1)
    expect(data(await asAdmin(account, listPartners, { filter: { idNotIn: String(account.partnerId) } })).totalCount).toBe(0)
  })

  it('Z01 Z02 know no other account', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    expect(codeOf(await asAdmin(own, getPartner, { id: other.partnerId }))).toBe('UNKNOWN_PARTNER_ID')
    expect(codeOf(await asAdmin(own, getPartner, { id: 999_999 }))).toBe('UNKNOWN_PARTNER_ID')
    expect(data(await asAdmin(own, listPartners, { filter: { idEqual: other.partnerId } })).objects).toEqual([])
  })
})

describe('partner.listPartnersForUser', () => {
  /** A second account whose owner is that of the first. */
  async function twoAccounts() {
    const first = await newAccount()
    const input = { name: 'Zebra', adminEmail: first.adminEmail, adminPassword: goodPassword }
    const second = data(await runAction(createPartner, operatorContext(), input))
    return { first, second }
  }

  it('lists the accounts of which the same sign-in is an administrator, by name only', async () => {
    const { first, second } = await twoAccounts()
    await newAccount()
    const ctx = await contextOf(first, { userId: first.adminUserId })
    const { objects, totalCount } = data(await runAction(listPartnersForUser, ctx, {}))
    expect(objects.map((partner) => [partner.id, partner.name])).toEqual([
      [first.partnerId, 'Acme'],
      [second.partnerId, 'Zebra'],
    ])
    expect(totalCount).toBe(2)
    expect(objects.every((partner) => partner.adminEmail === undefined)).toBe(true)

    const list = async (partnerFilter = {}, pager = {}) =>
      data(await runAction(listPartnersForUser, ctx, { partnerFilter, pager })).objects.map((partner) => partner.name)
    expect(await list({ orderBy: '-name' })).toEqual(['Zebra', 'Acme'])
    expect(await list({ nameLike: 'zeb' })).toEqual(['Zebra'])
    expect(await list({}, { pageSize: 1, pageIndex: 2 })).toEqual(['Zebra'])
  })

  it('leaves out closed accounts', async () => {
    const { first, second } = await twoAccounts()
    data(await runAction(updatePartner, operatorContext(), { partnerId: second.partnerId, status: 2 }))
    const ctx = await contextOf(first, { userId: first.adminUserId })
    expect(data(await runAction(listPartnersForUser, ctx, {})).totalCount).toBe(1)
  })

  it('lists the current account for a user without sign-in, and refuses a session without a user', async () => {
    const account = await newAccount()
    const role = await makeRole(account.partnerId, ['KMC_ACCESS'])
    data(await asAdmin(account, addUser, { user: { id: 'robot', roleIds: String(role) } }))
    const robot = await contextOf(account, { userId: 'robot' })
    expect(data(await runAction(listPartnersForUser, robot, {})).objects.map((partner) => partner.id)).toEqual([
      account.partnerId,
    ])
    expect(codeOf(await asAdmin(account, listPartnersForUser, {}))).toBe('INVALID_USER_ID')
  })
})
