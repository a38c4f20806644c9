import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { updatePartner } from '@/db/queries/partners'
import { findBrowserSession } from '@/db/queries/sessions'
import { browserSessions } from '@/db/schema/sessions'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { hashOf } from '@/lib/id'
import { deleteUser } from '@/lib/user/actions/delete-user'
import { updateUser } from '@/lib/user/actions/update-user'
import {
  closeBrowserSession,
  confirmBrowserSession,
  openBrowserSession,
  type SessionTicket,
  switchBrowserSession,
  withBrowserSession,
} from './browser-session'
import { endSessionsOfLogin, endSessionsOfUser } from './end-sessions'
import { encodeKsV2 } from './ks'
import { withKs } from './session-context'
import { adminSecret, codeAt, enrolled, makePartner, makePerson, makeRole, makeUser, noon, password, wire } from './testing'

freshDatabase()

const minute = 60_000
const hour = 60 * minute
let partnerId: number
beforeAll(async () => {
  partnerId = await makePartner()
})

const page = (now = noon, of: Partial<Context> = {}) => wire({ origin: 'page', now, ...of })
type Person = Awaited<ReturnType<typeof makePerson>>
const open = ({ login }: Person, now = noon) => openBrowserSession(page(now), login.loginEmail, password)
const isIn = async (ticket: SessionTicket, now = noon) => (await withBrowserSession(page(now), ticket)) !== null
const rowOf = (ticket: SessionTicket) =>
  withPartner(ticket.partnerId, () => findBrowserSession(ticket.partnerId, hashOf(ticket.sessionId)))

async function admin(now: number) {
  const ks = encodeKsV2(
    { partnerId, expiry: noon / 1000 + 86_400, type: 2, userId: '', privileges: '' },
    adminSecret,
    wire().random(16),
  )
  return withKs(page(now), ks, { action: 'user.update', uri: '' })
}

