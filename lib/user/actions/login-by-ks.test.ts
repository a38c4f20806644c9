import { TOTP } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { findPartnerRow, updatePartner } from '@/db/queries/partners'
import { freshDatabase } from '@/db/testing'
import type { PartnerSettings } from '@/db/types'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { decodeKs, encodeKsV2 } from '@/lib/auth/ks'
import { withKs } from '@/lib/auth/session-context'
import { enrolled, lockSource, makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, goodPassword, ksOf, newAccount, storedUser } from '@/lib/testing'
import type { UserData } from '../schema'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { demoteAdmin } from './demote-admin'
import { disableLogin } from './disable-login'
import { loginByKs } from './login-by-ks'
import { loginByLoginId } from './login-by-login-id'
import { updateUser } from './update-user'

freshDatabase()

const wire = (now = Date.now()) => newContext({ origin: 'wire', now })

async function set(account: Account, settings: PartnerSettings) {
  const row = await findPartnerRow(account.partnerId)
  await updatePartner(account.partnerId, { settings: { ...row?.settings, ...settings } })
}

/** One login that is an administrator in two accounts which do not trust each other. */
async function twoAccounts() {
  const [here, there] = [await newAccount(), await newAccount({ linkLoginsAcrossPartners: true })]
  const email = `boss-${here.partnerId}@x.example`
  const user = { isAdmin: true, email, password: goodPassword }
  data(await asAdmin(here, addUser, { user: { ...user, id: 'boss' } }))
  data(await asAdmin(there, addUser, { user: { ...user, id: 'guest' } }))
  await set(there, { linkLoginsAcrossPartners: false })
  const loginDataId = (await storedUser(here, 'boss'))?.loginDataId ?? 0
  return { here, there, email, loginDataId }
}
type Two = Awaited<ReturnType<typeof twoAccounts>>

/** A KS of the person's own sign-in. */
async function signIn({ here, email }: Two, more: { privileges?: string; expiry?: number; otp?: string } = {}) {
  const input = { loginId: email, password: goodPassword, partnerId: here.partnerId, ...more }
  return data(await runAction(loginByLoginId, wire(), input))
}

async function change(ks: string, requestedPartnerId: number, now = Date.now()) {
  const ctx = await withKs(wire(now), ks, { action: 'user.loginByKs', uri: '/' })
  return runAction(loginByKs, ctx, { requestedPartnerId })
}

