import { beforeAll, describe, expect, it } from 'vitest'
import { withPartner } from '@/db/partner-guard'
import { listMails } from '@/db/queries/outbox'
import { findUser } from '@/db/queries/users'
import { freshDatabase } from '@/db/testing'
import { changePassword } from '@/lib/account/actions/change-password'
import { endOtherSessions } from '@/lib/account/actions/end-other-sessions'
import type { Context } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { freshDataFolder, uploaded } from '@/lib/jobs/testing'
import { showLink } from '@/lib/mail/actions/show-link'
import { codeOf } from '@/lib/testing'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { addUser } from '@/lib/user/actions/add-user'
import { demoteAdmin } from '@/lib/user/actions/demote-admin'
import { enableLogin } from '@/lib/user/actions/enable-login'
import { exportToCsv } from '@/lib/user/actions/export-to-csv'
import { loginDataResetPassword } from '@/lib/user/actions/login-data-reset-password'
import { resetPassword } from '@/lib/user/actions/reset-password'
import { resetSecondFactor } from '@/lib/user/actions/reset-second-factor'
import { updateUser } from '@/lib/user/actions/update-user'
import { updateUserRole } from '@/lib/user-role/actions/update-user-role'
import {
  confirmBrowserSession,
  openBrowserSession,
  type SessionTicket,
  switchBrowserSession,
  withBrowserSession,
} from './browser-session'
import { newAddress } from './gates-testing'
import { encodeKsV2 } from './ks'
import { withKs } from './session-context'
import { adminSecret, makePartner, makePerson, makeRole, makeUser, noon, password, wire } from './testing'

freshDatabase()
freshDataFolder()

const minute = 60_000
const late = noon + 15 * minute + 1
let partnerId: number
let role: number
beforeAll(async () => {
  partnerId = await makePartner({ adminLoginUsersQuota: -1 })
  role = await makeRole(partnerId, ['ADMIN_BASE'])
})

const anAdmin = () => makePerson(partnerId, { isAdmin: true, roleIds: '1' })
type Person = Awaited<ReturnType<typeof makePerson>>

/** The person in a browser that is kept busy, so that the session is never idle. */
async function inBrowser({ login }: Person) {
  const address = newAddress()
  // What a call renews is what the cookie holds from then on.
  const renewed: Context['renewed'] = { sessionId: null }
  const page = (now: number) => wire({ origin: 'page', address, now, renewed })
  let ticket: SessionTicket = await openBrowserSession(page(noon), login.loginEmail, password)
  const at = async (now: number): Promise<Context> => {
    ticket = { ...ticket, sessionId: renewed.sessionId ?? ticket.sessionId }
    renewed.sessionId = null
    const ctx = await withBrowserSession(page(now), ticket)
    if (!ctx) throw new Error('Not signed in')
    return ctx
  }
  return {
    at,
    async confirm(now: number) {
      ticket = await confirmBrowserSession(page(now), ticket, { password })
    },
    async enter(account: number, now: number) {
      ticket = await switchBrowserSession(page(now), ticket, account)
    },
  }
}

async function byKs(person: Person, now: number) {
  const fields = { partnerId, expiry: noon / 1000 + 86_400, type: 2, userId: person.user.id, privileges: '' }
  return withKs(wire({ now }), encodeKsV2(fields, adminSecret, wire().random(16)), { action: 'x', uri: '' })
}

/** Each on somebody, or something, of its own. */
const asked: [string, (ctx: Context) => Promise<string>][] = [
  ['other roles', async (ctx) => update(ctx, { roleIds: String(role) })],
  ['roles taken away', async (ctx) => update(ctx, { roleIds: '' }, { roleIds: String(role) })],
  ['an administrator made of a person', async (ctx) => update(ctx, { isAdmin: true })],
  [
    'an administrator made a person',
    async (ctx) => codeOf(await runAction(demoteAdmin, ctx, { userId: (await makeUser(partnerId, { isAdmin: true })).id })),
  ],
  [
    'a sign-in for an administrator who had none',
    async (ctx) => {
      const { id } = await makeUser(partnerId, { isAdmin: true })
      return codeOf(await runAction(enableLogin, ctx, { userId: id, loginId: `enabled-${++added}@x.example`, password }))
    },
  ],
  ['a new person with a role', async (ctx) => add(ctx, { roleIds: String(role) })],
  ['a new administrator', async (ctx) => add(ctx, { isAdmin: true })],
  [
    'a role that grants something else',
    async (ctx) => {
      const userRoleId = await makeRole(partnerId, ['ADMIN_BASE'])
      return codeOf(await runAction(updateUserRole, ctx, { userRoleId, userRole: { permissionNames: 'ADMIN_USER_ADD' } }))
    },
  ],
  ["the link into a colleague's sign-in", async (ctx) => linkOf(ctx, await anAdmin())],
  [
    'another password for a colleague, to sign in as him and be asked for nothing',
    async (ctx) => {
      const { login } = await makePerson(partnerId, { roleIds: String(role) })
      return codeOf(
        await runAction(loginDataResetPassword, ctx, { loginDataId: login.loginEmail, newPassword: 'another-Tr4veller' }),
      )
    },
  ],
  [
    "a colleague's second factor taken away",
    async (ctx) => codeOf(await runAction(resetSecondFactor, ctx, { userId: (await anAdmin()).user.id })),
  ],
  ['an export', async (ctx) => codeOf(await runAction(exportToCsv, ctx, {}))],
  [
    'an import, whose rows may give roles',
    async (ctx) => codeOf(await runAction(addFromBulkUpload, ctx, { fileData: await uploaded('*userId\nann\n') })),
  ],
]