describe('browser session', () => {
  it("is the person's, with the person's rights", async () => {
    const role = await makeRole(partnerId, ['ADMIN_BASE'])
    const person = await makePerson(partnerId, { isAdmin: true, roleIds: String(role) })
    const ctx = await withBrowserSession(page(), await open(person))
    expect(ctx?.partner?.id).toBe(partnerId)
    expect(ctx?.actor).toMatchObject({ kind: 'user', userId: person.user.id, source: 'signIn', ks: null, isAdminSession: true })
    expect([...(ctx?.actor.grants.names ?? [])]).toEqual(['ADMIN_BASE'])
  })

  it('is open to people who are no administrators, with their own rights', async () => {
    const ctx = await withBrowserSession(page(), await open(await makePerson(partnerId)))
    expect(ctx?.actor.grants).toEqual({ all: false, names: new Set(['BASE_USER_SESSION_PERMISSION']) })
  })

  it('S09 is a new one at every sign-in, and its id is kept as a hash only', async () => {
    const person = await makePerson(partnerId)
    const [first, second] = [await open(person), await open(person)]
    expect(first.sessionId).not.toBe(second.sessionId)
    expect(first.sessionId.length).toBeGreaterThanOrEqual(43)
    const rows = await acrossPartners(() => db().select().from(browserSessions))
    expect(JSON.stringify(rows)).not.toContain(first.sessionId)
    expect(await rowOf(first)).toMatchObject({ userKey: person.user.key, startedAt: noon, address: '192.0.2.1' })
  })

  it('S11 ends after 30 idle minutes', async () => {
    const ticket = await open(await makePerson(partnerId))
    expect(await isIn(ticket, noon + 30 * minute)).toBe(true)
    expect(await isIn(ticket, noon + 60 * minute)).toBe(true)
    expect(await isIn(ticket, noon + 90 * minute + 1)).toBe(false)
    expect(await isIn(ticket, noon + 91 * minute)).toBe(false)
  })

  it('S11 is not kept from ending by what a page asks by itself', async () => {
    const ticket = await open(await makePerson(partnerId))
    const isInByItself = async (now: number) => (await withBrowserSession(page(now), ticket, { isByItself: true })) !== null
    for (let now = noon; now <= noon + 30 * minute; now += minute) expect(await isInByItself(now)).toBe(true)
    expect(await isInByItself(noon + 30 * minute + 1)).toBe(false)
  })

  it('S11 ends twelve hours after sign-in, however busy', async () => {
    const ticket = await open(await makePerson(partnerId))
    for (let now = noon; now < noon + 12 * hour; now += 20 * minute) expect(await isIn(ticket, now)).toBe(true)
    expect(await isIn(ticket, noon + 12 * hour - 1)).toBe(true)
    expect(await isIn(ticket, noon + 12 * hour)).toBe(false)
  })

  it('S11 lives as long as its account says, and what the account says now holds for open sessions', async () => {
    const own = await makePartner({ sessionIdleMinutes: 5, sessionHours: 2 })
    const person = await makePerson(own)
    const [idle, busy] = [await open(person), await open(person)]
    expect(await isIn(idle, noon + 5 * minute + 1)).toBe(false)
    for (let now = noon; now < noon + 2 * hour; now += 4 * minute) expect(await isIn(busy, now)).toBe(true)
    expect(await isIn(busy, noon + 2 * hour)).toBe(false)
    await updatePartner(own, { settings: { sessionHours: 3 } })
    expect(await isIn(busy, noon + 2 * hour)).toBe(true)
    expect((await withBrowserSession(page(noon + 2 * hour), busy))?.actor).toMatchObject({ expiresAt: (noon + 3 * hour) / 1000 })
    await updatePartner(own, { settings: { sessionHours: 1 } })
    expect(await isIn(busy, noon + 2 * hour)).toBe(false)
  })

  it('S11 lives no longer than the installation lets it, whatever its account says', async () => {
    const own = await makePartner({ sessionIdleMinutes: 10_080, sessionHours: 720 })
    const ticket = await open(await makePerson(own))
    expect(await isIn(ticket, noon + 30 * minute + 1)).toBe(false)
    for (let now = noon; now < noon + 12 * hour; now += 20 * minute) await isIn(ticket, now)
    expect(await isIn(ticket, noon + 12 * hour)).toBe(false)
  })

  it('S11 whoever is busy is not taken for idle, however short the account lets it be', async () => {
    const own = await makePartner({ sessionIdleMinutes: 1 })
    const ticket = await open(await makePerson(own))
    for (let now = noon; now < noon + 10 * minute; now += 50_000) expect(await isIn(ticket, now)).toBe(true)
  })

  it('notes that it was seen once a minute at most', async () => {
    const ticket = await open(await makePerson(partnerId))
    await isIn(ticket, noon + minute)
    expect((await rowOf(ticket))?.lastSeenAt).toBe(noon)
    await isIn(ticket, noon + minute + 1)
    expect((await rowOf(ticket))?.lastSeenAt).toBe(noon + minute + 1)
  })

  it('S08 ends with sign-out, and stays ended', async () => {
    const person = await makePerson(partnerId)
    const [ticket, other] = [await open(person), await open(person)]
    await closeBrowserSession(page(noon + minute), ticket)
    expect(await isIn(ticket, noon + minute)).toBe(false)
    expect(await isIn(other, noon + minute)).toBe(true)
    await closeBrowserSession(page(noon + 2 * minute), ticket)
    expect((await rowOf(ticket))?.endedAt).toBe(noon + minute)
    const entries = await acrossPartners(() => listAuditEntries(partnerId, { actorId: person.user.id }, 10))
    expect(entries.map((entry) => entry.action)).toEqual(['browser.signOut'])
  })

  it('S13 S14 is nobody for a ticket that was made up', async () => {
    const ticket = await open(await makePerson(partnerId))
    const other = await makePartner()
    const hash = hashOf(ticket.sessionId)
    for (const wrong of [
      { sessionId: '' },
      { sessionId: hash },
      { sessionId: `${ticket.sessionId}x` },
      { sessionId: '\0' },
      { sessionId: '\ud800' },
      { sessionId: 'x'.repeat(100_000) },
      { partnerId: other },
      { partnerId: 0 },
      { partnerId: 999_999 },
      { partnerId: -1 },
    ]) {
      expect(await isIn({ ...ticket, ...wrong }), JSON.stringify(wrong).slice(0, 60)).toBe(false)
    }
    expect(await isIn(ticket)).toBe(true)
  })

  const events: [string, (person: Person, now: number) => Promise<unknown>][] = [
    ['block', async ({ user }, now) => runAction(updateUser, await admin(now), { userId: user.id, user: { status: 0 } })],
    [
      'block and unblock',
      async ({ user }, now) => {
        await runAction(updateUser, await admin(now), { userId: user.id, user: { status: 0 } })
        return runAction(updateUser, await admin(now), { userId: user.id, user: { status: 1 } })
      },
    ],
    ['delete', async ({ user }, now) => runAction(deleteUser, await admin(now), { userId: user.id })],
    [
      'rename',
      async ({ user }, now) => runAction(updateUser, await admin(now), { userId: user.id, user: { id: `${user.id}-2` } }),
    ],
    [
      'another role',
      async ({ user }, now) => runAction(updateUser, await admin(now), { userId: user.id, user: { roleIds: '2' } }),
    ],
    [
      'the end of all sessions of the user',
      async ({ user }, now) => withPartner(partnerId, () => endSessionsOfUser(partnerId, user.key, now)),
    ],
    ['the end of all sessions of the login', async ({ login }, now) => endSessionsOfLogin(login.id, now)],
  ]

  it.each(events)('S07 ends with %s, and a new one is good where the person may sign in', async (name, event) => {
    const person = await makePerson(partnerId)
    const [ticket, unconcerned] = [await open(person), await open(await makePerson(partnerId))]
    const done = await event(person, noon + minute)
    if (done && typeof done === 'object' && 'ok' in done) expect(done).toMatchObject({ ok: true })
    expect(await isIn(ticket, noon + minute)).toBe(false)
    expect(await isIn(unconcerned, noon + minute)).toBe(true)
    if (name === 'block' || name === 'delete') await expect(open(person, noon + 2 * minute)).rejects.toThrow()
    else expect(await isIn(await open(person, noon + 2 * minute), noon + 2 * minute)).toBe(true)
  })

  it.each([
    [0, false],
    [2, false],
    [3, false],
    [4, true],
  ])('S07 an account of status %i keeps its people in: %s', async (status, isKept) => {
    const own = await makePartner()
    const ticket = await open(await makePerson(own))
    await updatePartner(own, { status })
    expect(await isIn(ticket)).toBe(isKept)
  })
})

