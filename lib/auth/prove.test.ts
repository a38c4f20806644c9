import { globSync, readFileSync } from 'node:fs'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { acrossPartners } from '@/db/partner-guard'
import { listAuditEntries } from '@/db/queries/audit'
import { findLoginDataById, updateLoginData } from '@/db/queries/login-data'
import { freshDatabase } from '@/db/testing'
import { mailsTo } from '@/lib/mail/testing'
import { attemptsAt, everyGate, gates, newAddress } from './gates-testing'
import { hashCount, withHashRoom } from './password'
import { countFailureOfSource } from './source-limit'
import { codeAt, enrolled, lockSource, makePartner, makePerson, makeUser, noon, password } from './testing'

freshDatabase()

const half = 30_000

describe.each(everyGate)('%s', (gate) => {
  const enter = gates[gate]
  const takesOtp = gate !== 'user.login'
  const makesHash = gate === 'account.replaceExpiredPassword'

  it('lets the right password pass and clears the counter', async () => {
    const home = newAddress()
    const person = await makePerson(await makePartner())
    expect(await enter(person, { password: 'wrong', address: home })).toBe('USER_WRONG_PASSWORD')
    expect(await attemptsAt(person, home)).toBe(1)
    expect(await enter(person, { address: home })).toBe('OK')
    expect(await attemptsAt(person, home)).toBe(0)
  })

  it('A01 locks with the last wrong password, against the right one too, until the time is over', async () => {
    const home = newAddress()
    const person = await makePerson(await makePartner({ maxLoginAttempts: 5, loginBlockPeriod: 900 }))
    const at = (seconds: number) => ({ address: home, at: noon + seconds * 1000 })
    for (let attempt = 1; attempt < 5; attempt++)
      expect(await enter(person, { password: 'wrong', ...at(0) })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { password: 'wrong', ...at(0) })).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(await enter(person, at(0))).toBe('LOGIN_BLOCKED')
    expect(await enter(person, { password: 'wrong', ...at(0) })).toBe('LOGIN_BLOCKED')
    expect(await enter(person, at(899))).toBe('LOGIN_BLOCKED')
    expect(await enter(person, at(900))).toBe('OK')
    expect(await attemptsAt(person, home)).toBe(0)
  })

  it('A02 compares no more passwords than allowed when twenty come at once', async () => {
    const home = newAddress()
    const person = await makePerson(await makePartner({ maxLoginAttempts: 5 }))
    const attempt = () => enter(person, { password: 'wrong', address: home })
    const answers = await Promise.all(Array.from({ length: 20 }, attempt))
    expect(answers.filter((code) => code === 'USER_WRONG_PASSWORD')).toHaveLength(4)
    expect(answers.filter((code) => code === 'LOGIN_RETRIES_EXCEEDED')).toHaveLength(1)
    expect(answers.filter((code) => code === 'LOGIN_BLOCKED')).toHaveLength(15)
  })

  it('A11 whoever guesses is blocked, and the owner passes from elsewhere at once; one mail tells of it', async () => {
    const home = newAddress()
    const person = await makePerson(await makePartner({ maxLoginAttempts: 3 }))
    const guess = (address: string) => enter(person, { password: 'wrong', address })
    for (let attempt = 0; attempt < 3; attempt++) await guess('203.0.113.201')
    expect(await enter(person, { address: '203.0.113.201' })).toBe('LOGIN_BLOCKED')
    for (let attempt = 0; attempt < 3; attempt++) await guess('203.0.113.202')
    const locked = (await mailsTo(person.login.loginEmail)).filter(({ event }) => event === 'locked')
    expect(locked.map(({ params }) => [params['address'], params['until']])).toEqual([['203.0.113.201', noon + 900_000]])
    expect((await findLoginDataById(person.login.id))?.loginBlockedUntil).toBe(noon + 900_000)
    expect(await enter(person, { address: home })).toBe('OK')
  })

  it('A10 does the work of one hash in every case', async () => {
    const home = newAddress()
    const partnerId = await makePartner({ maxLoginAttempts: 2 })
    const right = await makePerson(partnerId)
    const locked = await makePerson(partnerId)
    await lockSource(locked.login, home, noon + 1000)
    const blocked = await makePerson(partnerId, { status: 0 })
    const passwordless = await makePerson(partnerId, {}, { password: null })
    const unknown = { user: { ...right.user, id: 'nobody' }, login: { ...right.login, loginEmail: 'nobody@example.com' } }
    const deleted = await makePerson(partnerId, { status: 2 })
    for (const [person, given] of [
      [right, password],
      [right, 'wrong'],
      [locked, password],
      [blocked, password],
      [blocked, 'wrong'],
      [passwordless, ''],
      [unknown, password],
      [deleted, password],
      [unknown, '\ud800'],
      [unknown, 'x'.repeat(3000)],
    ] as const) {
      const before = hashCount.value
      const code = await enter(person, { password: given, address: home })
      expect(hashCount.value - before).toBe(makesHash && code === 'OK' ? 2 : 1)
    }
  })

  it('A16 being too busy costs nobody an attempt', async () => {
    const home = newAddress()
    const person = await makePerson(await makePartner({ maxLoginAttempts: 90 }))
    const { promise: quiet, resolve: leave } = Promise.withResolvers<void>()
    const crowd = Array.from({ length: 60 }, () => withHashRoom(() => quiet))
    const attempt = () => enter(person, { password: 'wrong', address: home })
    const answers = await Promise.all(Array.from({ length: 20 }, attempt))
    leave()
    await Promise.all(crowd)
    const compared = answers.filter((code) => code === 'USER_WRONG_PASSWORD').length
    expect(answers.filter((code) => code === 'ACTION_BLOCKED').length).toBe(20 - compared)
    expect(compared).toBeGreaterThan(0)
    expect(compared).toBeLessThan(20)
    expect(await attemptsAt(person, home)).toBe(compared)
  })

  it('A11 A12 refuses an address after too many failures, without any hash, and no other address', async () => {
    const address = `203.0.113.${everyGate.indexOf(gate) + 1}`
    const person = await makePerson(await makePartner())
    const unknown = { user: { ...person.user, id: 'nobody' }, login: { ...person.login, loginEmail: 'nobody@example.com' } }
    for (let failure = 0; failure < 178; failure++) countFailureOfSource(address, noon)
    expect(await enter(unknown, { password: 'wrong', address })).toBe('USER_NOT_FOUND')
    expect(await enter(person, { password: 'wrong', address })).toBe('USER_WRONG_PASSWORD')
    const before = hashCount.value
    expect(await enter(person, { address })).toBe('ACTION_BLOCKED')
    expect(hashCount.value).toBe(before)
    expect(await enter(await makePerson(person.user.partnerId), {})).toBe('OK')
    expect(await enter(person, { address, at: noon + 600_000 })).toBe('OK')
  })

  it('A13 asks only the address that the transport found', async () => {
    const person = await makePerson(await makePartner())
    const address = newAddress()
    for (let failure = 0; failure < 180; failure++) countFailureOfSource(address, noon)
    const lookalike = { ctx: { userAgent: 'X-Forwarded-For: 1.2.3.4' } }
    expect(await enter(person, { ...lookalike, address })).toBe('ACTION_BLOCKED')
  })

  it('A04 asks for the one-time code and counts its absence, like every other way', async () => {
    const home = newAddress()
    const partnerId = await makePartner({ secondFactor: 'all', maxLoginAttempts: 3 })
    const { columns, seed } = enrolled(`a04-${gate}@example.com`.toLowerCase())
    const person = await makePerson(partnerId, {}, columns)
    const attempt = (otp?: string) => enter(person, { otp, address: home })
    expect(await attempt()).toBe('MISSING_OTP')
    expect(await attemptsAt(person, home)).toBe(1)
    expect(await attempt('000000')).toBe(takesOtp ? 'INVALID_OTP' : 'MISSING_OTP')
    if (takesOtp) expect(await attempt(codeAt(seed))).toBe('OK')
    else {
      expect(await attempt()).toBe('LOGIN_RETRIES_EXCEEDED')
      expect(await attempt()).toBe('LOGIN_BLOCKED')
    }
  })

  it('A03 wrong codes lock like wrong passwords, and the right password clears nothing', async () => {
    const home = newAddress()
    const partnerId = await makePartner({ secondFactor: 'all', maxLoginAttempts: 4 })
    const { columns, seed } = enrolled(`a03-${gate}@example.com`.toLowerCase())
    const person = await makePerson(partnerId, {}, columns)
    const attempt = (of: { otp?: string; password?: string }) => enter(person, { ...of, address: home })
    expect(await attempt({ otp: '000000' })).toBe(takesOtp ? 'INVALID_OTP' : 'MISSING_OTP')
    expect(await attempt({})).toBe('MISSING_OTP')
    expect(await attempt({ password: 'wrong', otp: codeAt(seed) })).toBe('USER_WRONG_PASSWORD')
    expect(await attempt({ otp: 'abc' })).toBe('LOGIN_RETRIES_EXCEEDED')
    expect(await attempt({ otp: codeAt(seed) })).toBe('LOGIN_BLOCKED')
  })

  it('refuses every code of somebody without a seed, and writes success and failure down without the secrets', async () => {
    const person = await makePerson(await makePartner({ secondFactor: 'all' }))
    const code = await enter(person, { otp: codeAt('') })
    expect(code).toBe(takesOtp ? 'INVALID_OTP' : 'MISSING_OTP')
    const entries = await acrossPartners(() => listAuditEntries(person.user.partnerId, { targetKey: person.user.key }, 10))
    expect(entries.map(({ action, result }) => [action, result])).toEqual([[gate, code]])
    expect(JSON.stringify(entries)).not.toContain(password)
  })
})