let added = 0
const add = async (ctx: Context, user: object) => {
  const id = `added-${++added}`
  return codeOf(await runAction(addUser, ctx, { user: { id, email: `${id}@x.example`, ...user } }))
}

async function linkOf(ctx: Context, { login }: Person) {
  await runAction(resetPassword, wire({ now: ctx.now }), { email: login.loginEmail })
  const [mail] = await withPartner(partnerId, () => listMails(partnerId, {}, 1))
  return codeOf(await runAction(showLink, ctx, { key: mail?.key }))
}

async function update(ctx: Context, user: object, is: Parameters<typeof makeUser>[1] = {}) {
  const before = await makeUser(partnerId, { email: `${++added}@x.example`, ...is })
  const code = codeOf(await runAction(updateUser, ctx, { userId: before.id, user }))
  const after = await withPartner(partnerId, () => findUser(partnerId, before.id))
  if (code !== 'OK') expect(after).toEqual(before)
  return code
}

describe('S11 in a browser the password is asked for once more', () => {
  it.each(asked)('for %s, after fifteen minutes and not before', async (_, act) => {
    const browser = await inBrowser(await anAdmin())
    expect(await act(await browser.at(late - 1))).toBe('OK')
    expect(await act(await browser.at(late))).toBe('PROOF_REQUIRED')
    await browser.confirm(late)
    expect(await act(await browser.at(late + 15 * minute))).toBe('OK')
    expect(await act(await browser.at(late + 15 * minute + 1))).toBe('PROOF_REQUIRED')
  })

  it.each(asked)('for %s, and of no KS', async (_, act) => {
    expect(await act(await byKs(await anAdmin(), late))).toBe('OK')
  })

  it('for no other change', async () => {
    const ctx = await (await inBrowser(await anAdmin())).at(late)
    expect(await add(ctx, {})).toBe('OK')
    expect(await update(ctx, { firstName: 'Ann' })).toBe('OK')
    expect(await update(ctx, { firstName: 'Ann', roleIds: '', isAdmin: false })).toBe('OK')
    const userRole = { name: 'Reader', permissionNames: 'ADMIN_BASE' }
    const userRoleId = await makeRole(partnerId, ['ADMIN_BASE'])
    expect(codeOf(await runAction(updateUserRole, ctx, { userRoleId, userRole }))).toBe('OK')
  })

  it('S09 also where it was given in My account, as not all that is done there gives the session another id', async () => {
    const browser = await inBrowser(await anAdmin())
    const given = { password, newPassword: 'another-Tr4veller' }
    expect(codeOf(await runAction(changePassword, await browser.at(late), given))).toBe('OK')
    expect(await update(await browser.at(late + 1), { isAdmin: true })).toBe('PROOF_REQUIRED')
  })

  it('also where the session was renewed, or another account entered, without it', async () => {
    const person = await anAdmin()
    const other = await makePartner()
    const there = await makeUser(other, { isAdmin: true, loginDataId: person.login.id, email: person.login.loginEmail })
    const browser = await inBrowser(person)
    await runAction(endOtherSessions, await browser.at(noon + 10 * minute), {})
    expect(await update(await browser.at(late), { isAdmin: true })).toBe('PROOF_REQUIRED')
    await browser.enter(other, late)
    const ctx = await browser.at(late)
    expect(ctx.actor).toMatchObject({ userId: there.id })
    expect(codeOf(await runAction(exportToCsv, ctx, {}))).toBe('PROOF_REQUIRED')
  })
})
