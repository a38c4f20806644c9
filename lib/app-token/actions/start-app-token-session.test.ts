import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { appTokens } from '@/db/schema/sessions'
import { freshDatabase } from '@/db/testing'
import { type Context, newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { readKs, withKs } from '@/lib/auth/session-context'
import { endSession } from '@/lib/session/actions/end-session'
import { startWidgetSession } from '@/lib/session/actions/start-widget-session'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { getUser } from '@/lib/user/actions/get-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { restoreUser } from '@/lib/user/actions/restore-user'
import { updateUser } from '@/lib/user/actions/update-user'
import type { AppTokenData } from '../schema'
import { addAppToken } from './add-app-token'
import { deleteAppToken } from './delete-app-token'
import { getAppToken } from './get-app-token'
import { startAppTokenSession } from './start-app-token-session'
import { updateAppToken } from './update-app-token'

freshDatabase()

const add = async (account: Account, appToken: AppTokenData = {}) => data(await asAdmin(account, addAppToken, { appToken }))

type Token = { id: string; token?: string | null; hashType?: string | null }
type More = Partial<Parameters<typeof startAppTokenSession.handle>[1]>

const hashOf = ({ token, hashType }: Token, ks: string) =>
  createHash((hashType ?? 'SHA1').toLowerCase())
    .update(ks + token)
    .digest('hex')

/** A new widget session, as the caller of `appToken.startSession` has it. */
async function widget(account: Account, at: Partial<Context> = {}) {
  const started = await runAction(startWidgetSession, newContext({ origin: 'wire', ...at }), {
    widgetId: `_${account.partnerId}`,
  })
  const { ks } = data(started)
  return { ks, ctx: await withKs(newContext({ origin: 'wire', ...at }), ks, { action: 'test', uri: '/' }) }
}

async function start(account: Account, token: Token, more: More = {}, at: Partial<Context> = {}) {
  const { ks, ctx } = await widget(account, at)
  return runAction(startAppTokenSession, ctx, { id: token.id, tokenHash: hashOf(token, ks), ...more })
}

/** The reason why a session is over, or nothing. */
async function over(ks: string | null | undefined, at: Partial<Context> = {}) {
  const ctx = newContext({ origin: 'wire', ...at })
  return withKs(ctx, ks ?? '', { action: 'test', uri: '/' }).then(
    () => undefined,
    (error) => error.reason ?? error.code,
  )
}

const usedBy = (ks: string | null | undefined) => withKs(newContext({ origin: 'wire' }), ks ?? '', { action: 'test', uri: '/' })

describe('appToken.startSession', () => {
  it.each(['MD5', 'SHA1', 'SHA256', 'SHA512'] as const)('takes the %s of the KS and the token', async (hashType) => {
    const account = await newAccount()
    const token = await add(account, { hashType, sessionUserId: 'ann', sessionType: 0, sessionDuration: 600 })
    const session = data(await start(account, token))
    expect(session).toMatchObject({
      objectType: 'KalturaSessionInfo',
      partnerId: account.partnerId,
      userId: 'ann',
      sessionType: 0,
      privileges: `sessionid:${token.id},apptoken:${token.id}`,
    })
    expect(data(await runAction(getUser, await usedBy(session.ks), {})).id).toBe('ann')
  })

  it('refuses a hash of anything else, and the same hash with another KS', async () => {
    const account = await newAccount()
    const [token, other] = [await add(account), await add(account)]
    const { ks, ctx } = await widget(account)
    const tries = {
      empty: '',
      token: token.token ?? '',
      'other token': hashOf(other, ks),
      'no KS': hashOf(token, ''),
      'other algorithm': hashOf({ ...token, hashType: 'SHA256' }, ks),
    }
    for (const [what, tokenHash] of Object.entries(tries))
      expect(codeOf(await runAction(startAppTokenSession, ctx, { id: token.id, tokenHash })), what).toBe('INVALID_APP_TOKEN_HASH')

    const caught = hashOf(token, ks)
    const later = await widget(account, { now: Date.now() + 5000 })
    expect(codeOf(await runAction(startAppTokenSession, later.ctx, { id: token.id, tokenHash: caught }))).toBe(
      'INVALID_APP_TOKEN_HASH',
    )
    const upper = { id: token.id, tokenHash: caught.toUpperCase() }
    expect(codeOf(await runAction(startAppTokenSession, ctx, upper))).toBe('OK')
  })

  it('C06 takes no hash without a KS in it', async () => {
    const account = await newAccount()
    const token = await add(account)
    const ctx = await contextOf(account)
    if (ctx.actor.kind !== 'user') throw new Error('No session')
    const browser = { ...ctx, actor: { ...ctx.actor, ks: null } }
    const input = { id: token.id, tokenHash: hashOf(token, '') }
    expect(codeOf(await runAction(startAppTokenSession, browser, input))).toBe('INVALID_APP_TOKEN_HASH')
  })

  it('lets the token’s own type, user and privileges win over what is asked for', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionType: 0, sessionUserId: 'ann', sessionPrivileges: 'actionslimit:5,view:x' })
    const asked = { type: 2 as const, userId: account.adminUserId, sessionPrivileges: 'actionslimit:99,sview:y,view:z' }
    const session = data(await start(account, token, asked))
    expect(session).toMatchObject({ sessionType: 0, userId: 'ann' })
    expect(session.privileges).toBe(`sessionid:${token.id},apptoken:${token.id},actionslimit:5,view:x,sview:y`)
  })

  it('S04 gives none of the privileges that raise rights, nor another session id', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionType: 0, sessionUserId: 'ann', sessionPrivileges: 'sessionid:mine,apptoken:x' })
    const sessionPrivileges =
      '*,setrole:1,download:a.csv,sessionid:z,apptoken:z,widget:1,disableentitlement,enablechangeaccount:1,_u:x'
    const session = data(await start(account, token, { sessionPrivileges }))
    expect(session.privileges).toBe(`sessionid:${token.id},apptoken:${token.id}`)
    expect(codeOf(await runAction(listUsers, await usedBy(session.ks), {}))).toBe('SERVICE_FORBIDDEN')
  })

  it('S04 lends a USER token no roles of whoever its caller names', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionType: 0 })
    const ctx = await usedBy(data(await start(account, token, { userId: account.adminUserId })).ks)
    expect(codeOf(await runAction(listUsers, ctx, {}))).toBe('SERVICE_FORBIDDEN')
    expect(data(await runAction(getUser, ctx, {})).id).toBe(account.adminUserId)
  })

  it('S05 lives no longer than asked for, than the token lets a session live, than the token itself', async () => {
    const account = await newAccount({ ksMaxExpiry: 5000 })
    const now = Date.UTC(2026, 0, 5, 12)
    const inSeconds = (seconds: number) => now / 1000 + seconds
    const lives: [AppTokenData, number | undefined, number][] = [
      [{}, undefined, 5000],
      [{ sessionDuration: 900 }, undefined, 900],
      [{ sessionDuration: 900 }, 60, 60],
      [{ sessionDuration: 900 }, 9000, 900],
      [{ sessionDuration: 900_000 }, undefined, 5000],
      [{ expiry: inSeconds(30) }, 60, 30],
      [{}, -5, 1],
      [{}, 0, 1],
    ]
    for (const [settings, expiry, life] of lives) {
      const token = await add(account, settings)
      const session = data(await start(account, token, { ...(expiry !== undefined && { expiry }) }, { now }))
      expect(session.expiry, JSON.stringify([settings, expiry])).toBe(inSeconds(life))
    }
    const expired = await add(account, { expiry: inSeconds(0) })
    expect(codeOf(await start(account, expired, {}, { now }))).toBe('APP_TOKEN_EXPIRED')
  })

  it('Z01 Z14 knows the tokens of its own account only', async () => {
    const [own, other] = [await newAccount(), await newAccount()]
    const token = await add(other)
    expect(codeOf(await start(own, token))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(codeOf(await start(own, { id: '0_nothing', token: '' }))).toBe('APP_TOKEN_ID_NOT_FOUND')
  })

  it('S08 ends every session of a token that is deleted', async () => {
    const account = await newAccount()
    const [token, other] = [await add(account), await add(account)]
    const [one, two] = [data(await start(account, token)), data(await start(account, token, { userId: 'ann' }))]
    const kept = data(await start(account, other))
    expect(await over(one.ks)).toBeUndefined()
    data(await asAdmin(account, deleteAppToken, { id: token.id }))
    expect([await over(one.ks), await over(two.ks), await over(kept.ks)]).toEqual(['LOGOUT', 'LOGOUT', undefined])
    expect(codeOf(await start(account, token))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(codeOf(await asAdmin(account, deleteAppToken, { id: token.id }))).toBe('APP_TOKEN_ID_NOT_FOUND')
  })

  it('S08 ends one session by session.end, and leaves the token and its other sessions', async () => {
    const account = await newAccount()
    const token = await add(account)
    const [one, two] = [data(await start(account, token)), data(await start(account, token, { userId: 'ann' }))]
    data(await runAction(endSession, await usedBy(one.ks), {}))
    expect([await over(one.ks), await over(two.ks)]).toEqual(['LOGOUT', undefined])
    expect(await over(data(await start(account, token)).ks)).toBeUndefined()
  })

  it('S06 ends the sessions of a user who is blocked, and starts none until he is not', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionUserId: 'ann', sessionType: 0 })
    const before = Date.now() - 5000
    const session = data(await start(account, token, {}, { now: before }))
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 0 } }))
    expect(await over(session.ks)).toBe('USER_BLOCKED')
    expect(codeOf(await start(account, token))).toBe('APP_TOKEN_NOT_ACTIVE')
    expect(data(await asAdmin(account, getAppToken, { id: token.id })).status).toBe(1)

    data(await asAdmin(account, updateUser, { userId: 'ann', user: { status: 1 } }))
    expect(await over(session.ks)).toBe('LOGOUT')
    expect(codeOf(await start(account, token, {}, { now: Date.now() + 1000 }))).toBe('OK')
  })

  it('S06 S08 deletes the tokens of a user who is deleted, for good', async () => {
    const account = await newAccount()
    const [token, other] = [await add(account, { sessionUserId: 'ann' }), await add(account)]
    const session = data(await start(account, token))
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    expect(await over(session.ks)).toBe('LOGOUT')
    data(await asAdmin(account, restoreUser, { userId: 'ann' }))
    expect(await over(session.ks)).toBe('LOGOUT')
    expect(codeOf(await start(account, token))).toBe('APP_TOKEN_ID_NOT_FOUND')
    expect(codeOf(await start(account, other))).toBe('OK')
  })

  it('S06 gives somebody new no sessions of whoever had the id before', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionUserId: 'ann' })
    const session = data(await start(account, token))
    data(await asAdmin(account, deleteUser, { userId: 'ann' }))
    data(await asAdmin(account, addUser, { user: { id: 'ann' } }))
    expect(await over(session.ks)).toBe('LOGOUT')
  })

  it('follows a user who is renamed', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionUserId: 'ann', sessionType: 0 })
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { id: 'anna' } }))
    expect(data(await start(account, token)).userId).toBe('anna')
    expect(await storedUser(account, 'ann')).toBeNull()
  })

  it('C02 keeps the token sealed, so that a copy of the database starts no session', async () => {
    const account = await newAccount()
    const [token, other] = [await add(account), await add(account)]
    const rows = await acrossPartners(() => db().select().from(appTokens))
    expect(rows.length).toBeGreaterThan(1)
    expect(JSON.stringify(rows)).not.toContain(token.token)

    const secret = rows.find((row) => row.id === other.id)?.secret
    await acrossPartners(() => db().update(appTokens).set({ secret }).where(eq(appTokens.id, token.id)))
    expect(codeOf(await start(account, token))).toBe('INTERNAL_SERVERL_ERROR')
  })

  it('keeps the sessions of a token that is changed, and applies the change to the next', async () => {
    const account = await newAccount()
    const token = await add(account, { sessionDuration: 600 })
    const session = data(await start(account, token))
    data(await asAdmin(account, updateAppToken, { id: token.id, appToken: { sessionDuration: 60, hashType: 'SHA256' } }))
    expect(await over(session.ks)).toBeUndefined()
    const decoded = await readKs(data(await start(account, { ...token, hashType: 'SHA256' })).ks ?? '')
    expect((decoded?.expiry ?? 0) - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(60)
  })
})
