import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { sweep } from '@/lib/jobs/sweep'
import { mailedKey } from '@/lib/mail/testing'
import { updatePartner } from '@/lib/partner/actions/update-partner'
import {
  type Account,
  asAdmin,
  codeOf,
  contextOf,
  data,
  goodPassword,
  newAccount,
  operatorContext,
  storedUser,
} from '@/lib/testing'
import { acceptInvitation } from '@/lib/user/actions/accept-invitation'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { enableLogin } from '@/lib/user/actions/enable-login'
import { restoreUser } from '@/lib/user/actions/restore-user'
import { updateUser } from '@/lib/user/actions/update-user'

freshDatabase()

const size = 10
const ids = Array.from({ length: size }, (_, number) => `user${number}`)
const addressOf = (account: Account, id: string) => `${id}-${account.partnerId}@x.example`

const addAll = async (account: Account, user: { isAdmin?: boolean; withLogin?: boolean }) => {
  for (const id of ids) {
    const login = user.withLogin ? { email: addressOf(account, id), password: goodPassword } : {}
    data(await asAdmin(account, addUser, { user: { id, isAdmin: user.isAdmin, ...login } }))
  }
}

const setStatus = async (account: Account, status: 0 | 1) => {
  for (const userId of ids) data(await asAdmin(account, updateUser, { userId, user: { status } }))
}

/** Each way in which users who do not count become administrators with sign-in: what prepares them, and the last step. */
const ways: Record<string, { prepare: (account: Account) => Promise<unknown>; seat: (account: Account) => Promise<string[]> }> = {
  'user.enableLogin': {
    async prepare(account) {
      await addAll(account, {})
      for (const userId of ids) data(await asAdmin(account, updateUser, { userId, user: { isAdmin: true } }))
    },
    seat: (account) =>
      allAtOnce(account, async (ctx, userId) =>
        runAction(enableLogin, ctx, { userId, loginId: addressOf(account, userId), password: goodPassword }),
      ),
  },
  'user.update that promotes': {
    prepare: (account) => addAll(account, { withLogin: true }),
    seat: (account) => allAtOnce(account, (ctx, userId) => runAction(updateUser, ctx, { userId, user: { isAdmin: true } })),
  },
  'user.update that ends a block': {
    async prepare(account) {
      await addAll(account, { isAdmin: true, withLogin: true })
      await setStatus(account, 0)
    },
    seat: (account) => allAtOnce(account, (ctx, userId) => runAction(updateUser, ctx, { userId, user: { status: 1 } })),
  },
  'user.restore': {
    async prepare(account) {
      await addAll(account, { isAdmin: true, withLogin: true })
      for (const userId of ids) data(await asAdmin(account, deleteUser, { userId }))
    },
    seat: (account) => allAtOnce(account, (ctx, userId) => runAction(restoreUser, ctx, { userId })),
  },
  'user.acceptInvitation': {
    async prepare(account) {
      const elsewhere = await newAccount()
      for (const id of ids) {
        const email = addressOf(account, id)
        data(await asAdmin(elsewhere, addUser, { user: { id, email, password: goodPassword } }))
        data(await asAdmin(account, addUser, { user: { id, isAdmin: true, email } }))
      }
    },
    seat: (account) =>
      allAtOnce(account, async (ctx, id) =>
        runAction(acceptInvitation, ctx, { hashKey: await mailedKey(addressOf(account, id)), password: goodPassword }),
      ),
  },
}

async function allAtOnce(
  account: Account,
  act: (ctx: Awaited<ReturnType<typeof contextOf>>, id: string) => ReturnType<typeof runAction>,
) {
  const ctx = await contextOf(account)
  return (await Promise.all(ids.map((id) => act(ctx, id)))).map(codeOf)
}

const setQuota = async (account: Account, adminLoginUsersQuota: number) =>
  data(await runAction(updatePartner, operatorContext(), { partnerId: account.partnerId, adminLoginUsersQuota }))

describe('the quota of administrators with sign-in (§8.7)', () => {
  it.each(Object.entries(ways))('Z13 %s gives one of many at once the last seat', async (_name, { prepare, seat }) => {
    const account = await newAccount()
    await prepare(account)
    await setQuota(account, 2)
    const codes = await seat(account)
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect(codes.filter((code) => code === 'ADMIN_LOGIN_USERS_QUOTA_EXCEEDED')).toHaveLength(size - 1)
  })

  it('Z13 counts nobody who changes nothing about it', async () => {
    const account = await newAccount()
    const [id = ''] = ids
    data(await asAdmin(account, addUser, { user: { id, isAdmin: true, email: addressOf(account, id) } }))
    await setQuota(account, 1)
    expect(codeOf(await asAdmin(account, updateUser, { userId: id, user: { city: 'Bern', status: 1, isAdmin: true } }))).toBe(
      'OK',
    )
    data(await asAdmin(account, addUser, { user: { id: 'plain', email: addressOf(account, 'plain'), password: goodPassword } }))
    data(await asAdmin(account, deleteUser, { userId: 'plain' }))
    expect(codeOf(await asAdmin(account, restoreUser, { userId: 'plain' }))).toBe('OK')
  })

  it('Z13 a block that ends by itself takes no seat that somebody else has', async () => {
    const account = await newAccount()
    const until = Math.floor(Date.now() / 1000) + 3600
    data(await asAdmin(account, addUser, { user: { id: 'adm', isAdmin: true, email: addressOf(account, 'adm') } }))
    data(await asAdmin(account, updateUser, { userId: 'adm', user: { status: 0 }, blockedUntil: until }))
    await setQuota(account, 1)
    await sweep(until * 1000)
    const user = await storedUser(account, 'adm')
    expect(user).toMatchObject({ status: 0, blockedUntil: null })
    const [entry] = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: user?.key }, 1))
    expect(entry).toMatchObject({ actorKind: 'usher', reason: expect.stringContaining('no seat left') })
  })
})
