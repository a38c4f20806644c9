import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById } from '@/db/queries/login-data'
import { countBackupCodes, replaceBackupCodes } from '@/db/queries/second-factor'
import { freshDatabase } from '@/db/testing'
import { confirmEnrolment } from '@/lib/account/actions/confirm-enrolment'
import { startEnrolment } from '@/lib/account/actions/start-enrolment'
import type { PartnerContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { gates, newAddress } from '@/lib/auth/gates-testing'
import {
  codeAt,
  enrolled,
  lockSource,
  makePartner,
  makePerson,
  makeRole,
  makeUser,
  noon,
  password,
  wire,
} from '@/lib/auth/testing'
import { mailedKey, mailsTo } from '@/lib/mail/testing'
import { codeOf, data } from '@/lib/testing'
import { resetSecondFactor } from './reset-second-factor'
import { unlockUser } from './unlock-user'

freshDatabase()

let people = 0

/** Somebody with an authenticator, and the administrator Grace Hopper, who is signed in with hers. */
async function lost(settings: object = {}) {
  const partnerId = await makePartner(settings)
  const { seed, columns } = enrolled(`lost-${++people}@example.com`)
  const person = await makePerson(partnerId, { isAdmin: true }, columns)
  await replaceBackupCodes(person.login.id, ['a', 'b'])
  return { partnerId, person, seed, admin: await signedIn(partnerId, { firstName: 'Grace', lastName: 'Hopper' }) }
}

async function signedIn(partnerId: number, user: object) {
  const { seed, columns } = enrolled(`helper-${++people}@example.com`)
  await makePerson(partnerId, { isAdmin: true, ...user }, columns)
  const ctx = wire({ origin: 'page', address: newAddress() })
  const ticket = await openBrowserSession(ctx, columns.loginEmail, password, { otp: codeAt(seed) })
  return (await withBrowserSession(ctx, ticket)) as PartnerContext
}

const eventsTo = async (email: string) => (await mailsTo(email)).map(({ event }) => event)

describe('user.resetSecondFactor', () => {
  it('A21 takes it away with its backup codes, writes it down and tells the person', async () => {
    const { person, admin, partnerId } = await lost()
    expect(data(await runAction(resetSecondFactor, admin, { userId: person.user.id }))).toMatchObject({ id: person.user.id })
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpSeed: null, otpConfirmedAt: null })
    expect(await countBackupCodes(person.login.id)).toBe(0)
    const [entry] = await acrossPartners(() => listAuditEntries(partnerId, { targetKey: person.user.key }, 1))
    expect(entry).toMatchObject({
      action: 'user.resetSecondFactor',
      result: 'OK',
      actorId: admin.actor.kind === 'user' && admin.actor.userId,
    })
    expect(await mailsTo(person.login.loginEmail)).toMatchObject([
      { event: 'second-factor-removed', params: { at: noon, byName: 'Grace Hopper' } },
    ])
  })

  it('A21 M12 tells nobody of one that was not there, and mails a link all the same where one is needed', async () => {
    for (const [settings, events] of [
      [{}, []],
      [{ secondFactor: 'admins' as const }, ['enrol-second-factor']],
    ] as const) {
      const { admin, partnerId } = await lost(settings)
      const person = await makePerson(partnerId, { isAdmin: true })
      data(await runAction(resetSecondFactor, admin, { userId: person.user.id }))
      expect(await eventsTo(person.login.loginEmail)).toEqual(events)
    }
  })

  it('A21 mails a link to enrol anew where one is needed, and the person is back by it', async () => {
    const { person, seed, admin } = await lost({ secondFactor: 'admins' })
    data(await runAction(resetSecondFactor, admin, { userId: person.user.id }))
    const { loginEmail } = person.login
    expect(await eventsTo(loginEmail)).toEqual(['second-factor-removed', 'enrol-second-factor'])
    expect(await gates['user.loginByLoginId'](person, { otp: codeAt(seed) })).toBe('INVALID_OTP')

    const hashKey = await mailedKey(loginEmail)
    const { setupKey } = data(await runAction(startEnrolment, wire(), { hashKey }))
    data(await runAction(confirmEnrolment, wire(), { hashKey, otp: codeAt(setupKey) }))
    const at = noon + 30_000
    expect(await gates['user.loginByLoginId'](person, { otp: codeAt(setupKey, at), at })).toBe('OK')
  })

  it('S07 ends the sessions of the person', async () => {
    const { person, admin, seed } = await lost()
    const [before, otp] = [wire({ now: noon - 1000, origin: 'page' }), codeAt(seed, noon - 1000)]
    const ticket = await openBrowserSession(before, person.login.loginEmail, password, { otp })
    data(await runAction(resetSecondFactor, admin, { userId: person.user.id }))
    expect(await withBrowserSession(wire({ origin: 'page' }), ticket)).toBeNull()
  })

  it('F13 nobody does it for himself, and Z08 nobody for somebody with more rights', async () => {
    const { admin, partnerId, person } = await lost()
    const own = admin.actor.kind === 'user' ? admin.actor.userId : ''
    expect(codeOf(await runAction(resetSecondFactor, admin, { userId: own }))).toBe('SERVICE_FORBIDDEN')
    const weak = await signedIn(partnerId, { roleIds: String(await makeRole(partnerId, ['ADMIN_USER_UPDATE'])) })
    expect(codeOf(await runAction(resetSecondFactor, weak, { userId: person.user.id }))).toBe('SERVICE_FORBIDDEN')
    expect(await findLoginDataById(person.login.id)).toMatchObject({ otpConfirmedAt: noon })
  })

  it('Z10 leaves a login alone that another account depends on', async () => {
    const { person, admin } = await lost()
    await makeUser(await makePartner(), { loginDataId: person.login.id })
    expect(codeOf(await runAction(resetSecondFactor, admin, { userId: person.user.id }))).toBe('SERVICE_FORBIDDEN')
    expect(await eventsTo(person.login.loginEmail)).toEqual([])
  })

  it('refuses who is unknown or has no sign-in', async () => {
    const { admin, partnerId } = await lost()
    const bare = await makeUser(partnerId)
    expect(codeOf(await runAction(resetSecondFactor, admin, { userId: 'nobody' }))).toBe('INVALID_USER_ID')
    expect(codeOf(await runAction(resetSecondFactor, admin, { userId: bare.id }))).toBe('USER_LOGIN_ALREADY_DISABLED')
  })
})