describe('the second factor', () => {
  const enter = gates['user.loginByLoginId']

  it('A05 a code that was used for a sign-in is used up', async () => {
    const { columns, seed } = enrolled('used-up@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all' }), {}, columns)
    expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
    expect(await enter(person, { otp: codeAt(seed) })).toBe('INVALID_OTP')
  })

  it('A05 of fifty sign-ins with the same code at once one succeeds', async () => {
    const { columns, seed } = enrolled('at-once@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all', maxLoginAttempts: 100 }), {}, columns)
    const answers = await Promise.all(Array.from({ length: 50 }, () => enter(person, { otp: codeAt(seed) })))
    expect(answers.filter((code) => code === 'OK')).toHaveLength(1)
    expect(answers.filter((code) => code === 'INVALID_OTP')).toHaveLength(49)
  })

  it('A08 a wrong password answers the same whatever the code, and does not use a right one up', async () => {
    const { columns, seed } = enrolled('kept@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all' }), {}, columns)
    for (const otp of [undefined, '000000', codeAt(seed)])
      expect(await enter(person, { password: 'wrong', otp })).toBe('USER_WRONG_PASSWORD')
    expect(await enter(person, { otp: codeAt(seed) })).toBe('OK')
  })

  it('R17 a clock set back makes no code good again', async () => {
    const { columns, seed } = enrolled('set-back@example.com')
    const person = await makePerson(await makePartner({ secondFactor: 'all' }), {}, columns)
    expect(await enter(person, { otp: codeAt(seed, noon + half), at: noon + half })).toBe('OK')
    expect(await enter(person, { otp: codeAt(seed, noon - 3_600_000), at: noon - 3_600_000 })).toBe('INVALID_OTP')
    expect(await enter(person, { otp: codeAt(seed, noon + half), at: noon })).toBe('INVALID_OTP')
    expect(await enter(person, { otp: codeAt(seed, noon + 2 * half), at: noon + 2 * half })).toBe('OK')
  })

  it.each([
    ['admins', true, 'MISSING_OTP'],
    ['admins', false, 'OK'],
    ['nonAdmins', true, 'OK'],
    ['nonAdmins', false, 'MISSING_OTP'],
  ] as const)('asks %s, an administrator being %s: %s', async (secondFactor, isAdmin, expected) => {
    const person = await makePerson(await makePartner({ secondFactor }), { isAdmin })
    expect(await enter(person, {})).toBe(expected)
  })

  it.each([
    ['user.login', 'OK'],
    ['user.loginByLoginId', 'OK'],
    ['user.updateLoginData', 'MISSING_OTP'],
    ['account.replaceExpiredPassword', 'MISSING_OTP'],
  ] as const)('A04 one enrolled by choice, where the account demands none, is asked for by %s: %s', async (gate, expected) => {
    const { columns } = enrolled(`by-choice-${gate}@example.com`.toLowerCase())
    const person = await makePerson(await makePartner(), {}, columns)
    expect(await gates[gate](person, {})).toBe(expected)
  })

  it('A03 entering another account without a second factor clears no count of the one that has it', async () => {
    const home = newAddress()
    const strict = await makePartner({ secondFactor: 'all', maxLoginAttempts: 3 })
    const lax = await makePartner()
    const { columns } = enrolled('both@example.com')
    const person = await makePerson(strict, {}, columns)
    const other = await makeUser(lax, { loginDataId: person.login.id })
    const answers: string[] = []
    for (let round = 0; round < 3; round++) {
      answers.push(await gates['user.login'](person, { address: home }))
      answers.push(await gates['user.login']({ ...person, user: other }, { address: home }))
    }
    expect(answers).toEqual(['MISSING_OTP', 'OK', 'MISSING_OTP', 'OK', 'LOGIN_RETRIES_EXCEEDED', 'LOGIN_BLOCKED'])
  })
})

