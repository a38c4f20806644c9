import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById, type LoginDataRow, updateLoginData } from '@/db/queries/login-data'
import { updateUser } from '@/db/queries/users'
import { requestCounts } from '@/db/schema/sign-in'
import { mailOutbox } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { joinLogin } from '@/lib/auth/enable-login'
import { endEveryLink } from '@/lib/auth/end-links'
import { giveHashKey, type KeyPurpose } from '@/lib/auth/hash-key'
import { hashCount } from '@/lib/auth/password'
import { enrolled, makePartner, makePerson, makeUser, noon, wire } from '@/lib/auth/testing'
import { contextOfAccount, mailedKey, mailsTo } from '@/lib/mail/testing'
import { data } from '@/lib/testing'
import { resetPassword } from '@/lib/user/actions/reset-password'
import { setInitialPassword } from '@/lib/user/actions/set-initial-password'
import { changeLogin } from '@/lib/user/login-change'
import { beginEmailChange } from '../email-change'
import { getLinkState } from './get-link-state'
import { renewLink } from './renew-link'

freshDatabase()

// The limits are tried below; elsewhere they must not get in the way.
beforeEach(() => acrossPartners(() => db().delete(requestCounts)).then(() => {}))

const minute = 60_000
const day = 24 * 60 * minute
const silence = { ok: true, data: null, changes: [], notices: [] }

const ask = (hashKey: string, of: Partial<Context> = {}) => runAction(renewLink, wire({ now: noon, ...of }), { hashKey })
const state = async (hashKey: string, now = noon) => data(await runAction(getLinkState, wire({ now }), { hashKey }))
const allMails = async () => (await acrossPartners(() => db().select().from(mailOutbox))).length
const eventsTo = async (email: string) => (await mailsTo(email)).map(({ event }) => event)

async function stored({ id }: LoginDataRow) {
  const login = await findLoginDataById(id)
  if (!login) throw new Error('No login')
  return login
}

async function give(to: LoginDataRow, purpose: KeyPurpose = 'password') {
  const login = await stored(to)
  return (await acrossPartners(() => giveHashKey(wire(), login, purpose))).key
}

async function aLink(of: { purpose?: KeyPurpose; settings?: object; user?: object; login?: object } = {}) {
  const person = await makePerson(await makePartner(of.settings), of.user, of.login)
  return { person, email: person.login.loginEmail, key: await give(person.login, of.purpose) }
}

/** What makes a link lapse; answers when. */
const lapses = {
  expired: async () => noon + 4 * day,
  replaced: async ({ person }: Awaited<ReturnType<typeof aLink>>) => {
    await give(person.login)
    return noon
  },
  used: async ({ key }: Awaited<ReturnType<typeof aLink>>) => {
    data(await runAction(setInitialPassword, wire(), { hashKey: key, newPassword: 'Quite-another-7' }))
    return noon
  },
  restored: async () => {
    await acrossPartners(endEveryLink)
    return noon
  },
}

