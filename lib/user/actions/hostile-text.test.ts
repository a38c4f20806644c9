import { globSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { partnerSettings } from '@/lib/action/partner-settings'
import { loginEmailOf } from '@/lib/auth/login-email'
import { checkPassword, refuseBadRules } from '@/lib/auth/password-policy'
import { cpuTime } from '@/lib/cpu-testing'
import { type Account, asAdmin, codeOf, data, newAccount } from '@/lib/testing'
import { AddUserInput, ListUsersInput, userIdPattern } from '../schema'
import { addUser } from './add-user'
import { getUser } from './get-user'
import { listUsers } from './list-users'

freshDatabase()

let account: Account
beforeAll(async () => {
  account = await newAccount()
})

const statements = [
  `'; drop table users; --`,
  `" or ""="`,
  `' or '1'='1`,
  `\\'; select pg_sleep(9); --`,
  `1); delete from users where (1=1`,
  `$1 :idKey ? ?1`,
  `%' escape '\\`,
  `NEAR("a" "b") OR users_search MATCH *`,
]

const texts = [
  'screenName',
  'firstName',
  'lastName',
  'title',
  'company',
  'description',
  'country',
  'city',
  'zip',
  'partnerData',
] as const

describe('I01 SQL in what is sent', () => {
  it.each(statements)('is text like any other: %s', async (statement) => {
    const id = `i01-${statements.indexOf(statement)}`
    const sent = Object.fromEntries(texts.map((field) => [field, statement]))
    data(await asAdmin(account, addUser, { user: { id, ...sent, tags: statement } }))
    expect(data(await asAdmin(account, getUser, { userId: id }))).toMatchObject(sent)
  })

  it.each(statements)('finds what is called so and nothing else: %s', async (statement) => {
    const found = async (filter: object) => data(await asAdmin(account, listUsers, { filter })).objects.map((user) => user.id)
    const named = `i01-${statements.indexOf(statement)}`
    for (const field of ['screenNameLike', 'screenNameStartsWith', 'firstNameStartsWith', 'lastNameStartsWith'])
      expect(await found({ [field]: statement }), field).toEqual([named])
    for (const field of ['idEqual', 'idIn', 'emailLike', 'emailStartsWith', 'roleIdEqual'])
      expect(await found({ [field]: statement }), field).not.toContain(account.adminUserId)
    expect(codeOf(await asAdmin(account, listUsers, { filter: { freeText: statement, orderBy: statement } }))).toBe('OK')
    expect(codeOf(await asAdmin(account, listUsers, { pager: { cursor: Buffer.from(statement).toString('base64url') } }))).toBe(
      'INVALID_FIELD_VALUE',
    )
  })

  it('no statement is put together of text', () => {
    const sources = globSync('{lib,db,app}/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'))
    // The migrations are text by their nature, the connections hand on what was bound before, and tests name databases.
    const allowed = ['db/migrate.ts', 'db/sqlite.ts', 'db/postgres.ts', 'db/testing.ts']
    const literal = /sql\.raw\((\w+ \? '[^']*' : )?'[^']*'\)/g
    const raw = sources.filter((file) =>
      /sql\.raw\(|\.unsafe\(|\.(exec|query)\(`/.test(readFileSync(file, 'utf8').replaceAll(literal, '')),
    )
    expect(raw.filter((file) => !allowed.includes(file))).toEqual([])
  })
})

describe('I10 text that makes slow patterns slow', () => {
  const hostile = ['a', '<', '<a', '.', '-', 'a.', ' ', '\t', ',', '://', '@', 'é', '国', 'a@', '!'].map((part) =>
    part.repeat(Math.ceil(65_536 / part.length)),
  )

  it.each(hostile.map((text) => [text.slice(0, 3), text]))('of %j is judged in no time', async (_part, text) => {
    const user = Object.fromEntries(texts.map((field) => [field, `${text}!`]))
    const judged = [
      () => userIdPattern.test(text),
      () => loginEmailOf(`${text}@x.example`),
      () => loginEmailOf(`x@${text}`),
      () => AddUserInput.safeParse({ user: { ...user, id: text, email: text, tags: text } }),
      () => ListUsersInput.safeParse({ filter: { freeText: text, idIn: text, orderBy: text } }),
    ]
    for (const judge of judged) expect(await fastest(judge)).toBeLessThan(20)
  })

  const slow = ['(a+)+$', '(a|a)*$', '(a*)*b', '([a-z]+)*\\d', '(.*)*x']

  it.each(slow)('is judged in no time as a password, by a rule of the account as slow as %s', async (pattern) => {
    const rules = [{ pattern, message: 'A rule' }]
    refuseBadRules(rules)
    const settings = { ...partnerSettings({}), passwordPreset: 'own' as const, passwordRules: rules }
    for (const password of ['a'.repeat(1_023), 'a'.repeat(65_536)]) {
      const person = { firstName: 'Ann', lastName: null, loginEmail: 'ann@x.example', partnerName: 'Acme' }
      const judge = () => checkPassword({ password: `${password}!`, language: 'en', settings, person }).catch(() => {})
      expect(await fastest(judge)).toBeLessThan(20)
    }
  })

  it('no pattern of the source repeats what repeats', () => {
    const sources = globSync('{lib,db,app,components}/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'))
    const literal =
      /(?<=[(,=:[!&|?{}; ]|return )\/(?![*/ ])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[dgimsuvy]*(?=[.,;)\]\s])/g
    const found = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(literal)].map(([, pattern = '']) => ({ file, pattern })),
    )
    expect(found.length).toBeGreaterThan(100)
    // Here each round begins with a sign that the inner repetition cannot take, so that a text can be read in one way only.
    const oneWay = ['db/partner-guard.ts', 'lib/auth/login-email.ts', 'lib/mail/neutral.ts', 'lib/transport/api-v3/references.ts']
    const repeating = found.filter(({ pattern }) => repeatsWhatRepeats(pattern))
    expect(repeating.map(({ file }) => file).sort()).toEqual(oneWay)
    expect(slow.filter((pattern) => !repeatsWhatRepeats(pattern))).toEqual(['(a|a)*$'])
  })
})

/** Whether a group that has `*`, `+` or `{n,}` in it is itself under one of them. */
function repeatsWhatRepeats(pattern: string) {
  const plain = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  const open: boolean[] = []
  let inner = false
  for (const [sign] of plain.matchAll(/\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)(?:[*+]|\{\d+,\d*\})?|[*+]|\{\d+,\}/g)) {
    if (sign.startsWith('(')) {
      open.push(inner)
      inner = false
    } else if (sign.startsWith(')')) {
      const isRepeated = sign.length > 1
      if (inner && isRepeated) return true
      const outer = open.pop() ?? false
      inner = inner || isRepeated || outer
    } else inner = true
  }
  return false
}

/** Milliseconds; the first time is also that of the compiler. */
async function fastest(work: () => unknown) {
  return Math.min(await cpuTime(work), await cpuTime(work), await cpuTime(work))
}
