import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyDatabase } from '@/db/backup'
import { closeDatabase, transaction } from '@/db/client'
import { acrossPartners, withPartner } from '@/db/partner-guard'
import { findLoginData, putLoginInvitation } from '@/db/queries/login-data'
import { claimDueMail } from '@/db/queries/outbox'
import { freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { confirmEmailChange } from '@/lib/account/actions/confirm-email-change'
import { getLinkState } from '@/lib/account/actions/get-link-state'
import { beginEmailChange } from '@/lib/account/email-change'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { openBrowserSession, withBrowserSession } from '@/lib/auth/browser-session'
import { newHashKey } from '@/lib/auth/hash-key'
import { refuseOtherSecret } from '@/lib/auth/refuse-other-secret'
import { withKs } from '@/lib/auth/session-context'
import { readEnv } from '@/lib/env'
import { listJobs } from '@/lib/jobs/actions/list-jobs'
import { doJobs, freshDataFolder, uploaded } from '@/lib/jobs/testing'
import { mailedKey } from '@/lib/mail/testing'
import { endSession } from '@/lib/session/actions/end-session'
import { type Account, asAdmin, codeOf, data, goodPassword, ksOf, newAccount, storedUser } from '@/lib/testing'
import { acceptInvitation } from '@/lib/user/actions/accept-invitation'
import { addFromBulkUpload } from '@/lib/user/actions/add-from-bulk-upload'
import { addUser } from '@/lib/user/actions/add-user'
import { loginByLoginId } from '@/lib/user/actions/login-by-login-id'
import { resetPassword } from '@/lib/user/actions/reset-password'
import { setInitialPassword } from '@/lib/user/actions/set-initial-password'
import { restore } from './restore'

/** A copy of the database, and the way back to it, by the commands as they are typed. */

freshDatabase()
freshDataFolder()

const folder = mkdtempSync(join(tmpdir(), 'usher-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const backup = join(folder, 'usher.backup')

function usher(words: string[]) {
  const child = spawn(process.execPath, ['scripts/usher.mjs', ...words], { env: { ...process.env, LOG_LEVEL: 'silent' } })
  let [out, err] = ['', '']
  child.stdout.on('data', (part) => (out += part))
  child.stderr.on('data', (part) => (err += part))
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out, err })),
  )
}

const email = 'ann@acme.example'
const newEmail = 'ann@new.example'
let account: Account
const add = async (id: string) => data(await asAdmin(account, addUser, { user: { id } }))
const signIn = async () =>
  data(
    await runAction(loginByLoginId, newContext({ origin: 'wire' }), {
      loginId: email,
      password: goodPassword,
      partnerId: account.partnerId,
    }),
  )

/** The sentence of a refusal. */
async function refusalOf(fn: () => unknown) {
  try {
    await fn()
  } catch (error) {
    return (error as Error).message
  }
  return 'It was done.'
}

/** What `fn` comes to in an installation with another secret. */
async function withOtherSecret<T>(fn: () => Promise<T>) {
  const place = globalThis as { [key: symbol]: unknown }
  const slot = Symbol.for('usher.env')
  const before = place[slot]
  place[slot] = readEnv({ ...process.env, AUTH_SECRET: 'x'.repeat(40) })
  return fn().finally(() => {
    place[slot] = before
  })
}

const contextOfKs = (ks: string) => withKs(newContext({ origin: 'wire' }), ks, { action: 'user.get', uri: '/' })

async function fate(ks: string) {
  return contextOfKs(ks).then(
    () => 'OK',
    (error) => String(error.code),
  )
}

const links = { password: '', invitation: '', oldAddress: '', newAddress: '' }

/** A link of each kind to Ann, one to use her login as somebody else's too. */
async function mailLinks() {
  const ctx = newContext({ origin: 'wire' })
  data(await runAction(resetPassword, ctx, { email }))
  const login = await acrossPartners(() => findLoginData(email))
  const guest = await storedUser(account, (await add('guest')).id)
  if (!login || !guest) throw new Error('Nobody to invite')
  links.password = await mailedKey(email)
  await acrossPartners(() => transaction(() => beginEmailChange(ctx, login, newEmail)))
  links.oldAddress = await mailedKey(email)
  links.newAddress = await mailedKey(newEmail)
  const { key, ...invitation } = newHashKey(login.id, ctx.now, ctx.random)
  const { partnerId, key: userKey } = guest
  await withPartner(partnerId, () =>
    putLoginInvitation({ partnerId, userKey, loginDataId: login.id, createdAt: ctx.now, ...invitation }),
  )
  links.invitation = key
}