describe('user.loginByKs', () => {
  it('S15 answers a KS of the other account, and the user id of this one', async () => {
    const two = await twoAccounts()
    const answer = data(await change(await signIn(two), two.there.partnerId))
    expect(answer).toMatchObject({ objectType: 'KalturaSessionResponse', partnerId: two.there.partnerId, userId: 'boss' })
    expect(decodeKs(answer.ks, [two.there.adminSecret])).toMatchObject({
      partnerId: two.there.partnerId,
      userId: 'guest',
      type: 2,
    })
    const { actor, partner } = await withKs(wire(), answer.ks, { action: 'user.get', uri: '/' })
    expect([partner?.id, actor.grants.all]).toEqual([two.there.partnerId, true])
  })

  it('answers the same KS for the same account, whoever asks', async () => {
    const { here } = await twoAccounts()
    const ks = await ksOf(here)
    expect(data(await change(ks, here.partnerId))).toMatchObject({ ks, partnerId: here.partnerId, userId: '' })
  })

  it('goes on from account to account, and back', async () => {
    const two = await twoAccounts()
    const there = data(await change(await signIn(two), two.there.partnerId))
    const back = data(await change(there.ks, two.here.partnerId))
    expect(decodeKs(back.ks, [two.here.adminSecret])).toMatchObject({ userId: 'boss' })
    expect(back.userId).toBe('guest')
  })

  it('remembers where the person is, and writes it down there', async () => {
    const two = await twoAccounts()
    data(await change(await signIn(two), two.there.partnerId))
    expect((await findLoginDataById(two.loginDataId))?.lastLoginPartnerId).toBe(two.there.partnerId)
    const guest = await storedUser(two.there, 'guest')
    expect(guest?.lastLoginAt).toBeGreaterThan(0)
    const [entry] = await acrossPartners(() => listAuditEntries(two.there.partnerId, { targetKey: guest?.key }, 1))
    expect(entry).toMatchObject({ action: 'user.loginByKs', result: 'OK', actorId: 'boss' })
  })

  it('X01 writes a refusal down with the user there, or with the own one where there is none', async () => {
    const two = await twoAccounts()
    const { here, there } = two
    const entryOf = async (account: Account, id: string) => {
      const key = (await storedUser(account, id))?.key
      const [entry] = await acrossPartners(() => listAuditEntries(account.partnerId, { targetKey: key }, 1))
      return [entry?.action, entry?.result, entry?.actorId]
    }
    const ks = await signIn(two)
    await set(there, { sso: true })
    expect(codeOf(await change(ks, there.partnerId))).toBe('NEW_LOGIN_REQUIRED')
    expect(await entryOf(there, 'guest')).toEqual(['user.loginByKs', 'NEW_LOGIN_REQUIRED', 'boss'])
    expect(codeOf(await change(ks, 999_999))).toBe('INTERNAL_SERVER_ERROR')
    expect(await entryOf(here, 'boss')).toEqual(['user.loginByKs', 'INTERNAL_SERVER_ERROR', 'boss'])
  })

  const inTheOther = (user: Partial<UserData>) => (two: Two) =>
    asAdmin(two.there, updateUser, { userId: 'guest', user }).then(data)

  it.each<[what: string, code: string, prepare: (two: Two) => Promise<unknown>]>([
    ['a user blocked there', 'USER_IS_BLOCKED', inTheOther({ status: 0 })],
    ['a user deleted there', 'USER_DATA_ERROR', ({ there }) => asAdmin(there, deleteUser, { userId: 'guest' }).then(data)],
    ['no administrator there', 'USER_DATA_ERROR', ({ there }) => asAdmin(there, demoteAdmin, { userId: 'guest' }).then(data)],
    ['no user there', 'USER_DATA_ERROR', (two) => demotedAndDisabled(two.there, 'guest')],
    ['a closed account', 'USER_IS_BLOCKED', ({ there }) => updatePartner(there.partnerId, { status: 3 })],
    ['a read-only account', 'OK', ({ there }) => updatePartner(there.partnerId, { status: 4 })],
    ['an account without direct sign-in', 'DIRECT_LOGIN_BLOCKED', ({ there }) => set(there, { directLoginBlocked: true })],
    ['an account with its own sign-in', 'NEW_LOGIN_REQUIRED', ({ there }) => set(there, { sso: true })],
    ['an account that asks for a code', 'NEW_LOGIN_REQUIRED', ({ there }) => set(there, { secondFactor: 'all' })],
    ['one that asks administrators for a code', 'NEW_LOGIN_REQUIRED', ({ there }) => set(there, { secondFactor: 'admins' })],
    ['one that asks only others for a code', 'OK', ({ there }) => set(there, { secondFactor: 'nonAdmins' })],
    ['from single sign-on to a password', 'OK', ({ here }) => set(here, { sso: true })],
    ['a locked login', 'LOGIN_BLOCKED', ({ loginDataId }) => lockSource({ id: loginDataId }, '', Date.now() + 60_000)],
    ['a lock that is over', 'OK', ({ loginDataId }) => lockSource({ id: loginDataId }, '', Date.now() - 1000)],
    [
      'A11 a lock of somebody who guesses elsewhere',
      'OK',
      ({ loginDataId }) => lockSource({ id: loginDataId }, '203.0.113.9', Date.now() + 60_000),
    ],
    [
      'a password that became too old',
      'INTERNAL_SERVER_ERROR',
      async ({ here, loginDataId }) => {
        await set(here, { passwordReplaceFrequency: 1 })
        await updateLoginData(loginDataId, { passwordUpdatedAt: 0 })
      },
    ],
  ])('S15 %s: %s', async (_what, code, prepare) => {
    const two = await twoAccounts()
    const ks = await signIn(two)
    await prepare(two)
    expect(codeOf(await change(ks, two.there.partnerId))).toBe(code)
  })

  it('A04 S15 enters an account that asks for codes only from one that asked for them', async () => {
    const two = await twoAccounts()
    const { seed, columns } = enrolled(two.email)
    await updateLoginData(two.loginDataId, columns)
    await set(two.there, { secondFactor: 'all' })
    const lax = await signIn(two)
    await set(two.here, { secondFactor: 'all' })
    const strict = await signIn(two, { otp: new TOTP({ secret: seed }).generate() })
    expect(codeOf(await change(strict, two.there.partnerId))).toBe('OK')
    await set(two.here, { secondFactor: 'none' })
    expect(codeOf(await change(lax, two.there.partnerId))).toBe('NEW_LOGIN_REQUIRED')
    await set(two.here, { secondFactor: 'all', sso: true })
    expect(codeOf(await change(strict, two.there.partnerId))).toBe('NEW_LOGIN_REQUIRED')
    await set(two.here, { ssoPerUserAllowed: true })
    data(await asAdmin(two.here, updateUser, { userId: 'boss', user: { isSsoExcluded: true } }))
    expect(codeOf(await change(strict, two.there.partnerId))).toBe('OK')
  })

  it('S15 is not open to what an account’s secret signs, though it says that the person signed in', async () => {
    const two = await twoAccounts()
    const fields = { partnerId: two.here.partnerId, type: 2, userId: 'boss', privileges: '' }
    const expiry = Math.floor(Date.now() / 1000) + 3600
    const own = decodeKs(await signIn(two), [two.here.adminSecret])
    const forge = (more: object) => encodeKsV2({ ...fields, expiry, ...more }, two.here.adminSecret, Buffer.alloc(16, 1))
    const tries = {
      'started with the secret': await ksOf(two.here, { userId: 'boss' }),
      'signed elsewhere': forge({}),
      'said to be a sign-in': forge({ additionalData: `signIn.${Date.now()}` }),
      'with a proof made up': forge({ additionalData: `signIn.${Date.now()}.${'a'.repeat(43)}` }),
      'with the proof of a shorter session': forge({ additionalData: own?.additionalData, expiry: (own?.expiry ?? 0) + 1 }),
    }
    for (const [what, ks] of Object.entries(tries))
      expect(codeOf(await change(ks, two.there.partnerId)), what).toBe('NEW_LOGIN_REQUIRED')

    await set(two.there, { linkLoginsAcrossPartners: true })
    const trusted = data(await change(tries['started with the secret'], two.there.partnerId))
    expect(codeOf(await change(trusted.ks, two.here.partnerId))).toBe('NEW_LOGIN_REQUIRED')
  })

  it.each(['secret', 'signIn'])(
    'S06 is over with the right, though the old KS was signed as a %s of tomorrow',
    async (source) => {
      const two = await twoAccounts()
      await set(two.there, { linkLoginsAcrossPartners: true })
      const fields = { partnerId: two.here.partnerId, type: 2, userId: 'boss', privileges: '' }
      const tomorrow = Date.now() + 86_400_000
      const forged = { ...fields, expiry: Math.floor(tomorrow / 1000), additionalData: `${source}.${tomorrow}` }
      const { ks } = data(await change(encodeKsV2(forged, two.here.adminSecret, Buffer.alloc(16, 1)), two.there.partnerId))
      data(await asAdmin(two.there, demoteAdmin, { userId: 'guest' }))
      await expect(withKs(wire(), ks, { action: 'user.get', uri: '/' })).rejects.toMatchObject({ code: 'INVALID_KS' })
    },
  )

  it('S15 lives no longer than the old KS, nor than the account allows', async () => {
    const two = await twoAccounts()
    const expiryOf = (ks: string) => decodeKs(ks, [two.there.adminSecret])?.expiry ?? 0
    const now = Math.floor(Date.now() / 1000)
    const short = await signIn(two, { expiry: 100 })
    expect(expiryOf(data(await change(short, two.there.partnerId)).ks)).toBeLessThanOrEqual(now + 101)
    await set(two.there, { ksMaxExpiry: 60 })
    const ks = data(await change(await signIn(two), two.there.partnerId)).ks
    expect(expiryOf(ks)).toBeLessThanOrEqual(Math.floor(Date.now() / 1000) + 60)
  })

  it('S15 has the privileges of the old KS, and keeps to the accounts that it names', async () => {
    const two = await twoAccounts()
    const { partnerId } = two.there
    const ks = await signIn(two, { privileges: `enablechangeaccount:${partnerId}/7,edit:a` })
    const answer = data(await change(ks, partnerId))
    expect(decodeKs(answer.ks, [two.there.adminSecret])?.privileges).toBe(`enablechangeaccount:${partnerId}/7,edit:a`)
    expect(codeOf(await change(answer.ks, two.here.partnerId))).toBe('PARTNER_CHANGE_ACCOUNT_DISABLED')
    const other = await signIn(two, { privileges: 'enablechangeaccount:7' })
    expect(codeOf(await change(other, partnerId))).toBe('PARTNER_CHANGE_ACCOUNT_DISABLED')
    expect(codeOf(await change(await signIn(two, { privileges: 'enablechangeaccount:*' }), partnerId))).toBe('OK')
    expect(codeOf(await change(await signIn(two, { privileges: '*' }), partnerId))).toBe('OK')
  })

  it('S04 S15 never turns a session of one role into a wide one', async () => {
    const two = await twoAccounts()
    const roleId = await makeRole(two.here.partnerId, ['ADMIN_BASE'])
    const narrow = await signIn(two, { privileges: `setrole:${roleId}` })
    expect(codeOf(await change(narrow, two.there.partnerId))).toBe('NEW_LOGIN_REQUIRED')
    const system = await signIn(two, { privileges: 'setrole:PUBLISHER_ADMINISTRATOR' })
    expect(codeOf(await change(system, two.there.partnerId))).toBe('OK')
  })

  it('refuses whoever has no user, no login, no right, or no KS', async () => {
    const two = await twoAccounts()
    const { here, there } = two
    const nobody = await change(await ksOf(here), there.partnerId)
    expect(codeOf(nobody)).toBe('INVALID_USER_ID')
    expect(!nobody.ok && nobody.error.args).toEqual({ PUSER: '' })
    expect(codeOf(await change(await ksOf(here, { userId: 'unknown' }), there.partnerId))).toBe('USER_DATA_ERROR')
    data(await asAdmin(here, addUser, { user: { id: 'without' } }))
    expect(codeOf(await change(await ksOf(here, { userId: 'without' }), there.partnerId))).toBe('LOGIN_DATA_NOT_FOUND')
    expect(codeOf(await change(await ksOf(here, { userId: 'without', type: 0 }), there.partnerId))).toBe('SERVICE_FORBIDDEN')
    const unknown = await change(await signIn(two), 999_999)
    expect(codeOf(unknown)).toBe('INTERNAL_SERVER_ERROR')
    expect(!unknown.ok && unknown.error.args).toEqual({ ERR_TEXT: 'There is no such account.' })

    const ctx = await contextOf(here, { userId: 'boss' })
    const browser = { ...ctx, actor: { ...ctx.actor, ks: null } as typeof ctx.actor }
    expect(codeOf(await runAction(loginByKs, browser, { requestedPartnerId: there.partnerId }))).toBe('MISSING_KS')
  })

  it('S06 the new KS ends with the right that it has there', async () => {
    const two = await twoAccounts()
    const { ks } = data(await change(await signIn(two), two.there.partnerId))
    const now = Date.now() + 5
    data(await runAction(demoteAdmin, await contextOf(two.there, { at: { now } }), { userId: 'guest' }))
    await expect(withKs(wire(now), ks, { action: 'user.get', uri: '/' })).rejects.toMatchObject({ code: 'INVALID_KS' })
  })
})

async function demotedAndDisabled(account: Account, userId: string) {
  data(await asAdmin(account, demoteAdmin, { userId }))
  data(await asAdmin(account, disableLogin, { userId }))
}
