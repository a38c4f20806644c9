import { describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import type { Result } from '@/lib/action/result'
import { runAction } from '@/lib/action/run-action'
import { closeBrowserSession, openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import type { Person } from '@/lib/auth/gates-testing'
import { withKs } from '@/lib/auth/session-context'
import { codeAt, enrolled, makePartner, makePerson, makeUser, noon, password, wire } from '@/lib/auth/testing'
import { codeOf, contextOf, data, newAccount } from '@/lib/testing'
import { loginByKs } from '@/lib/user/actions/login-by-ks'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { inBrowser as enter, isOpen, sessionAt, ticketNow } from '../testing'
import { changePassword } from './change-password'
import { confirmEnrolment } from './confirm-enrolment'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'
import { listSessions } from './list-sessions'
import { listSignIns } from './list-sign-ins'
import { removeSecondFactor } from './remove-second-factor'
import { startEnrolment } from './start-enrolment'

freshDatabase()

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15'
const minute = 60_000

const aPerson = async () => makePerson(await makePartner())

const inBrowser = (person: Person, now = noon) => enter(person, { now, userAgent: firefox })

const sessionsOf = async (ctx: Context) => data(await runAction(listSessions, ctx, {})).objects

describe('account.listSessions', () => {
  it('tells browser, address and times, and which one asks', async () => {
    const person = await aPerson()
    const [desk, phone] = [await inBrowser(person), await inBrowser(person, noon + minute)]
    expect(await sessionsOf(phone.ctx)).toMatchObject([
      { device: 'Firefox (Linux)', address: phone.ctx.address, isThis: true, startedAt: (noon + minute) / 1000 },
      { device: 'Firefox (Linux)', address: desk.ctx.address, isThis: false, startedAt: noon / 1000, accountName: 'Acme' },
    ])
  })

  it('tells where each is: in a country, in a private network, or nobody knows', async () => {
    const person = await aPerson()
    for (const address of ['193.0.6.139', '2001:4860:4860::8888', '192.168.1.20', '198.51.100.7', ''])
      await enter(person, { address, now: noon - minute })
    const { ctx } = await enter(person, { address: '127.0.0.1' })
    const places = (await sessionsOf(ctx)).map(({ address, place }) => [address, place])
    expect(places[0]).toEqual(['127.0.0.1', 'local'])
    expect(Object.fromEntries(places)).toEqual({
      ...{ '193.0.6.139': 'NL', '2001:4860:4860::8888': 'US', '127.0.0.1': 'local', '192.168.1.20': 'local' },
      ...{ '198.51.100.7': null, '': null },
    })
  })

  it('counts the accounts of the same login in, and leaves out what is idle, and other people', async () => {
    const person = await aPerson()
    const elsewhere = await makePartner()
    await makeUser(elsewhere, { loginDataId: person.login.id })
    const { ctx } = await inBrowser(person)
    await inBrowser(await makePerson(person.user.partnerId))
    expect(await sessionsOf(ctx)).toHaveLength(1)
    const later = await inBrowser(person, noon + 12 * 60 * minute)
    expect(await sessionsOf(later.ctx)).toMatchObject([{ isThis: true }])
  })

  it('is not for a session that the account signs for its user', async () => {
    const account = await newAccount()
    const ctx = await contextOf(account, { type: 0, userId: account.adminUserId })
    const answers = [
      await runAction(listSessions, ctx, {}),
      await runAction(listSignIns, ctx, {}),
      await runAction(endOtherSessions, ctx, {}),
    ]
    expect(answers.map(codeOf)).toEqual(['MISSING_KS', 'MISSING_KS', 'MISSING_KS'])
  })
})

describe('account.endSession', () => {
  it('ends one browser and no other', async () => {
    const person = await aPerson()
    const [desk, phone] = [await inBrowser(person), await inBrowser(person)]
    const id = (await sessionsOf(desk.ctx)).find(({ isThis }) => !isThis)?.id ?? ''
    expect(codeOf(await runAction(endSession, desk.ctx, { id }))).toBe('OK')
    expect([await isOpen(phone), await isOpen(desk)]).toEqual([false, true])
    expect(codeOf(await runAction(endSession, desk.ctx, { id }))).toBe('INVALID_FIELD_VALUE')
  })

  it("ends nobody else's", async () => {
    const [mine, theirs] = [await inBrowser(await aPerson()), await inBrowser(await aPerson())]
    const [session] = await sessionsOf(theirs.ctx)
    expect(await runAction(endSession, mine.ctx, { id: session?.id ?? '' })).toMatchObject({
      error: { code: 'INVALID_FIELD_VALUE', fields: { id: expect.any(String) } },
    })
    expect(await isOpen(theirs)).toBe(true)
  })
})

describe('account.endOtherSessions', () => {
  it('ends all but the browser that asks', async () => {
    const person = await aPerson()
    const [desk, phone] = [await inBrowser(person), await inBrowser(person)]
    const asked = { ...phone.ctx, now: noon + minute }
    expect(codeOf(await runAction(endOtherSessions, asked, {}))).toBe('OK')
    expect(await isOpen(desk, noon + minute)).toBe(false)
    const here = await sessionAt(phone, noon + 2 * minute)
    expect(here && (await sessionsOf(here))).toMatchObject([{ isThis: true }])
  })
})

describe('the browser in which somebody looks after the own sign-in', () => {
  type Step = [after: string, take: (ctx: Context, seed: string) => Promise<Result<unknown>>, isEnrolled?: boolean]
  const steps: Step[] = [
    ['another password', (ctx) => runAction(changePassword, ctx, { password, newPassword: 'Quite-another-7' })],
    [
      'a second factor',
      async (ctx) => {
        const { setupKey } = data(await runAction(startEnrolment, ctx, { password }))
        return runAction(confirmEnrolment, ctx, { otp: codeAt(setupKey, ctx.now) })
      },
    ],
    ['no second factor', (ctx, seed) => runAction(removeSecondFactor, ctx, { password, otp: codeAt(seed, ctx.now) }), true],
    ['the end of all others', (ctx) => runAction(endOtherSessions, ctx, {})],
  ]

  it.each(steps)(
    'S06 S07 S09 goes on under a new id after %s: a copy of its cookie is good for nothing',
    async (_, take, isEnrolled) => {
      const { seed, columns } = enrolled('goes-on@example.com')
      const person = await makePerson(await makePartner(), {}, isEnrolled ? columns : {})
      const here = await enter(person, { otp: isEnrolled ? codeAt(seed) : undefined })
      const later = { ...here.ctx, now: noon + minute }
      const copied = here.ticket
      expect(await withBrowserSession(later, copied)).not.toBeNull()
      expect(codeOf(await take(later, seed))).toBe('OK')
      expect(ticketNow(here).sessionId).not.toBe(copied.sessionId)
      expect(await withBrowserSession(later, copied)).toBeNull()
      const goneOn = await sessionAt(here, noon + minute)
      expect(goneOn?.actor).toMatchObject({ userId: person.user.id, expiresAt: noon / 1000 + 12 * 3600 })
      expect(goneOn && (await sessionsOf(goneOn))).toMatchObject([{ isThis: true }])
    },
  )

  it('S08 stays signed out when that came in between', async () => {
    const here = await enter(await aPerson())
    await closeBrowserSession(here.ctx, here.ticket)
    expect(codeOf(await runAction(endOtherSessions, { ...here.ctx, now: noon + minute }, {}))).toBe('OK')
    expect(here.ctx.renewed.sessionId).toBeNull()
    expect(await isOpen(here, noon + minute)).toBe(false)
  })
})

describe('account.listSignIns', () => {
  it('tells successes and failures with their device, address and place, newest first', async () => {
    const person = await aPerson()
    const { login } = person
    await expect(
      openBrowserSession(wire({ origin: 'page', address: '193.0.6.139', userAgent: safari }), login.loginEmail, 'wrong'),
    ).rejects.toThrow()
    const { ctx } = await enter(person, { now: noon + minute, userAgent: firefox, address: '127.0.0.1' })
    expect(data(await runAction(listSignIns, ctx, {})).objects).toMatchObject([
      {
        ...{ at: (noon + minute) / 1000, isSuccess: true, refusal: null },
        ...{ device: 'Firefox (Linux)', address: '127.0.0.1', place: 'local' },
      },
      {
        ...{ at: noon / 1000, isSuccess: false, refusal: 'USER_WRONG_PASSWORD' },
        ...{ device: 'Safari (macOS)', address: '193.0.6.139', place: 'NL' },
      },
    ])
  })
})

describe('S06 S07 a sign-in with the old password while a change of it is reckoned', () => {
  const byKs = async ({ login, user }: Person, now: number) =>
    data(await runAction(loginByLoginId, wire({ now }), { loginId: login.loginEmail, password, partnerId: user.partnerId }))
  const fate = (ks: string, now: number) =>
    withKs(wire({ now }), ks, { action: 'user.get', uri: '/' }).then(
      () => 'OK',
      ({ code }) => code,
    )

  it('opens nothing that outlives the change, and the browser that asked for it goes on', async () => {
    const person = await makePerson(await makePartner(), {}, { passwordUpdatedAt: noon - minute })
    const browser = await inBrowser(person)
    const ks = await byKs(person, noon + 500)
    const other = await inBrowser(person, noon + 700)
    data(await runAction(changePassword, browser.ctx, { password, newPassword: 'another-Tr4veller' }))
    expect(await fate(ks, noon + 2_000)).toBe('INVALID_KS')
    expect([await isOpen(other), await isOpen(browser)]).toEqual([false, true])
  })

  it('is refused where the change comes before the session', async () => {
    const person = await makePerson(await makePartner(), {}, { passwordUpdatedAt: noon - minute })
    const browser = await inBrowser(person)
    const [signIns] = await Promise.all([
      Promise.allSettled(Array.from({ length: 8 }, (_, at) => byKs(person, noon + 500 + at))),
      runAction(changePassword, browser.ctx, { password, newPassword: 'another-Tr4veller' }).then(data),
    ])
    const fates = signIns.flatMap((signIn) => (signIn.status === 'fulfilled' ? [fate(signIn.value, noon + 2_000)] : []))
    expect((await Promise.all(fates)).filter((code) => code === 'OK')).toEqual([])
  })
})

describe('S06 a KS for another account while a change of the password is reckoned', () => {
  /** An administrator of two accounts with one login, and the KS of his sign-in to the first. */
  async function ofTwoAccounts() {
    const [here, there] = [await makePartner(), await makePartner()]
    const before = noon - 2 * minute
    const person = await makePerson(here, { isAdmin: true, createdAt: before }, { passwordUpdatedAt: before })
    await makeUser(there, { isAdmin: true, loginDataId: person.login.id, createdAt: before })
    const asked = { loginId: person.login.loginEmail, password, partnerId: here }
    const ks = data(await runAction(loginByLoginId, wire({ now: noon - minute }), asked))
    return { ks, there, browser: await inBrowser(person) }
  }
  const call = { action: 'user.loginByKs', uri: '/' }
  const change = (ctx: Context) => runAction(changePassword, ctx, { password, newPassword: 'another-Tr4veller' }).then(data)

  it('is over with the KS that it came from', async () => {
    const { ks, there, browser } = await ofTwoAccounts()
    const asked = await withKs(wire({ now: noon + 500 }), ks, call)
    const opened = data(await runAction(loginByKs, asked, { requestedPartnerId: there }))
    expect((await withKs(wire({ now: noon + 600 }), opened.ks, call)).partner?.id).toBe(there)
    await change(browser.ctx)
    await expect(withKs(wire({ now: noon + 2_000 }), opened.ks, call)).rejects.toMatchObject({ code: 'INVALID_KS' })
  })

  it('is refused where the change comes before it', async () => {
    const { ks, there, browser } = await ofTwoAccounts()
    const asked = await withKs(wire({ now: noon + 500 }), ks, call)
    await change(browser.ctx)
    expect(codeOf(await runAction(loginByKs, asked, { requestedPartnerId: there }))).toBe('NEW_LOGIN_REQUIRED')
  })
})