const stateOf = async (hashKey: string) => data(await runAction(getLinkState, newContext({ origin: 'page' }), { hashKey })).state

beforeAll(async () => {
  account = await newAccount()
  data(await asAdmin(account, addUser, { user: { id: 'ann', email, password: goodPassword } }))
  await mailLinks()
  const fileData = uploaded('*userId,email,password\n')
  data(await asAdmin(account, addFromBulkUpload, { fileData }))
})

if (dialectOf(databaseUrl()) === 'postgres') {
  it('R23 R24 PostgreSQL is copied by its own programs, which is said', async () => {
    const sentence = 'PostgreSQL is copied and restored by its own programs: pg_dump and pg_restore.'
    expect(await refusalOf(() => copyDatabase(backup))).toBe(sentence)
    expect(await refusalOf(() => restore(backup))).toBe(sentence)
  })
} else {
  const inBackup = <T>(read: (copy: Database.Database) => T) => {
    const copy = new Database(backup, { readonly: true })
    const answer = read(copy)
    copy.close()
    return answer
  }

  describe('a backup', () => {
    it('R23 is of one moment, though others write meanwhile, and keeps none of them from it', async () => {
      const before: string[] = []
      for (let at = 0; at < 50; at++) before.push((await add(`before-${at}`)).id)
      let isOver = false
      let during = 0
      const writing = (async () => {
        for (; !isOver; during++) await add(`during-${during}`)
      })()
      const made = await usher(['backup', '--to', backup, '--json'])
      isOver = true
      await writing
      expect(made).toEqual({ status: 0, out: `{"backup":"${backup}"}\n`, err: '' })
      expect(during).toBeGreaterThan(20)
      expect(statSync(backup).mode & 0o777).toBe(0o600)
      expect(readdirSync(folder)).toEqual(['usher.backup'])

      inBackup((copy) => {
        const all = (statement: string) => copy.prepare(statement).pluck().all() as string[]
        expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
        const ids = all('select id from users order by key')
        expect(ids.slice(-Math.max(1, ids.length - 53)).every((id, at) => id === `during-${at}`)).toBe(true)
        for (const id of before) expect(ids).toContain(id)
        // Each with all that was written with it.
        expect(all(`select target_id from audit_log where action = 'user.add' order by key`).toSorted()).toEqual(
          ids.filter((id) => !id.includes('owner')).toSorted(),
        )
        expect(all('select active from partner_counts')).toEqual([ids.length])
      })
    }, 60_000)

    it('R23 takes the place of no other file', async () => {
      const size = statSync(backup).size
      expect(await refusalOf(() => copyDatabase(backup))).toMatch(/^There is a file at \S+ already: .+\.$/)
      expect(statSync(backup).size).toBe(size)
    })

    it('C09 tells nothing that the database keeps sealed', async () => {
      const bytes = readFileSync(backup)
      for (const secret of [account.adminSecret, account.userSecret, goodPassword, process.env.AUTH_SECRET ?? '?'])
        expect(bytes.includes(secret)).toBe(false)
      // What is no secret is found so.
      expect(bytes.includes('before-7')).toBe(true)
    })
  })

  describe('a restore', () => {
    /** How many databases were moved aside. */
    const movedAside = () =>
      readdirSync(dirname(databaseUrl().replace(/^file:/, ''))).filter((name) => name.includes('before-20')).length

    it.each([
      ['what is no backup', () => 'package.json', /^package\.json is no backup of Usher, or is damaged: .+\.$/],
      ['a file that is not there', () => join(folder, 'none'), /none is no backup of Usher.+\.$/],
    ])('R24 refuses %s, and changes nothing', async (_what, from, sentence) => {
      await closeDatabase()
      expect(await refusalOf(() => restore(from()))).toMatch(sentence)
      expect(movedAside()).toBe(0)
      expect(await storedUser(account, 'during-3')).not.toBeNull()
    })

    it('C09 R24 refuses a backup without its secret, and changes nothing', async () => {
      await closeDatabase()
      const sentence = await withOtherSecret(() => refusalOf(() => restore(backup)))
      expect(sentence).toMatch(/^The database was sealed with another secret: set AUTH_SECRET.+\.$/)
      expect(movedAside()).toBe(0)
      expect(await storedUser(account, 'during-3')).not.toBeNull()
    })

    it('R24 refuses to change what a server has open', async () => {
      await add('somebody')
      expect(await refusalOf(() => restore(backup))).toMatch(/^The database at \S+ is in use: stop .+\.$/)
      expect(await storedUser(account, 'somebody')).not.toBeNull()
    })

    it('R24 brings back what was, lets nobody in who was signed in since, and sends no mail and does no job twice', async () => {
      expect(await Promise.all(Object.values(links).map(stateOf))).toEqual(['valid', 'valid', 'damaged', 'damaged'])
      const browser = await openBrowserSession(newContext({ origin: 'page' }), email, goodPassword)
      const old = await signIn()
      const [ofProgram, ended] = [await ksOf(account), await ksOf(account)]
      await add('after')
      for (const ks of [old, ofProgram, ended]) expect(await fate(ks)).toBe('OK')
      // The backup knows nothing of it.
      await runAction(endSession, await contextOfKs(ended), {})
      const queued = inBackup((copy) => copy.prepare(`select count(*) from mail_outbox where status = 'queued'`).pluck().get())
      expect(queued).toBeGreaterThan(0)
      await closeDatabase()
      const { status, out, err } = await usher(['restore', '--from', backup, '--json'])
      expect([status, err]).toEqual([0, ''])
      const { former, mailsNotSent, jobsNotDone, linksEnded, asInBackup } = JSON.parse(out)

      expect([mailsNotSent, jobsNotDone, linksEnded]).toEqual([queued, 1, 4])
      expect(asInBackup).toMatch(/backup codes/)
      expect(await storedUser(account, 'before-7')).not.toBeNull()
      expect(await storedUser(account, 'after')).toBeNull()
      for (const ks of [old, ofProgram, ended]) expect(await fate(ks)).toBe('INVALID_KS')
      expect(await withBrowserSession(newContext({ origin: 'page' }), browser)).toBeNull()
      expect(await acrossPartners(() => claimDueMail(Date.now() + 3_600_000, 0))).toBeNull()
      await doJobs(Date.now() + 3_600_000)
      const { objects } = data(await asAdmin(account, listJobs, {}))
      expect(objects).toMatchObject([{ type: 'import', state: 'failed', error: expect.stringMatching(/restored from a backup/) }])
      expect(await fate(await signIn())).toBe('OK')
      expect(existsSync(former)).toBe(true)
    }, 60_000)

    it('M06 R24 leaves no mailed link open, as each may have been used or replaced since, and says so', async () => {
      expect(await Promise.all(Object.values(links).map(stateOf))).toEqual(Array(4).fill('restored'))
      const ctx = newContext({ origin: 'page' })
      const codes = [
        await runAction(setInitialPassword, ctx, { hashKey: links.password, newPassword: 'another-Tr4veller' }),
        await runAction(acceptInvitation, ctx, { hashKey: links.invitation, password: goodPassword }),
        await runAction(confirmEmailChange, ctx, { hashKey: links.oldAddress }),
        await runAction(confirmEmailChange, ctx, { hashKey: links.newAddress }),
      ].map(codeOf)
      expect(codes).toEqual(Array(4).fill('NEW_PASSWORD_HASH_KEY_INVALID'))
      data(await runAction(resetPassword, newContext({ origin: 'wire' }), { email }))
      expect(await stateOf(await mailedKey(email))).toBe('valid')
    })

    it('C09 without the secret is nothing to start with', async () => {
      expect(await withOtherSecret(() => refusalOf(refuseOtherSecret))).toMatch(
        /^The database was sealed with another secret: .+\.$/,
      )
      await refuseOtherSecret()
    })
  })
}
