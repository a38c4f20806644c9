import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase } from '@/db/client'
import { acrossPartners } from '@/db/partner-guard'
import { claimDueMail } from '@/db/queries/outbox'
import { databaseFile, freshDatabase } from '@/db/testing'
import { databaseUrl, dialectOf } from '@/db/url'
import { newContext } from '@/lib/action/context'
import { runAction } from '@/lib/action/run-action'
import { listAudit } from '@/lib/audit/actions/list-audit'
import { listJobs } from '@/lib/jobs/actions/list-jobs'
import { sweep } from '@/lib/jobs/sweep'
import { sweepFiles } from '@/lib/jobs/sweep-files'
import { doJobs } from '@/lib/jobs/testing'
import { listMails } from '@/lib/mail/actions/list-mails'
import { type Account, asAdmin, data, goodPassword, newAccount } from '@/lib/testing'
import type { UserFilter } from '../schema'
import { addUser } from './add-user'
import { getByLoginId } from './get-by-login-id'
import { getUser } from './get-user'
import { listUsers } from './list-users'
import { loginByLoginId } from './login-by-login-id'
import { updateUser } from './update-user'

/** How the database finds what is asked for. Few people are here: that each statement has an index to go by is what counts. */

freshDatabase()

type Statement = { text: string; values: unknown[] }

const onPostgres = dialectOf(databaseUrl()) === 'postgres'
const seen = new Map<string, Statement>()
const { prepare } = Database.prototype
const { query } = pg.Client.prototype

/** Every statement that reaches the driver is noted. */
beforeAll(() => {
  const note = (text: string, values: unknown[]) => {
    if (/^(select|with|update|delete)/i.test(text)) seen.set(text, { text, values })
  }
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    note(text, [])
    return prepare.call(this, text)
  } as typeof prepare
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config, values] = args as [{ text?: string; values?: unknown[] }, unknown[] | undefined]
    if (config.text) note(config.text, values ?? config.values ?? [])
    return query.apply(this, args as never)
  } as typeof query
})
afterAll(() => {
  Database.prototype.prepare = prepare
  pg.Client.prototype.query = query
})

const email = 'ann@acme.example'
let account: Account
beforeAll(async () => {
  account = await newAccount()
  for (const id of ['bob', 'cyd']) data(await asAdmin(account, addUser, { user: { id } }))
  data(await asAdmin(account, addUser, { user: { id: 'ann', email, password: goodPassword, tags: 'staff' } }))
})

/** Where a statement of `act` goes through the whole of a table or an index, and where it sorts. */
async function costsOf(act: () => Promise<unknown>) {
  // Opened anew, so that it prepares all that it asks.
  await closeDatabase()
  seen.clear()
  await act()
  expect(seen.size).toBeGreaterThan(0)
  const costs = await (onPostgres ? costsOnPostgres : costsOnSqlite)([...seen.values()])
  return { whole: costs.filter(({ isSort }) => !isSort), sorts: costs.filter(({ isSort, text }) => isSort && isOfUsers(text)) }
}

type Cost = { isSort: boolean; what: string; text: string }

const isOfUsers = (text: string) => text.startsWith('select "users"')

async function costsOnSqlite(statements: Statement[]): Promise<Cost[]> {
  const database = new Database(databaseFile(), { readonly: true })
  const costs = statements.flatMap(({ text }) => {
    const statement = prepare.call(database, `explain query plan ${text}`)
    const steps = statement.all(Array(text.split('?').length - 1).fill(null)) as { detail: string }[]
    return steps.map(({ detail }) => ({ isSort: detail.includes('TEMP B-TREE'), what: detail, text }))
  })
  database.close()
  return costs.filter(({ isSort, what }) => isSort || isWholeOnSqlite(what))
}

/** The index of texts is searched, though SQLite calls it a scan; so is the answer of an inner question. */
const isWholeOnSqlite = (what: string) =>
  /^SCAN (?!users_search VIRTUAL TABLE INDEX 0:M|\(subquery|matching)|AUTOMATIC/.test(what)

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Cond'?: string; Plans?: Node[] }
type Explained = { rows: { 'QUERY PLAN': { Plan: Node }[] }[] }

/** Told not to go through whole tables, it does so only where there is no other way. */
async function costsOnPostgres(statements: Statement[]): Promise<Cost[]> {
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  const ask = (text: string, values: unknown[] = []) =>
    (query as unknown as (config: object) => Promise<Explained>).call(client, { text, values })
  await ask('set enable_seqscan = off')
  const costs: Cost[] = []
  for (const { text, values } of statements) {
    const { rows } = await ask(`explain (format json) ${text}`, values)
    costs.push(...rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => costsIn(Plan, text))))
  }
  await client.end()
  return costs
}