it('A16 of five hundred sign-ins at once as many as there is room for are judged, the rest refused, and other calls go on', async () => {
  const partnerId = await makePartner({ maxLoginAttempts: 1_000 })
  const [person, reader] = [await makePerson(partnerId), await makePerson(partnerId)]
  const crowd = Promise.all(Array.from({ length: 500 }, () => gates['user.login'](person, {})))
  const isLast = crowd.then(() => true)
  let reads = 0
  const next = () => Promise.race([isLast, new Promise<false>((resolve) => setImmediate(resolve, false))])
  while (!(await next())) {
    expect((await acrossPartners(() => findLoginDataById(reader.login.id)))?.id).toBe(reader.login.id)
    reads++
  }
  const codes = await crowd
  const judged = codes.filter((code) => code === 'OK').length
  expect(judged).toBeGreaterThanOrEqual(64)
  expect(codes.filter((code) => code === 'ACTION_BLOCKED')).toHaveLength(500 - judged)
  expect(reads).toBeGreaterThan(20)
  expect(await gates['user.login'](person, {})).toBe('OK')
})

describe('stored passwords', () => {
  const enter = gates['user.loginByLoginId']
  // Of the salt `pepper` and the password of the tests.
  const legacy = 'sha1$pepper$3ddb1cc7bb8aeeaf6307717d0445b4d31c1250a4'

  it('C01 makes a weaker hash anew at the next sign-in', async () => {
    const person = await makePerson(await makePartner())
    await updateLoginData(person.login.id, {
      passwordHash: await hash(password, { memoryCost: 8192, timeCost: 2, parallelism: 1 }),
    })
    expect(await enter(person, {})).toBe('OK')
    expect((await findLoginDataById(person.login.id))?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await enter(person, {})).toBe('OK')
  })

  it('C10 takes an imported salted SHA-1, with the work of every other, and makes it anew at the first sign-in', async () => {
    const person = await makePerson(await makePartner())
    await updateLoginData(person.login.id, { passwordHash: legacy })
    const before = hashCount.value
    expect(await enter(person, { password: 'wrong' })).toBe('USER_WRONG_PASSWORD')
    expect(hashCount.value - before).toBe(1)
    expect((await findLoginDataById(person.login.id))?.passwordHash).toBe(legacy)
    expect(await enter(person, {})).toBe('OK')
    expect((await findLoginDataById(person.login.id))?.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await enter(person, {})).toBe('OK')
  })
})

