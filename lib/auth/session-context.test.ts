import { beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { updatePartner } from '@/db/queries/partners'
import { endEverySession } from '@/db/queries/sessions'
import { deleteExpiredSessions } from '@/db/queries/sweep'
import { findUser, findUserForUpdate, type UserChanges, updateUser } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import type { ActionError } from '@/lib/action/errors'
import { runAction } from '@/lib/action/run-action'
import { endSession } from '@/lib/session/actions/end-session'
import { getSession } from '@/lib/session/actions/get-session'
import { startSession } from '@/lib/session/actions/start-session'
import { newAccount } from '@/lib/testing'
import { addUser } from '@/lib/user/actions/add-user'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { getUser } from '@/lib/user/actions/get-user'
import { listUsers } from '@/lib/user/actions/list-users'
import { login } from '@/lib/user/actions/login'
import { updateUser as updateUserAction } from '@/lib/user/actions/update-user'
import { endSessionsOfLogin, endSessionsOfUser } from './end-sessions'
import { decodeKs, encodeKsV1, encodeKsV2, type KsFields } from './ks'
import { withKs, withRequestedPartner } from './session-context'
import { adminSecret, makeLogin, makePartner, makePerson, makeRole, makeUser, noon, password, userSecret, wire } from './testing'

freshDatabase()

let partnerId: number
beforeAll(async () => {
  partnerId = await makePartner()
})

const later = (seconds: number) => noon + seconds * 1000
const fields = (of: Partial<KsFields> = {}): KsFields => ({
  partnerId,
  expiry: noon / 1000 + 3600,
  type: 2,
  userId: '',
  privileges: '',
  ...of,
})
const signed = (of: Partial<KsFields> = {}, secret = adminSecret) => encodeKsV2(fields(of), secret, wire().random(16))

const call = { action: 'user.list', uri: '/api_v3/service/user/action/list' }
const enter = (ks: string, of: Partial<Context> = {}, more: { uri?: string; requestedPartnerId?: number } = {}) =>
  withKs(wire(of), ks, { ...call, ...more })

/** `OK`, or the code, with the reason where there is one. */
async function fate(...args: Parameters<typeof enter>) {
  return enter(...args).then(
    () => 'OK',
    (error: ActionError) => (error.reason ? `${error.code} ${error.reason}` : error.code),
  )
}

async function signedIn(userId: string, at = noon, of: object = {}) {
  const result = await runAction(login, wire({ now: at, address: '' }), { partnerId, userId, password, ...of })
  if (!result.ok) throw new Error(result.error.code)
  return result.data
}

const admin = async (now = later(60)) => enter(signed(), { now })

async function change(id: string, changes: UserChanges) {
  await withPartner(partnerId, () =>
    transaction(async () => {
      const user = await findUserForUpdate(partnerId, id)
      if (user) await updateUser(user, changes)
    }),
  )
}

const permissionsOf = (ctx: Context) => (ctx.actor.grants.all ? '*' : [...ctx.actor.grants.names].sort().join())

describe('a KS', () => {
  it('S01 S02 S13 is refused alike, whatever is wrong with it', async () => {
    const good = signed()
    const version1 = encodeKsV1(fields(), adminSecret, '1700000000.1')
    const others = [
      '',
      'x',
      good.slice(0, -8),
      `${good.slice(0, 20)}A${good.slice(21)}`,
      signed({}, 'another secret'),
      signed({ partnerId: 999_999 }),
      version1,
    ]
    const wild = [
      'eyJhbGciOiJub25lIn0.eyJ1IjoxfQ.',
      '\0',
      '%00%ff',
      'a'.repeat(2 ** 20),
      '\ud800',
      '[object Object]',
      `${good}\n`,
      ` ${good}`,
    ]
    for (const ks of [...others, ...wild]) {
      const error = await enter(ks).catch((refused) => refused)
      expect(error, ks.slice(0, 30)).toMatchObject({ code: 'INVALID_KS', reason: 'INVALID_STR' })
      expect(error.args).toEqual({ KSID: ks.slice(0, 8), ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' })
      expect(error.message.length).toBeLessThan(120)
    }
  })

  it('C07 is signed by the secret of the account that it names, and by no other one’s', async () => {
    const accounts = await Promise.all([newAccount(), newAccount()])
    for (const [at, { partnerId: named }] of accounts.entries()) {
      for (const [from, { adminSecret: secret, userSecret: ofUsers }] of accounts.entries()) {
        const right = at === from ? 'OK' : 'INVALID_KS INVALID_STR'
        expect(await fate(signed({ partnerId: named }, secret))).toBe(right)
        // The secret that makes sessions of users signs no token at all.
        expect(await fate(signed({ partnerId: named }, ofUsers))).toBe('INVALID_KS INVALID_STR')
        const started = await runAction(startSession, wire(), { secret, partnerId: named, type: 2 })
        expect(started.ok).toBe(at === from)
      }
    }
    // Under another number it is not another account's.
    const [one, other] = accounts
    const ks = Buffer.from(signed({ partnerId: one?.partnerId ?? 0 }, one?.adminSecret), 'base64url').toString('latin1')
    const moved = ks.replace(`v2|${one?.partnerId}|`, `v2|${other?.partnerId}|`)
    expect(moved).not.toBe(ks)
    expect(await fate(Buffer.from(moved, 'latin1').toString('base64url'))).toBe('INVALID_KS INVALID_STR')
  })

  it('S02 version 1 is accepted only where the account switched it on', async () => {
    const own = await makePartner({ acceptKsVersion1: true })
    const ks = encodeKsV1(fields({ partnerId: own, userId: 'ann' }), adminSecret, '1700000000.1')
    expect((await enter(ks)).actor).toMatchObject({ userId: 'ann', source: 'secret' })
    await updatePartner(own, { settings: {} })
    expect(await fate(ks)).toBe('INVALID_KS INVALID_STR')
  })

  it('says who, in which account, with the rights of an administrator', async () => {
    const ctx = await enter(signed({ userId: 'ann', privileges: 'edit:a' }))
    expect(ctx.partner?.id).toBe(partnerId)
    expect(ctx.actor).toMatchObject({
      kind: 'user',
      userId: 'ann',
      user: null,
      isAdminSession: true,
      source: 'secret',
      privileges: 'edit:a',
    })
    expect(permissionsOf(ctx)).toBe('*')
  })

  it('ends at its expiry, to the second', async () => {
    const ks = signed({ expiry: noon / 1000 + 10 })
    expect(await fate(ks, { now: later(10) - 1 })).toBe('OK')
    expect(await fate(ks, { now: later(10) })).toBe('INVALID_KS EXPIRED')
    const error = await enter(ks, { now: later(11) }).catch((refused) => refused)
    expect(error.args).toEqual({ KSID: 'EXPIRED', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' })
    expect(error.message).toMatch(/-1,INVALID_STR"$/)
  })

  it.each<[string, string, object, object, string]>([
    ['an allowed address', 'iprestrict:192.0.2.9/192.0.2.1', {}, {}, 'OK'],
    ['another address', 'iprestrict:192.0.2.9', {}, {}, 'INVALID_KS EXCEEDED_RESTRICTED_IP'],
    ['a prefix of an address is another one', 'iprestrict:192.0.2.11', {}, {}, 'INVALID_KS EXCEEDED_RESTRICTED_IP'],
    ['no address at all', 'iprestrict', {}, {}, 'INVALID_KS EXCEEDED_RESTRICTED_IP'],
    ['an allowed path', `urirestrict:/x|${call.uri}`, {}, {}, 'OK'],
    ['a path below', 'urirestrict:/api_v3/service/user/*', {}, {}, 'OK'],
    ['another path', 'urirestrict:/api_v3/service/media/*', {}, {}, 'INVALID_KS EXCEEDED_RESTRICTED_URI'],
    ['expiry before address', 'iprestrict:192.0.2.9', { now: later(9999) }, {}, 'INVALID_KS EXPIRED'],
    ['address before path', 'iprestrict:192.0.2.9,urirestrict:/x', {}, {}, 'INVALID_KS EXCEEDED_RESTRICTED_IP'],
  ])('%s: %s', async (_, privileges, of, more, expected) => {
    expect(await fate(signed({ privileges }), of, more)).toBe(expected)
  })

  it('is used as often as it may be, also when all come at once', async () => {
    const ks = signed({ privileges: 'actionslimit:3' })
    const answers = await Promise.all(Array.from({ length: 10 }, () => fate(ks)))
    expect(answers.filter((answer) => answer === 'OK')).toHaveLength(3)
    expect(await fate(ks)).toBe('INVALID_KS EXCEEDED_ACTIONS_LIMIT')
    expect(await fate(signed({ privileges: 'actionslimit:3' }))).toBe('OK')
    expect(await fate(signed({ privileges: 'actionslimit:many' }))).toBe('INVALID_KS EXCEEDED_ACTIONS_LIMIT')
  })

  it.each([
    [0, false],
    [1, true],
    [2, false],
    [3, false],
    [4, true],
  ])('S06 an account of status %i lets its sessions in: %s', async (status, isIn) => {
    const own = await makePartner()
    const ks = signed({ partnerId: own })
    await updatePartner(own, { status })
    expect(await fate(ks)).toBe(isIn ? 'OK' : 'SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  })

  it('reaches no other account', async () => {
    const other = await makePartner()
    const closed = await makePartner({}, 3)
    expect(await fate(signed(), {}, { requestedPartnerId: partnerId })).toBe('OK')
    const error = await enter(signed(), {}, { requestedPartnerId: other }).catch((refused) => refused)
    expect(error).toMatchObject({ code: 'SERVICE_FORBIDDEN', args: { SERVICE: 'user->list' } })
    expect(await fate(signed(), {}, { requestedPartnerId: closed })).toBe('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
    expect(await fate(signed(), {}, { requestedPartnerId: 999_999 })).toBe('SERVICE_FORBIDDEN_CONTENT_BLOCKED')
  })

  it('no other account signs for this one', async () => {
    const other = await makePartner()
    const forged = signed({ partnerId: other }, 'the secret of another account')
    expect(await fate(forged)).toBe('INVALID_KS INVALID_STR')
  })

  it('without a KS an account is only selected', async () => {
    expect(await withRequestedPartner(wire(), partnerId)).toMatchObject({
      partner: { id: partnerId },
      actor: { kind: 'anonymous' },
    })
    for (const id of [999_999, await makePartner({}, 3), -1]) {
      await expect(withRequestedPartner(wire(), id)).rejects.toMatchObject({ code: 'SERVICE_FORBIDDEN_CONTENT_BLOCKED' })
    }
  })
})

describe('rights of a KS', () => {
  const rights = async (of: Partial<KsFields>) => permissionsOf(await enter(signed(of)))

  it('follow the type where there is no user', async () => {
    expect(await rights({ type: 2 })).toBe('*')
    expect(await rights({ type: 1 })).toBe('*')
    expect(await rights({ type: 0 })).toBe('BASE_USER_SESSION_PERMISSION')
    expect(await rights({ type: 0, privileges: 'widget:1' })).toBe('WIDGET_SESSION_PERMISSION')
  })

  it("are those of the user's roles where it has some, whatever the type", async () => {
    const role = await makeRole(partnerId, ['ADMIN_BASE', 'ADMIN_USER_ADD'])
    await makeUser(partnerId, { id: 'narrow', isAdmin: true, roleIds: String(role) })
    expect(await rights({ userId: 'narrow', type: 2 })).toBe('ADMIN_BASE,ADMIN_USER_ADD')
    expect(await rights({ userId: 'NARROW', type: 0 })).toBe('ADMIN_BASE,ADMIN_USER_ADD')
  })

  it("are the account's own for a session without a role", async () => {
    const own = await makePartner()
    const [adminRoleId, userSessionRoleId] = [await makeRole(own, ['ADMIN_BASE']), await makeRole(own, ['KMC_READ_ONLY'])]
    await updatePartner(own, { settings: { adminRoleId, userSessionRoleId } })
    expect(await rights({ partnerId: own, type: 2 })).toBe('ADMIN_BASE')
    expect(await rights({ partnerId: own, type: 0 })).toBe('KMC_READ_ONLY')
  })

  it('are those of `setrole`, none for `null`, and an error for a role of elsewhere', async () => {
    const own = await makeRole(partnerId, ['ADMIN_USER_ADD'])
    const foreign = await makeRole(await makePartner(), ['ADMIN_USER_ADD'])
    expect(await rights({ privileges: `setrole:${own}` })).toBe('ADMIN_USER_ADD')
    expect(await rights({ privileges: 'setrole:BASE_USER_SESSION_ROLE' })).toBe('BASE_USER_SESSION_PERMISSION')
    expect(await rights({ privileges: 'setrole:null' })).toBe('')
    for (const role of [foreign, 'NO_SUCH', '0', '-1', '1e1'])
      expect(await fate(signed({ privileges: `setrole:${role}` }))).toBe('INVALID_OBJECT_ID')
  })

  it('lose what `restrictingrole` holds', async () => {
    const role = await makeRole(partnerId, ['ADMIN_USER_DELETE'])
    const ctx = await enter(signed({ privileges: `restrictingrole:${role}` }))
    expect(ctx.actor.grants.all).toBe(false)
    expect(ctx.actor.grants.names.has('ADMIN_USER_DELETE')).toBe(false)
    expect(ctx.actor.grants.names.has('ADMIN_USER_ADD')).toBe(true)
    expect(await rights({ privileges: 'restrictingrole:PUBLISHER_ADMINISTRATOR' })).toBe('')
  })

  it('change with the roles at the next call', async () => {
    const role = await makeRole(partnerId, ['ADMIN_USER_ADD'])
    await makeUser(partnerId, { id: 'shifting', isAdmin: true, roleIds: '1' })
    expect(await rights({ userId: 'shifting' })).toBe('*')
    await change('shifting', { roleIds: String(role) })
    expect(await rights({ userId: 'shifting' })).toBe('ADMIN_USER_ADD')
  })
})

describe('S06 a session ends with its right', () => {
  const events: [string, (id: string, at: number) => Promise<unknown>, string][] = [
    [
      'block',
      async (id, now) => runAction(updateUserAction, await admin(now), { userId: id, user: { status: 0 } }),
      'USER_BLOCKED',
    ],
    ['delete', async (id, now) => runAction(deleteUser, await admin(now), { userId: id }), 'INVALID_KS INVALID_USER'],
    [
      'rename',
      async (id, now) => runAction(updateUserAction, await admin(now), { userId: id, user: { id: `${id}-2` } }),
      'INVALID_KS INVALID_USER',
    ],
    [
      'another role',
      async (id, now) => runAction(updateUserAction, await admin(now), { userId: id, user: { roleIds: '2' } }),
      'INVALID_KS LOGOUT',
    ],
    [
      'being made administrator',
      async (id, now) => runAction(updateUserAction, await admin(now), { userId: id, user: { isAdmin: true } }),
      'INVALID_KS LOGOUT',
    ],
    [
      'the end of all sessions of the user',
      async (id, now) => withPartner(partnerId, async () => endSessionsOfUser(partnerId, (await key(id)) ?? 0, now)),
      'INVALID_KS LOGOUT',
    ],
    [
      'the end of all sessions of the login',
      async (id, now) => endSessionsOfLogin((await person(id))?.loginDataId ?? 0, now),
      'INVALID_KS LOGOUT',
    ],
  ]

  it.each(events)('%s', async (name, event, expected) => {
    const id = `s06-${name.replaceAll(' ', '-')}`
    await makePerson(partnerId, { id })
    const ks = await signedIn(id)
    const other = await signedIn((await makePerson(partnerId)).user.id)
    expect(await fate(ks)).toBe('OK')
    const done = await event(id, later(60))
    if (done && typeof done === 'object' && 'ok' in done) expect(done).toMatchObject({ ok: true })
    expect(await fate(ks, { now: later(61) })).toBe(expected)
    expect(await fate(other, { now: later(61) })).toBe('OK')
  })

  it('a session begun after it is good', async () => {
    const { user } = await makePerson(partnerId)
    await withPartner(partnerId, () => endSessionsOfUser(partnerId, user.key, later(60)))
    expect(await fate(await signedIn(user.id, later(60)), { now: later(61) })).toBe('OK')
  })

  it('an old session does not come back with the unblocked or restored user', async () => {
    const { user } = await makePerson(partnerId)
    const ks = await signedIn(user.id)
    await runAction(updateUserAction, await admin(), { userId: user.id, user: { status: 0 } })
    await runAction(updateUserAction, await admin(), { userId: user.id, user: { status: 1 } })
    expect(await fate(ks, { now: later(62) })).toBe('INVALID_KS LOGOUT')
  })

  it('an old session of a deleted person is not one of the next who gets the id', async () => {
    const { user } = await makePerson(partnerId)
    const ks = await signedIn(user.id)
    await runAction(deleteUser, await admin(), { userId: user.id })
    expect(await runAction(addUser, await admin(later(120)), { user: { id: user.id } })).toMatchObject({ ok: true })
    expect(await fate(ks, { now: later(121) })).not.toBe('OK')
  })

  it('an old session of a renamed person is not one of the next who gets the id', async () => {
    const { user } = await makePerson(partnerId)
    const ks = await signedIn(user.id)
    await runAction(updateUserAction, await admin(), { userId: user.id, user: { id: `${user.id}-new` } })
    expect(await runAction(addUser, await admin(later(120)), { user: { id: user.id } })).toMatchObject({ ok: true })
    expect(await fate(ks, { now: later(121) })).not.toBe('OK')
  })

  it('a session signed elsewhere with the secret for an unknown user stays, as integrators rely on it', async () => {
    const ctx = await enter(signed({ userId: 'nobody-yet', type: 0 }))
    expect(ctx.actor).toMatchObject({ userId: 'nobody-yet', user: null })
    expect(permissionsOf(ctx)).toBe('BASE_USER_SESSION_PERMISSION')
  })

  it('a blocked user is refused in a session signed with the secret too', async () => {
    await makeUser(partnerId, { id: 'blocked', status: 0 })
    expect(await fate(signed({ userId: 'blocked' }))).toBe('USER_BLOCKED')
  })
})

describe('S08 session.end', () => {
  const end = async (ks: string) => runAction(endSession, await enter(ks), {})

  it('ends the session for every later call, and no other', async () => {
    const [ks, other] = [signed({ userId: 'ann' }), signed({ userId: 'ann' })]
    expect(await end(ks)).toMatchObject({ ok: true, data: null })
    expect(await fate(ks)).toBe('INVALID_KS LOGOUT')
    expect(await fate(other)).toBe('OK')
  })

  it('ends it in every spelling of the same token', async () => {
    for (let round = 0; round < 8; round++) {
      const ks = signed({ userId: 'x'.repeat(round) })
      await end(ks)
      const bytes = Buffer.from(ks, 'base64url')
      const rest = bytes.subarray(bytes.indexOf('|', 3))
      const spellings = [
        ks.replaceAll('-', '+').replaceAll('_', '/'),
        ks.replace(/=+$/, ''),
        `${ks.replace(/=+$/, '')}=`,
        `${ks.replace(/=+$/, '')}==`,
        Buffer.concat([Buffer.from(`v2|0${partnerId}`), rest]).toString('base64'),
        Buffer.concat([Buffer.from(`v2|000${partnerId}`), rest]).toString('base64url'),
      ]
      for (const spelling of spellings) expect(await fate(spelling), spelling).toMatch(/^INVALID_KS/)
    }
  })

  it('ends all that share its session id, and none of other accounts', async () => {
    const other = await makePartner()
    const [ks, twin, stranger] = [
      signed({ privileges: 'sessionid:a-1' }),
      signed({ privileges: 'sessionid:a-1,edit:b' }),
      signed({ partnerId: other, privileges: 'sessionid:a-1' }),
    ]
    const unlike = signed({ privileges: 'sessionid:a-11' })
    await end(ks)
    expect(await fate(twin)).toBe('INVALID_KS LOGOUT')
    expect(await fate(unlike)).toBe('OK')
    expect(await fate(stranger)).toBe('OK')
  })

  it('ends them for as long as they live, also those from before the account made lives shorter', async () => {
    const expiry = noon / 1000 + 30 * 86_400
    const [ks, twin] = [signed({ privileges: 'sessionid:long' }), signed({ privileges: 'sessionid:long', expiry })]
    const now = later(29 * 86_400)
    await end(ks)
    await acrossPartners(() => deleteExpiredSessions(now))
    expect(await fate(twin, { now })).toBe('INVALID_KS LOGOUT')
  })

  it('does nothing without a session, and nothing worse the second time', async () => {
    expect(await runAction(endSession, wire(), {})).toMatchObject({ ok: true, data: null })
    const ks = signed()
    const ctx = await enter(ks)
    await runAction(endSession, ctx, {})
    expect(await runAction(endSession, ctx, {})).toMatchObject({ ok: true, data: null })
  })
})

describe('session.start', () => {
  const start = async (input: object, of: Partial<Context> = {}) =>
    runAction(startSession, wire(of), { partnerId, secret: adminSecret, ...input })
  const begun = async (input: object) => {
    const result = await start(input)
    if (!result.ok) throw new Error(result.error.code)
    return result.data
  }

  it('answers a KS of version 2 with what was asked for', async () => {
    const ks = await begun({ userId: 'ann', type: 2, expiry: 600, privileges: 'edit:a,edit:b,*' })
    expect(decodeKs(ks, [adminSecret])).toMatchObject({
      version: 2,
      type: 2,
      userId: 'ann',
      expiry: noon / 1000 + 600,
      privileges: 'edit:a/b,all:*',
    })
    expect(await fate(ks)).toBe('OK')
    expect(decodeKs(await begun({}), [adminSecret])).toMatchObject({
      type: 0,
      userId: '',
      privileges: '',
      expiry: noon / 1000 + 86_400,
    })
  })

  it.each<[string, object, string]>([
    ['a wrong secret', { secret: 'wrong' }, 'START_SESSION_ERROR'],
    ['an empty secret', { secret: '' }, 'START_SESSION_ERROR'],
    ['the secret in capitals', { secret: adminSecret.toUpperCase() }, 'START_SESSION_ERROR'],
    ['the user secret for an ADMIN session', { secret: userSecret, type: 2 }, 'START_SESSION_ERROR'],
    ['the user secret for a session of type 1', { secret: userSecret, type: 1 }, 'START_SESSION_ERROR'],
    ['an unknown account', { partnerId: 999_999 }, 'START_SESSION_ERROR'],
    ['an unknown type', { type: 3 }, 'INVALID_ENUM_VALUE'],
    ['an unknown role', { privileges: 'setrole:NO_SUCH' }, 'UNKNOWN_ROLE_ID'],
  ])('refuses %s', async (_, input, code) => {
    expect(await start(input)).toMatchObject({ ok: false, error: { code } })
  })

  it('refuses accounts that are not open', async () => {
    for (const status of [0, 2, 3]) {
      expect(await start({ partnerId: await makePartner({}, status) })).toMatchObject({ error: { code: 'START_SESSION_ERROR' } })
    }
  })

  it.each([
    [0, 1],
    [-1, 1],
    [60, 60],
    [86_401, 86_400],
    [Number.MAX_SAFE_INTEGER, 86_400],
  ])('S05 a life of %i seconds becomes %i', async (expiry, life) => {
    expect(decodeKs(await begun({ expiry }), [adminSecret])?.expiry).toBe(noon / 1000 + life)
  })

  it('S04 the user secret opens a USER session that has no more rights, whatever is asked for', async () => {
    const asked = ['setrole:PUBLISHER_ADMINISTRATOR', 'setrole:1', '*', 'all:*', 'setrole:null,setrole:1', ' setrole : 1']
    for (const privileges of asked) {
      const result = await start({ secret: userSecret, type: 0, privileges })
      if (!result.ok) continue
      const ctx = await enter(result.data)
      expect(await runAction(listUsers, ctx, {}), privileges).toMatchObject({ ok: false, error: { code: 'SERVICE_FORBIDDEN' } })
    }
  })

  it('S03 an id and privileges with signs of the format stay what they are', async () => {
    const userId = 'a;b|c&_t=2&_e=9=%00'
    const ks = await begun({ userId, privileges: '_t:2,_u:root,_e:9999999999,_d:signIn.1,edit:a&_t=2;x|y' })
    expect(decodeKs(ks, [adminSecret])).toMatchObject({
      userId,
      type: 0,
      expiry: noon / 1000 + 86_400,
      privileges: 'edit:a&_t=2;x|y',
      additionalData: `secret.${noon}`,
    })
  })

  it('S06 its session ends with the deletion of the user, and falls back to nobody’s rights', async () => {
    await makeUser(partnerId, { id: 'gone' })
    const ks = await begun({ userId: 'gone', type: 2 })
    expect(await fate(ks)).toBe('OK')
    expect(await runAction(deleteUser, await admin(), { userId: 'gone' })).toMatchObject({ ok: true })
    expect(await fate(ks, { now: later(61) })).toBe('INVALID_KS LOGOUT')
    expect(await fate(await begun({ userId: 'gone', type: 2 }))).toBe('INVALID_KS LOGOUT')
  })

  it('S06 its session ends with the block of the user', async () => {
    await makeUser(partnerId, { id: 'started' })
    const ks = await begun({ userId: 'started', type: 2 })
    expect(await fate(ks)).toBe('OK')
    await runAction(updateUserAction, await admin(), { userId: 'started', user: { status: 0 } })
    await runAction(updateUserAction, await admin(), { userId: 'started', user: { status: 1 } })
    expect(await fate(ks, { now: later(61) })).toBe('INVALID_KS LOGOUT')
  })
})

describe('session.get', () => {
  const get = async (ks: string, input: object = {}) => runAction(getSession, await enter(ks), input)

  it("tells the caller's own session, or another of the account, expired or not", async () => {
    const ks = signed({ userId: 'ann', privileges: 'edit:a' })
    expect(await get(ks)).toMatchObject({
      ok: true,
      data: { ks, sessionType: 2, partnerId, userId: 'ann', expiry: noon / 1000 + 3600, privileges: 'edit:a' },
    })
    const expired = signed({ userId: 'bob', expiry: 1000, type: 0 })
    expect(await get(ks, { session: expired })).toMatchObject({ ok: true, data: { userId: 'bob', expiry: 1000, sessionType: 0 } })
  })

  it('refuses one of another account, rubbish, and callers without the right', async () => {
    const other = await makePartner()
    expect(await get(signed(), { session: signed({ partnerId: other }) })).toMatchObject({
      error: { code: 'PARTNER_ACCESS_FORBIDDEN', args: { ACCESSING_PID: String(partnerId), ACCESSED_PID: String(other) } },
    })
    expect(await get(signed(), { session: 'rubbish' })).toMatchObject({ ok: false })
    expect(await get(signed({ type: 0 }))).toMatchObject({ error: { code: 'SERVICE_FORBIDDEN' } })
  })
})

describe('S04 what a person can reach with a session of his own', () => {
  it('a person without rights reads himself and nobody else', async () => {
    const { user } = await makePerson(partnerId)
    const ctx = await enter(await signedIn(user.id, noon, { privileges: '*,setrole:1' }))
    expect(await runAction(getUser, ctx, {})).toMatchObject({ ok: true, data: { id: user.id } })
    expect(await runAction(listUsers, ctx, {})).toMatchObject({ error: { code: 'SERVICE_FORBIDDEN' } })
  })

  it('an administrator of a narrow role gets no wider one by asking, nor by writing it into his own profile', async () => {
    const role = await makeRole(partnerId, ['ADMIN_USER_UPDATE', 'ADMIN_BASE'])
    const { user } = await makePerson(partnerId, { isAdmin: true, roleIds: String(role) })
    const asked = await enter(await signedIn(user.id, noon, { privileges: 'setrole:PUBLISHER_ADMINISTRATOR' }))
    expect(permissionsOf(asked)).toBe('ADMIN_BASE,ADMIN_USER_UPDATE')

    const ctx = await enter(await signedIn(user.id))
    await runAction(updateUserAction, ctx, { userId: user.id, user: { ksPrivileges: 'setrole:PUBLISHER_ADMINISTRATOR' } })
    const after = await enter(await signedIn(user.id, later(60)), { now: later(61) })
    expect(permissionsOf(after)).toBe('ADMIN_BASE,ADMIN_USER_UPDATE')
  })
})

const person = (id: string) => acrossPartners(() => findUser(partnerId, id))
const key = async (id: string) => (await person(id))?.key

it('the end of all sessions reaches every account of the login', async () => {
  const other = await makePartner()
  const row = await makeLogin(partnerId)
  await makeUser(partnerId, { id: 'here', loginDataId: row.id })
  await makeUser(other, { id: 'there', loginDataId: row.id })
  const result = await runAction(login, wire({ address: '' }), { partnerId: other, userId: 'there', password })
  if (!result.ok) throw new Error(result.error.code)
  const [here, there] = [await signedIn('here'), result.data]
  await endSessionsOfLogin(row.id, later(60))
  expect(await fate(here, { now: later(61) })).toBe('INVALID_KS LOGOUT')
  expect(await fate(there, { now: later(61) })).toBe('INVALID_KS LOGOUT')
})

it('R24 S06 the end of every session ends those that name no user, or nobody whom there is, too', async () => {
  const start = async (userId: string, now: number) => {
    const result = await runAction(startSession, wire({ now }), { partnerId, secret: adminSecret, type: 2, userId })
    if (!result.ok) throw new Error(result.error.code)
    return result.data
  }
  const startAll = (now: number) => Promise.all(['', 'nobody-yet'].map((userId) => start(userId, now)))
  const before = await startAll(noon)
  await acrossPartners(() => endEverySession(later(60)))
  const now = later(120)
  const after = await startAll(now)
  for (const ks of before) expect(await fate(ks, { now })).toBe('INVALID_KS LOGOUT')
  for (const ks of after) expect(await fate(ks, { now })).toBe('OK')
})
