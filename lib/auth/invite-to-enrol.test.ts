import { expect, it } from 'vitest'
import { withPartner } from '@/db/partner-guard'
import { listMails } from '@/db/queries/outbox'
import { freshDatabase } from '@/db/testing'
import { getLinkState } from '@/lib/account/actions/get-link-state'
import { runAction } from '@/lib/action/run-action'
import { readMail } from '@/lib/mail/stored-mail'
import { updatePartner } from '@/lib/partner/actions/update-partner'
import { data, operatorContext } from '@/lib/testing'
import { resetPassword } from '@/lib/user/actions/reset-password'
import { enrolled, makePartner, makePerson, noon, wire } from './testing'

freshDatabase()

type Mode = 'none' | 'all' | 'admins' | 'nonAdmins'

const set = async (partnerId: number, secondFactor: Mode) =>
  data(await runAction(updatePartner, { ...operatorContext(), now: noon }, { partnerId, secondFactor }))

async function invited(partnerId: number) {
  const mails = await withPartner(partnerId, () => listMails(partnerId, {}, 100))
  return mails.filter(({ event }) => event === 'enrol-second-factor').map(({ recipient }) => recipient)
}

it('invites the administrators who can sign in and have no authenticator, once the account asks them for codes', async () => {
  const partnerId = await makePartner({ adminLoginUsersQuota: -1 })
  const admin = await makePerson(partnerId, { isAdmin: true })
  await makePerson(partnerId)
  await makePerson(partnerId, { isAdmin: true, status: 0 })
  await makePerson(partnerId, { isAdmin: true }, enrolled('has-one@x.example').columns)
  await set(partnerId, 'nonAdmins')
  expect(await invited(partnerId)).toEqual([])
  await set(partnerId, 'admins')
  expect(await invited(partnerId)).toEqual([admin.login.loginEmail])

  const [mail] = await withPartner(partnerId, () => listMails(partnerId, {}, 1))
  const stored = mail && readMail(mail)
  const link = stored?.event === 'enrol-second-factor' ? stored.params.link : ''
  const hashKey = decodeURIComponent(link.split('/enrol/')[1] ?? '')
  const state = data(await runAction(getLinkState, wire(), { hashKey }))
  expect(state).toMatchObject({ state: 'valid', purpose: 'enrolment' })
})

it('invites nobody again while it asks on, and nobody who was asked before', async () => {
  const partnerId = await makePartner({ adminLoginUsersQuota: -1 })
  await makePerson(partnerId, { isAdmin: true })
  await set(partnerId, 'admins')
  await set(partnerId, 'all')
  await set(partnerId, 'all')
  expect(await invited(partnerId)).toHaveLength(1)
})

it('leaves the link of whoever is about to set a password', async () => {
  const partnerId = await makePartner({ adminLoginUsersQuota: -1 })
  const { login } = await makePerson(partnerId, { isAdmin: true })
  await runAction(resetPassword, wire(), { email: login.loginEmail })
  await set(partnerId, 'all')
  expect(await invited(partnerId)).toEqual([])
})
