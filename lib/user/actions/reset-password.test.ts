import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { findLoginDataById } from '@/db/queries/login-data'
import { requestCounts } from '@/db/schema/sign-in'
import { mailOutbox } from '@/db/schema/work'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { gates } from '@/lib/auth/gates-testing'
import { hashCount } from '@/lib/auth/password'
import { makePartner, makePerson, noon, wire } from '@/lib/auth/testing'
import { cpuTime } from '@/lib/cpu-testing'
import { hashOf } from '@/lib/id'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { resetPassword } from './reset-password'

freshDatabase()

// The limit by source is tried below; elsewhere it must not get in the way.
beforeEach(() => acrossPartners(() => db().delete(requestCounts)).then(() => {}))

const minute = 60_000
const ask = (email: string, of: { at?: number; address?: string; linkType?: '1' | '2' | '3' | '4' | '5' } = {}) =>
  runAction(resetPassword, wire({ now: of.at ?? noon, address: of.address ?? '192.0.2.1' }), { email, linkType: of.linkType })
const allMails = async () => (await acrossPartners(() => db().select().from(mailOutbox))).length
const anAddress = async (settings = {}) => (await makePerson(await makePartner(settings))).login.loginEmail

describe('user.resetPassword', () => {
  it('M06 mails a link that is good for a day, and keeps only its hash', async () => {
    const person = await makePerson(await makePartner(), { firstName: 'Ann', lastName: 'v. Lee' })
    const { loginEmail } = person.login
    expect(await ask(` ${loginEmail.toUpperCase()}`.trim())).toMatchObject({ ok: true, data: null })
    expect(await mailsTo(loginEmail)).toEqual([
      {
        event: 'reset-password',
        partnerId: person.user.partnerId,
        params: {
          userName: 'Ann v  Lee',
          partnerName: 'Acme',
          expiresAt: noon + 24 * 60 * minute,
          link: expect.stringMatching(/^http:\/\/localhost:3000\/set-password\/[A-Za-z0-9]+=*$/),
        },
      },
    ])
    const key = await mailedKey(loginEmail)
    const text = Buffer.from(key, 'base64').toString()
    const row = await findLoginDataById(person.login.id)
    expect(row).toMatchObject({ hashKeyHash: hashOf(text), hashKeyPurpose: 'password' })
    expect(JSON.stringify(row)).not.toContain(text.split('|')[2])
  })

  it('leaves the password and the sessions as they are', async () => {
    const person = await makePerson(await makePartner())
    await ask(person.login.loginEmail)
    expect(await gates['user.loginByLoginId'](person, {})).toBe('OK')
  })

  it.each(['1', '2', '3', '4', '5'] as const)('every kind of link (%s) leads to the same page', async (linkType) => {
    const email = await anAddress()
    await ask(email, { linkType })
    expect((await mailsTo(email))[0]?.params['link']).toContain('/set-password/')
  })

  it('M07 answers alike, and does the same hash, for the known, unknown, blocked, malformed and switched off', async () => {
    const blocked = (await makePerson(await makePartner(), { status: 0 })).login.loginEmail
    const answers: unknown[] = []
    for (const email of [
      await anAddress(),
      'nobody@example.com',
      blocked,
      'no address',
      await anAddress({ directLoginBlocked: true }),
      await anAddress({ features: ['FEATURE_DISABLE_RESET_PASSWORD_EMAIL'] }),
    ]) {
      const before = hashCount.value
      answers.push(await ask(email))
      expect(hashCount.value - before).toBe(1)
    }
    for (const answer of answers) expect(answer).toEqual({ ok: true, data: null, changes: [], notices: [] })
  })

  it('M07 takes as long for the unknown as for the known', async () => {
    const email = await anAddress()
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 9; round++) {
      times.known.push(await cpuTime(() => ask(email, { at: noon + round * 11 * minute })))
      times.unknown.push(await cpuTime(() => ask('nobody@example.com', { at: noon + round * 11 * minute })))
    }
    expect(median(times.known) / median(times.unknown)).toBeLessThan(1.6)
    expect(median(times.known) / median(times.unknown)).toBeGreaterThan(0.6)
  })

  it('M07 sends nothing to the unknown, nor where it is switched off or the account is closed', async () => {
    const before = await allMails()
    await ask('nobody@example.com')
    await ask(await anAddress({ features: ['FEATURE_DISABLE_RESET_PASSWORD_EMAIL'] }))
    await ask((await makePerson(await makePartner({}, 3))).login.loginEmail)
    expect(await allMails()).toBe(before)
  })

  it('M08 mails one address ten times in ten minutes, whatever its spelling, and says nothing of it', async () => {
    const email = await anAddress()
    for (let round = 0; round < 12; round++) {
      const spelling = round % 2 ? email.toUpperCase() : email
      expect(await ask(spelling, { address: `192.0.2.${round}` })).toMatchObject({ ok: true, data: null })
    }
    expect(await mailsTo(email)).toHaveLength(10)
    await ask(email, { at: noon + 10 * minute - 1 })
    expect(await mailsTo(email)).toHaveLength(10)
    await ask(email, { at: noon + 10 * minute })
    expect(await mailsTo(email)).toHaveLength(11)
  })

  it('M08 counts spellings with dots and suffixes as one address', async () => {
    const { loginEmail } = (await makePerson(await makePartner(), {}, { loginEmail: 'ann.lee@mail.example' })).login
    for (const spelling of ['annlee', 'a.n.n.l.e.e', 'ann.lee+1', 'ANNLEE+2'])
      for (let round = 0; round < 3; round++) await ask(`${spelling}@mail.example`)
    await ask(loginEmail)
    expect(await mailsTo(loginEmail)).toHaveLength(0)
    await ask(loginEmail, { at: noon + 10 * minute })
    expect(await mailsTo(loginEmail)).toHaveLength(1)
  })

  it('M08 mails at most a hundred times for one source, unknown addresses counted', async () => {
    const email = await anAddress()
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`nobody-${number}@example.com`)))
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`nobody-${number}@example.net`)))
    await ask(email)
    expect(await mailsTo(email)).toHaveLength(0)
    await ask(email, { address: '192.0.2.2' })
    expect(await mailsTo(email)).toHaveLength(1)
  })

  it('R17 a clock that was ahead blocks no requests for longer than the limit', async () => {
    const email = await anAddress()
    for (let round = 0; round < 10; round++) await ask(email, { at: noon + 1000 * minute })
    await ask(email)
    expect(await mailsTo(email)).toHaveLength(11)
  })
})

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