describe('a second factor that was enrolled by choice', () => {
  it('A04 is asked for in the browser where the account demands none, and counted', async () => {
    const { columns, seed } = enrolled('by-choice@example.com')
    const person = await makePerson(partnerId, {}, columns)
    const enter = (otp?: string) => openBrowserSession(page(), person.login.loginEmail, password, { otp })
    await expect(enter()).rejects.toMatchObject({ code: 'MISSING_OTP' })
    await expect(enter('000000')).rejects.toMatchObject({ code: 'INVALID_OTP' })
    expect(await isIn(await enter(codeAt(seed)))).toBe(true)
    const entries = await acrossPartners(() => listAuditEntries(partnerId, { targetKey: person.user.key }, 5))
    expect(entries.map(({ result }) => result)).toEqual(['OK', 'INVALID_OTP', 'MISSING_OTP'])
  })

  it('is not asked for before it is confirmed', async () => {
    const { columns } = enrolled('not-yet@example.com')
    const person = await makePerson(partnerId, {}, { ...columns, otpConfirmedAt: null })
    expect(await isIn(await open(person))).toBe(true)
  })
})

describe('a session that is confirmed', () => {
  const wrong = { password: 'wrong' }
  const confirm = (ticket: SessionTicket, now: number, proof: Parameters<typeof confirmBrowserSession>[2] = { password }) =>
    confirmBrowserSession(page(now), ticket, proof)

  it('S09 S11 goes on under a new id and ends no later; the former id is dead', async () => {
    const person = await makePerson(partnerId)
    const ticket = await open(person)
    const before = await rowOf(ticket)
    const next = await confirm(ticket, noon + 20 * minute)
    expect(next.sessionId).not.toBe(ticket.sessionId)
    expect(await isIn(ticket, noon + 20 * minute)).toBe(false)
    expect(await isIn(next, noon + 20 * minute)).toBe(true)
    const { startedAt, expiresAt } = before ?? {}
    expect(await rowOf(next)).toMatchObject({ startedAt, expiresAt, provenAt: noon + 20 * minute })
    const [entry] = await acrossPartners(() => listAuditEntries(partnerId, { actorId: person.user.id }, 1))
    expect(entry).toMatchObject({ action: 'browser.confirm', result: 'OK' })
  })

  it('A01 S11 is not, by a wrong password, which counts like one at sign-in', async () => {
    const own = await makePartner({ maxLoginAttempts: 3 })
    const person = await makePerson(own)
    const ticket = await open(person)
    const tries = []
    for (let at = 0; at < 4; at++) tries.push(await confirm(ticket, noon + minute, wrong).catch(({ code }) => code))
    expect(tries).toEqual(['USER_WRONG_PASSWORD', 'USER_WRONG_PASSWORD', 'LOGIN_RETRIES_EXCEEDED', 'LOGIN_BLOCKED'])
    await expect(confirm(ticket, noon + minute)).rejects.toMatchObject({ code: 'LOGIN_BLOCKED' })
    await expect(open(person, noon + minute)).rejects.toMatchObject({ code: 'LOGIN_BLOCKED' })
    expect(await rowOf(ticket)).toMatchObject({ provenAt: noon })
    const [entry] = await acrossPartners(() => listAuditEntries(own, { targetKey: person.user.key }, 1))
    expect(entry).toMatchObject({ action: 'browser.signIn', result: 'LOGIN_BLOCKED' })
  })

  it('A04 S11 takes a code of whoever has an authenticator', async () => {
    const { columns, seed } = enrolled('confirms@example.com')
    const person = await makePerson(partnerId, {}, columns)
    const ticket = await openBrowserSession(page(), person.login.loginEmail, password, { otp: codeAt(seed) })
    const later = noon + 20 * minute
    await expect(confirm(ticket, later)).rejects.toMatchObject({ code: 'MISSING_OTP' })
    await expect(confirm(ticket, later, { password, otp: codeAt(seed) })).rejects.toMatchObject({ code: 'INVALID_OTP' })
    expect(await isIn(await confirm(ticket, later, { password, otp: codeAt(seed, later) }), later)).toBe(true)
  })

  it('S07 is not, once it is over; and of two at once one is', async () => {
    const person = await makePerson(partnerId)
    const ticket = await open(person)
    const both = await Promise.allSettled([1, 2].map(() => confirm(ticket, noon + minute)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(confirm(ticket, noon + minute)).rejects.toMatchObject({ code: 'MISSING_KS' })
    const other = await open(person)
    await withPartner(partnerId, () => endSessionsOfUser(partnerId, person.user.key, noon + minute))
    await expect(confirm(other, noon + minute)).rejects.toMatchObject({ code: 'MISSING_KS' })
  })
})

describe('another account in the same browser', () => {
  const two = async (settings: Parameters<typeof makePartner>[0] = {}, there: Parameters<typeof makeUser>[1] = {}) => {
    const person = await makePerson(partnerId, { isAdmin: true })
    const other = await makePartner(settings)
    const user = await makeUser(other, { isAdmin: true, loginDataId: person.login.id, ...there })
    return { person, other, user, ticket: await open(person) }
  }

  it('S09 S15 is entered by a new session that ends no later, and the one before is over', async () => {
    const { person, other, user, ticket } = await two()
    const next = await switchBrowserSession(page(noon + 20 * minute), ticket, other)
    expect(next.partnerId).toBe(other)
    expect(next.sessionId).not.toBe(ticket.sessionId)
    expect(await isIn(ticket, noon + 20 * minute)).toBe(false)
    const ctx = await withBrowserSession(page(noon + 20 * minute), next)
    expect(ctx?.actor).toMatchObject({ userId: user.id })
    expect((await rowOf(next))?.expiresAt).toBe((await rowOf(ticket))?.expiresAt)
    const entries = await acrossPartners(() => listAuditEntries(other, { targetType: 'user', targetKey: user.key }, 10))
    expect(entries).toMatchObject([{ action: 'browser.switchAccount', actorId: person.user.id }])
  })

  it('S11 S15 counts the hours of the account that is entered from the sign-in on', async () => {
    const { other, ticket } = await two({ sessionHours: 2 })
    for (let now = noon; now < noon + 2 * hour; now += 20 * minute) await isIn(ticket, now)
    const next = await switchBrowserSession(page(noon + 2 * hour - minute), ticket, other)
    expect(await isIn(next, noon + 2 * hour - 1)).toBe(true)
    expect(await isIn(next, noon + 2 * hour)).toBe(false)

    const late = await two({ sessionHours: 2 })
    for (let now = noon; now < noon + 2 * hour; now += 20 * minute) await isIn(late.ticket, now)
    const switched = switchBrowserSession(page(noon + 2 * hour), late.ticket, late.other)
    await expect(switched).rejects.toMatchObject({ code: 'NEW_LOGIN_REQUIRED' })
    expect(await isIn(late.ticket, noon + 2 * hour)).toBe(true)
  })

  it('S15 brings the shorter life of the account that is left along', async () => {
    const from = await makePartner({ sessionHours: 1 })
    const person = await makePerson(from, { isAdmin: true })
    const to = await makePartner()
    await makeUser(to, { isAdmin: true, loginDataId: person.login.id })
    const next = await switchBrowserSession(page(noon + minute), await open(person), to)
    expect(await isIn(next, noon + 30 * minute)).toBe(true)
    expect(await isIn(next, noon + hour)).toBe(false)
  })

  it.each([
    ['a plain user there', {}, { isAdmin: false }, 'USER_DATA_ERROR'],
    ['blocked there', {}, { status: 0 }, 'USER_IS_BLOCKED'],
    ['no user there', {}, { loginDataId: null }, 'USER_DATA_ERROR'],
    ['an account with a sign-in of its own', { sso: true }, {}, 'NEW_LOGIN_REQUIRED'],
    ['an account that asks for a code', { secondFactor: 'all' }, {}, 'NEW_LOGIN_REQUIRED'],
    ['an account that takes no passwords', { directLoginBlocked: true }, {}, 'DIRECT_LOGIN_BLOCKED'],
  ] as const)('S15 stays closed to %s, and the session goes on', async (_, settings, there, code) => {
    const { person, other, user, ticket } = await two(settings, there)
    await expect(switchBrowserSession(page(), ticket, other)).rejects.toMatchObject({ code })
    expect(await isIn(ticket)).toBe(true)
    const triedOn = user.loginDataId === null ? person.user : user
    const [entry] = await acrossPartners(() => listAuditEntries(triedOn.partnerId, { targetKey: triedOn.key }, 1))
    expect(entry).toMatchObject({ action: 'browser.switchAccount', result: code, actorId: person.user.id })
  })

  it('S15 stays closed to whoever is not in any more, and of two at once one enters', async () => {
    const { other, ticket } = await two()
    const both = await Promise.allSettled([1, 2].map(() => switchBrowserSession(page(), ticket, other)))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(switchBrowserSession(page(), ticket, other)).rejects.toMatchObject({ code: 'MISSING_KS' })
  })

  it('is the one chosen on this device at sign-in, unless it does not let the person in', async () => {
    const { person, other } = await two()
    const enter = (preferredPartnerId: number) =>
      openBrowserSession(page(), person.login.loginEmail, password, { preferredPartnerId })
    expect((await enter(other)).partnerId).toBe(other)
    for (const closed of [await makePartner(), await makePartner({}, 2), 999_999]) {
      expect((await enter(closed)).partnerId).not.toBe(closed)
    }
  })
})