describe('account.renewLink', () => {
  it.each(Object.keys(lapses) as (keyof typeof lapses)[])('mails a new link to the owner of one that is %s', async (lapse) => {
    const link = await aLink()
    const now = await lapses[lapse](link)
    expect(await state(link.key, now)).toMatchObject({ state: lapse })
    const before = (await mailsTo(link.email)).length
    expect(await ask(link.key, { now })).toEqual(silence)
    expect((await eventsTo(link.email)).slice(before)).toEqual(['reset-password'])
    const renewed = await mailedKey(link.email)
    expect(renewed).not.toBe(link.key)
    expect(await state(renewed, now)).toMatchObject({ state: 'valid', purpose: 'password' })
  })

  it('M06 the new link ends the one that there was', async () => {
    const { key, person } = await aLink()
    const newer = await give(person.login)
    await ask(key)
    expect(await state(newer)).toMatchObject({ state: 'replaced' })
  })

  it.each(['expired', 'replaced', 'restored'] as const)('mails another enrolment link for one that is %s', async (lapse) => {
    const link = await aLink({ purpose: 'enrolment', settings: { secondFactor: 'all' } })
    const now = await lapses[lapse](link)
    await ask(link.key, { now })
    expect(await eventsTo(link.email)).toEqual(['enrol-second-factor'])
    expect(await state(await mailedKey(link.email), now)).toMatchObject({ state: 'valid', purpose: 'enrolment' })
  })

  it.each([
    ['M09 the authenticator is confirmed', { secondFactor: 'all' }, enrolled('renewed@example.com').columns],
    ['no account asks for codes any more', {}, {}],
    ['there is no password yet', { secondFactor: 'all' }, { password: null }],
  ] as const)('mails a link to a password for an enrolment link, where %s', async (_, settings, login) => {
    const { key, email } = await aLink({ purpose: 'enrolment', settings, login })
    await ask(key, { now: noon + 4 * day })
    expect(await eventsTo(email)).toEqual(['reset-password'])
  })

  it('M02 mails to the address that the sign-in has, whichever one the link was mailed to', async () => {
    const { key, person, email } = await aLink()
    const login = await stored(person.login)
    await acrossPartners(() => changeLogin(wire(), login, { loginEmail: 'moved@example.com' }, 'user.updateLoginData'))
    await ask(key)
    expect(await eventsTo(email)).toEqual(['email-changed'])
    expect(await eventsTo('moved@example.com')).toEqual(['email-changed', 'reset-password'])
  })

  it('M07 answers alike, does the same hash and mails nothing for whatever is no lapsed link of somebody who may come in', async () => {
    const late = noon + 4 * day
    const valid = await aLink()
    const forged = (id: number) => Buffer.from(`${id}|${late / 1000}|${'0'.repeat(40)}`).toString('base64')
    const invited = await makeUser(await makePartner())
    const here = await contextOfAccount(invited.partnerId)
    const invitation = await acrossPartners(() => joinLogin(valid.person.login, invited, here, { wantsMail: true }))
    const aside = await aLink()
    await updateLoginData(aside.person.login.id, { setAsideAt: noon })
    const before = await allMails()
    for (const key of [
      '',
      'nonsense',
      forged(999_999),
      forged(valid.person.login.id),
      valid.key.slice(0, -10),
      invitation.mail?.path.split('/')[1] ?? '',
      aside.key,
      (await aLink({ user: { status: 0 } })).key,
      (await aLink({ user: { status: 2 } })).key,
      (await aLink({ settings: { features: ['FEATURE_DISABLE_RESET_PASSWORD_EMAIL'] } })).key,
    ]) {
      const hashes = hashCount.value
      expect(await ask(key, { now: late })).toEqual(silence)
      expect(hashCount.value - hashes).toBe(1)
    }
    expect(await ask(valid.key)).toEqual(silence)
    expect(await allMails()).toBe(before)
    expect(await state(valid.key)).toMatchObject({ state: 'valid' })
  })

  it('mails nothing by an invitation or a change of address that a restored backup ended', async () => {
    const { person, email } = await aLink()
    const user = await makeUser(await makePartner())
    const here = await contextOfAccount(user.partnerId)
    const invitation = await acrossPartners(() => joinLogin(person.login, user, here, { wantsMail: true }))
    await acrossPartners(() => beginEmailChange(wire(), person.login, 'newer@example.com'))
    const keys = [invitation.mail?.path.split('/')[1] ?? '', await mailedKey(email), await mailedKey('newer@example.com')]
    await acrossPartners(endEveryLink)
    const before = await allMails()
    for (const key of keys) {
      expect(await state(key)).toMatchObject({ state: 'restored' })
      expect(await ask(key)).toEqual(silence)
    }
    expect(await allMails()).toBe(before)
  })

  it('mails to somebody whom another account lets in', async () => {
    const { person, key, email } = await aLink()
    await makeUser(await makePartner(), { loginDataId: person.login.id })
    await acrossPartners(() => updateUser(person.user, { status: 0 }))
    await ask(key, { now: noon + 2 * day })
    expect(await eventsTo(email)).toEqual(['reset-password'])
  })

  it('M08 counts with the requests by address: ten in ten minutes, and says nothing of it', async () => {
    const { key, email } = await aLink()
    const now = noon + 2 * day
    for (let round = 0; round < 6; round++) await runAction(resetPassword, wire({ now, address: `192.0.2.${round}` }), { email })
    for (let round = 6; round < 12; round++) expect(await ask(key, { now, address: `192.0.2.${round}` })).toEqual(silence)
    expect(await mailsTo(email)).toHaveLength(10)
    await ask(key, { now: now + 10 * minute })
    expect(await mailsTo(email)).toHaveLength(11)
  })

  it('M08 counts what one source asks for, keys that nobody got with it', async () => {
    const { key, email } = await aLink()
    const now = noon + 2 * day
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`made-up-${number}`, { now })))
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`made-up-too-${number}`, { now })))
    await ask(key, { now })
    expect(await mailsTo(email)).toHaveLength(0)
    await ask(key, { now, address: '192.0.2.2' })
    expect(await mailsTo(email)).toHaveLength(1)
  })

  it('M08 a key that is made up uses up nothing of the login that it names', async () => {
    const { person, email } = await aLink()
    for (let round = 0; round < 12; round++) {
      const forged = Buffer.from(`${person.login.id}|${noon + round}|${'0'.repeat(40)}`).toString('base64')
      await ask(forged, { address: `192.0.2.${round}` })
    }
    await runAction(resetPassword, wire({ address: '192.0.2.99' }), { email })
    expect(await mailsTo(email)).toHaveLength(1)
  })
})