function costsIn(node: Node, text: string): Cost[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Index Cond': condition, Plans: inner = [] } = node
  const isWhole = type === 'Seq Scan' || (/^(Bitmap )?Index/.test(type) && !condition)
  const isSort = type.endsWith('Sort')
  return [
    ...(isWhole || isSort ? [{ isSort, what: `${type} ${table}`, text }] : []),
    ...inner.flatMap((each) => costsIn(each, text)),
  ]
}

const list =
  (filter: Partial<UserFilter>, pager: object = {}) =>
  async () =>
    data(await asAdmin(account, listUsers, { filter, pager }))

describe('R40 nothing goes through a whole table', () => {
  const orders = ['createdAt', 'updatedAt', 'id', 'screenName', 'firstName', 'lastName', 'fullName', 'email', 'lastLoginTime']
  it.each(orders.flatMap((field) => [`+${field}`, `-${field}`]))('nor sorts for a list by %s', async (orderBy) => {
    expect(await costsOf(list({ orderBy }))).toEqual({ whole: [], sorts: [] })
    const { nextCursor } = await list({ orderBy }, { pageSize: 1, cursor: '' })()
    expect(nextCursor).toBeTruthy()
    expect(await costsOf(list({ orderBy }, { pageSize: 1, cursor: nextCursor }))).toEqual({ whole: [], sorts: [] })
  })

  // Those of one status are then sorted: one index more would cost every change of anybody more than this rare order does.
  it.each(['+status', '-status'])('for a list by %s', async (orderBy) => {
    expect((await costsOf(list({ orderBy }))).whole).toEqual([])
  })

  const acts: [what: string, act: () => Promise<unknown>][] = [
    ['a person', async () => data(await asAdmin(account, getUser, { userId: 'ann' }))],
    ['the person of a login', async () => data(await asAdmin(account, getByLoginId, { loginId: email }))],
    ['a list of a status', list({ statusEqual: 0 })],
    ['a list of some people', list({ idIn: 'ann,bob' })],
    ['a list of the administrators', list({ isAdminEqual: true })],
    ['a list of who never signed in', list({ neverSignedInEqual: true })],
    ['a list of a tag', list({ tagsMultiLikeOr: 'staff' })],
    ['a list of a role', list({ roleIdEqual: '1' })],
    ['a list of those who came lately', list({ createdAtGreaterThanOrEqual: 1 })],
    ['a list of an address', list({ emailStartsWith: 'ann' })],
    ['a list of a name', list({ firstNameOrLastNameStartsWith: 'ann' })],
    ['a search', list({ freeText: 'ann@acme' })],
    ['a search of two letters', list({ freeText: 'an' })],
    ['a search within addresses', list({ emailLike: 'acme' })],
    ['a count', list({ tagsMultiLikeOr: 'staff', createdAtGreaterThanOrEqual: 1 })],
    [
      'a sign-in',
      async () =>
        data(
          await runAction(loginByLoginId, newContext({ origin: 'wire' }), {
            loginId: email,
            password: goodPassword,
            partnerId: account.partnerId,
          }),
        ),
    ],
    ['a new person', async () => data(await asAdmin(account, addUser, { user: { id: 'eve' } }))],
    ['a change', async () => data(await asAdmin(account, updateUser, { userId: 'ann', user: { city: 'Rome' } }))],
    ['the activity of a person', async () => data(await asAdmin(account, listAudit, { filter: { userId: 'ann' } }))],
    ['the jobs', async () => data(await asAdmin(account, listJobs, {}))],
    ['the mails', async () => data(await asAdmin(account, listMails, {}))],
    ['what is due by time', () => sweep(Date.now())],
    ['files that may go', () => sweepFiles(Date.now())],
    ['the next job', () => doJobs()],
    ['the next mail', () => acrossPartners(() => claimDueMail(Date.now(), Date.now() + 1))],
  ]
  it.each(acts)('for %s', async (_what, act) => {
    expect((await costsOf(act)).whole).toEqual([])
  })
})
