import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById } from '@/db/queries/login-data'
import { findNewestUser } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { withKs } from '@/lib/auth/session-context'
import { sweep } from '@/lib/jobs/sweep'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, newAccount, storedUser } from '@/lib/testing'
import { acceptInvitation } from './accept-invitation'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { loginByLoginId } from './login-by-login-id'
import { restoreUser } from './restore-user'
import { updateUser } from './update-user'

freshDatabase()

const otherPassword = 'another-pass-8'

const add = async (account: Account, id: string, email: string, password = goodPassword) =>
  data(await asAdmin(account, addUser, { user: { id, email, password } }))
const remove = async (account: Account, userId: string) => data(await asAdmin(account, deleteUser, { userId }))
const restore = (account: Account, userId: string) => asAdmin(account, restoreUser, { userId })

const signIn = async (account: Account, loginId: string, password = goodPassword) =>
  codeOf(await runAction(loginByLoginId, newContext({ origin: 'wire' }), { loginId, password, partnerId: account.partnerId }))

/** An account that had a person and deleted him, and another one. */
async function deletedPerson() {
  const [first, second] = [await newAccount(), await newAccount()]
  const email = `gone-${first.partnerId}@x.example`
  await add(first, 'ann', email)
  const loginDataId = (await storedUser(first, 'ann'))?.loginDataId ?? 0
  await remove(first, 'ann')
  return { first, second, email, loginDataId }
}

describe('user.restore of a blocked user', () => {
  it('brings him back blocked, with reason and end: he came back active', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: { id: 'ann' } }))
    const blockedUntil = Math.floor(Date.now() / 1000) + 3600
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 0 }, blockReason: 'Spam', blockedUntil }))
    expect(data(await asAdmin(account, deleteUser, { userId: 'ann' }))).toMatchObject({ status: 2, blockReason: null })
    expect(data(await restore(account, 'ann'))).toMatchObject({ status: 0, blockReason: 'Spam', blockedUntil, deletedAt: null })
    await sweep(blockedUntil * 1000)
    expect(await storedUser(account, 'ann')).toMatchObject({ status: 1 })
  })

  it('keeps no reason where the account keeps no personal data of the deleted', async () => {
    const account = await newAccount({ features: 'FEATURE_PURGE_USER_PII_DATA' })
    data(await asAdmin(account, addUser, { user: { id: 'ann' } }))
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 0 }, blockReason: 'Spam' }))
    await remove(account, 'ann')
    expect(data(await restore(account, 'ann'))).toMatchObject({ status: 0, blockReason: null })
  })

  it('brings whoever was added as deleted back active', async () => {
    const account = await newAccount()
    data(await asAdmin(account, addUser, { user: { id: 'ann', status: 2 } }))
    expect(codeOf(await restore(account, 'ann'))).toBe('OK')
    expect((await storedUser(account, 'ann'))?.status).toBe(1)
  })
})

describe('the login of a deleted user', () => {
  it('comes back with him while its address is free', async () => {
    const { first, email } = await deletedPerson()
    expect(data(await restore(first, 'ann'))).toMatchObject({ loginEnabled: true, loginId: email })
    expect(await signIn(first, email)).toBe('OK')
  })

  it('S06 Z11 hands nothing old to a new person: another account’s login for the address begins afresh', async () => {
    const { second, email, loginDataId } = await deletedPerson()
    await add(second, 'new', email, otherPassword)
    expect((await storedUser(second, 'new'))?.loginDataId).not.toBe(loginDataId)
    expect(await signIn(second, email)).toBe('USER_WRONG_PASSWORD')
    expect(await signIn(second, email, otherPassword)).toBe('OK')
  })

  it('is kept when another account adds its address and lets it go again: it was taken over, and the restore came without', async () => {
    const { first, second, email, loginDataId } = await deletedPerson()
    await add(second, 'new', email, otherPassword)
    expect(await findLoginDataById(loginDataId)).not.toBeNull()
    await remove(second, 'new')
    expect(data(await restore(first, 'ann'))).toMatchObject({ loginEnabled: true, loginId: email })
    expect((await storedUser(first, 'ann'))?.loginDataId).toBe(loginDataId)
    expect(await signIn(first, email)).toBe('OK')
    expect(await signIn(first, email, otherPassword)).toBe('USER_WRONG_PASSWORD')

    const result = await restore(second, 'new')
    expect(data(result)).toMatchObject({ loginEnabled: false })
    expect(result.ok && result.notices).toEqual(['login-invitation-sent'])
  })

  it('Z11 waits for the person to accept where its address is another login’s now', async () => {
    const { first, second, email, loginDataId } = await deletedPerson()
    await add(second, 'new', email, otherPassword)
    const result = await restore(first, 'ann')
    expect(data(result)).toMatchObject({ status: 1, loginEnabled: false })
    expect(result.ok && result.notices).toEqual(['login-invitation-sent'])
    expect(await findLoginDataById(loginDataId)).toBeNull()
    expect(await signIn(first, email)).toBe('USER_WRONG_PASSWORD')
    expect(await signIn(first, email, otherPassword)).toBe('USER_WRONG_PASSWORD')

    expect((await mailsTo(email)).at(-1)?.event).toBe('login-invitation')
    const accept = { hashKey: await mailedKey(email), password: otherPassword }
    expect(codeOf(await runAction(acceptInvitation, newContext({ origin: 'page' }), accept))).toBe('OK')
    expect(await signIn(first, email, otherPassword)).toBe('OK')
  })

  it('is not his any more where a colleague signs in with its address', async () => {
    const { first, email } = await deletedPerson()
    await add(first, 'successor', email, otherPassword)
    expect(data(await restore(first, 'ann'))).toMatchObject({ loginEnabled: false, invitedUntil: null })
    expect(await signIn(first, email, otherPassword)).toBe('OK')
  })

  it('Z01 is never changed in the row of the account that deleted him', async () => {
    const { first, second, email } = await deletedPerson()
    const rowOf = () => acrossPartners(() => findNewestUser(first.partnerId, 'ann'))
    const before = await rowOf()
    await add(second, 'new', email, otherPassword)
    expect(await rowOf()).toEqual(before)
  })

  it('is forgotten, set aside or not, when the time for restoring is over', async () => {
    const { first, second, email, loginDataId } = await deletedPerson()
    await add(second, 'new', email, otherPassword)
    await sweep(Date.now() + 31 * 86_400_000)
    expect(await findLoginDataById(loginDataId)).toBeNull()
    expect(data(await restore(first, 'ann'))).toMatchObject({ loginEnabled: false })
    expect(await signIn(second, email, otherPassword)).toBe('OK')
  })

  it('S06 no session from before the deletion comes back', async () => {
    const account = await newAccount()
    const email = `s06-${account.partnerId}@x.example`
    await add(account, 'ann', email)
    const input = { loginId: email, password: goodPassword, partnerId: account.partnerId }
    const ks = data(await runAction(loginByLoginId, newContext({ origin: 'wire' }), input))
    const now = Date.now() + 5
    data(await runAction(deleteUser, await contextOf(account, { at: { now } }), { userId: 'ann' }))
    data(await restore(account, 'ann'))
    const call = withKs(newContext({ origin: 'wire', now }), ks, { action: 'user.get', uri: '/' })
    await expect(call).rejects.toMatchObject({ code: 'INVALID_KS' })
  })
})