it('A04 every gate is in the table, and only the one verifier compares passwords', () => {
  const sources = globSync('{lib,app}/**/*.{ts,tsx}').filter((file) => !file.includes('test'))
  const users = (name: RegExp) => sources.filter((file) => name.test(readFileSync(file, 'utf8'))).sort()
  expect(users(/\b(signIn|verifyLogin)\(ctx/)).toEqual([
    'lib/auth/browser-session.ts',
    'lib/auth/sign-in.ts',
    // Its own test has the same cases.
    'lib/user/actions/accept-invitation.ts',
    'lib/user/actions/login-by-login-id.ts',
    'lib/user/actions/login.ts',
  ])
  expect(users(/\bprove\(ctx, /)).toEqual([
    // Opens nothing; its own test has the same cases.
    'lib/account/actions/get-expired-password-rules.ts',
    'lib/account/actions/replace-expired-password.ts',
    // Of people who are signed in: nothing is opened by it.
    'lib/auth/own-login.ts',
    'lib/auth/sign-in.ts',
    'lib/user/actions/update-login-data.ts',
  ])
  expect(users(/\bverifyPassword\(/)).toEqual([
    'lib/auth/password-policy.ts',
    'lib/auth/password.ts',
    'lib/auth/prove.ts',
    // Opens nothing: the operator names an owner who has a login already.
    'lib/partner/new-partner.ts',
  ])
})