describe('user.unlock', () => {
  it('A11 ends every lock, writes it down and tells the person', async () => {
    const { person, admin, partnerId } = await lost()
    for (const source of ['192.0.2.1', '192.0.2.2']) await lockSource(person.login, source, noon + 1000)
    expect(await gates['user.login'](person, { address: '192.0.2.1' })).toBe('LOGIN_BLOCKED')
    expect(data(await runAction(unlockUser, admin, { userId: person.user.id }))).toMatchObject({ lockedUntil: null })
    for (const address of ['192.0.2.1', '192.0.2.2']) expect(await gates['user.login'](person, { address })).toBe('OK')
    const entries = await acrossPartners(() => listAuditEntries(partnerId, { targetKey: person.user.key }, 10))
    expect(entries.filter(({ action }) => action === 'user.unlock')).toHaveLength(1)
    expect(await eventsTo(person.login.loginEmail)).toEqual(['unlocked'])
  })

  it('refuses who is unknown, has no sign-in, or belongs to another account too', async () => {
    const { person, admin, partnerId } = await lost()
    const unlock = async (userId: string) => codeOf(await runAction(unlockUser, admin, { userId }))
    expect(await unlock('nobody')).toBe('INVALID_USER_ID')
    expect(await unlock((await makeUser(partnerId)).id)).toBe('USER_LOGIN_ALREADY_DISABLED')
    await makeUser(await makePartner(), { loginDataId: person.login.id })
    expect(await unlock(person.user.id)).toBe('SERVICE_FORBIDDEN')
  })
})
