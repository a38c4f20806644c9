import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
// biome-ignore lint/style/noRestrictedImports: what is tested is the library with our options
import type { NextApiRequest, NextApiResponse } from 'next'
// biome-ignore lint/style/noRestrictedImports: what is tested is the library with our options
import NextAuth from 'next-auth'
// biome-ignore lint/style/noRestrictedImports: what is tested is the library with our options
import { decode, encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, holdAsAnother, waitAtMost } from '@/db/testing'
import { finishedAnswer } from './auth-answer'
import { type SessionTicket, withBrowserSession } from './browser-session'
import { withHashRoom } from './password'
import { addressHeader, authOptions } from './session'
import { codeAt, enrolled, lockSource, makePartner, makePerson, makeUser, password, wire } from './testing'

freshDatabase()

/** next-auth itself with our options, behind a bare server: the framework only carries its requests. */
const server = createServer((req, res) =>
  answer(req, res).catch((error) => res.writeHead(500).end(JSON.stringify(String(error)))),
)
let origin: string

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  process.env.NEXTAUTH_URL = origin
})
afterAll(() => {
  server.close()
})

async function answer(req: IncomingMessage, res: ServerResponse) {
  const url = new URL(req.url ?? '/', origin)
  const body = Buffer.concat(await req.toArray()).toString()
  const carried = Object.assign(req, {
    query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.replace('/api/auth/', '').split('/') },
    cookies: Object.fromEntries(
      (req.headers.cookie ?? '')
        .split('; ')
        .filter(Boolean)
        .map((pair) => pair.split(/=(.*)/s, 2).map(decodeURIComponent)),
    ),
    body: Object.fromEntries(new URLSearchParams(body)),
  }) as unknown as NextApiRequest
  const carrier = Object.assign(res, {
    status: (code: number) => Object.assign(res, { statusCode: code }),
    json: (data: unknown) => res.end(JSON.stringify(data)),
    send: (data: unknown) => res.end(typeof data === 'string' ? data : JSON.stringify(data)),
    redirect: (to: string) => res.writeHead(302, { location: to }).end(),
  }) as unknown as NextApiResponse
  await NextAuth(carried, carrier, authOptions())
}

/** A browser that keeps its cookies. */
function browser(jar = new Map<string, string>()) {
  const setCookies: string[] = []
  let shown = { text: '', headers: {} as Record<string, string> }
  async function ask(path: string, form?: Record<string, string>) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = await fetch(`${origin}/api/auth/${path}`, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie, [addressHeader]: '203.0.113.5' },
      ...(form && { body: new URLSearchParams(form) }),
    })
    // What the route does with every answer of the library.
    const response = await finishedAnswer(sent, cookie)
    for (const line of response.headers.getSetCookie()) {
      setCookies.push(line)
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const text = await response.text()
    shown = {
      text,
      headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'date' && name !== 'set-cookie')),
    }
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  const csrfToken = async () => (await ask('csrf')).body.csrfToken as string
  return {
    jar,
    setCookies,
    ask,
    /** The last answer as it came. */
    shown: () => ({ ...shown, cookies: setCookies.map((line) => line.replace(/=[^;]*/, '')).sort() }),
    signIn: async (email: string, given: string, more: Record<string, string> = {}) =>
      ask('callback/credentials', {
        csrfToken: await csrfToken(),
        email,
        password: given,
        json: 'true',
        callbackUrl: `${origin}/users`,
        ...more,
      }),
    enter: async (account: number) =>
      ask('callback/account', { csrfToken: await csrfToken(), account: String(account), json: 'true' }),
    confirm: async (given: string, more: Record<string, string> = {}) =>
      ask('callback/confirm', { csrfToken: await csrfToken(), password: given, json: 'true', ...more }),
    signOut: async () => ask('signout', { csrfToken: await csrfToken(), json: 'true' }),
  }
}

const cookieName = 'usher.session'

async function ticketOf(cookie: string | undefined) {
  const token = await decode({ token: cookie, secret: process.env.AUTH_SECRET ?? '' })
  return token as unknown as SessionTicket & Record<string, unknown>
}

const isIn = async (cookie: string | undefined) => {
  if (!cookie) return false
  return (await withBrowserSession(wire({ origin: 'page', now: Date.now() }), await ticketOf(cookie))) !== null
}

const now = Date.now()
const aPerson = async (of = {}) => {
  const partnerId = await makePartner()
  return makePerson(partnerId, of, { passwordUpdatedAt: now })
}

/** Settings are read once a process; here they are read anew. */
function withPublicUrl<T>(url: string, fn: () => T): T {
  const place = globalThis as { [key: symbol]: unknown }
  const slot = Symbol.for('usher.env')
  const [before, kept] = [process.env.PUBLIC_URL, place[slot]]
  process.env.PUBLIC_URL = url
  delete place[slot]
  try {
    return fn()
  } finally {
    if (before === undefined) delete process.env.PUBLIC_URL
    else process.env.PUBLIC_URL = before
    place[slot] = kept
  }
}

describe('sign-in by the browser', () => {
  it('opens a session, and the cookie holds nothing but the ticket to it, and whether the browser keeps it', async () => {
    const { login, user } = await aPerson()
    const visitor = browser()
    expect(await visitor.signIn(login.loginEmail, password)).toMatchObject({ status: 200, body: { url: `${origin}/users` } })
    const ticket = await ticketOf(visitor.jar.get(cookieName))
    expect(Object.keys(ticket).sort()).toEqual(['exp', 'iat', 'isKept', 'jti', 'partnerId', 'sessionId'])
    const ctx = await withBrowserSession(wire({ origin: 'page', now: Date.now() }), ticket)
    expect(ctx?.actor).toMatchObject({ userId: user.id })
  })

  it('S10 sets cookies that scripts and other sites cannot use', async () => {
    const { login } = await aPerson()
    const visitor = browser()
    await visitor.signIn(login.loginEmail, password)
    await visitor.ask('session')
    await visitor.signOut()
    expect(visitor.setCookies.length).toBeGreaterThan(3)
    for (const line of visitor.setCookies) {
      expect(line).toMatch(/; HttpOnly/i)
      expect(line).toMatch(/; SameSite=Lax/i)
      expect(line).toMatch(/; Path=\//i)
      expect(line).not.toMatch(/; Domain=/i)
      expect(line.length).toBeLessThan(4096)
    }
  })

  it('S10 is named and marked for https where people come by https', () => {
    expect(authOptions().cookies?.sessionToken).toMatchObject({ name: cookieName, options: { secure: false } })

    const options = withPublicUrl('https://usher.example', authOptions)
    expect(options.cookies?.sessionToken?.name).toBe('__Host-usher.session')
    expect(options.cookies?.sessionToken?.options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/', secure: true })
    expect(options.useSecureCookies).toBe(true)
  })

  it('S09 puts a new session in the place of a planted one', async () => {
    const [{ login }, mallory] = [await aPerson(), await aPerson()]
    const attacker = browser()
    await attacker.signIn(mallory.login.loginEmail, password)
    const planted = attacker.jar.get(cookieName) ?? ''
    const victim = browser(new Map([[cookieName, planted]]))
    await victim.signIn(login.loginEmail, password)
    expect(victim.jar.get(cookieName)).not.toBe(planted)
    const [mine, theirs] = [await ticketOf(victim.jar.get(cookieName)), await ticketOf(planted)]
    expect(mine.sessionId).not.toBe(theirs.sessionId)
    expect(mine.partnerId).not.toBe(theirs.partnerId)
  })

  it('S08 sign-out ends the session itself: the kept cookie is good for nothing', async () => {
    const { login } = await aPerson()
    const visitor = browser()
    await visitor.signIn(login.loginEmail, password)
    const kept = visitor.jar.get(cookieName)
    expect(await isIn(kept)).toBe(true)
    await visitor.signOut()
    expect(visitor.jar.has(cookieName)).toBe(false)
    expect(await isIn(kept)).toBe(false)
    const again = browser(new Map([[cookieName, kept ?? '']]))
    await again.ask('session')
    expect(await isIn(again.jar.get(cookieName))).toBe(false)
  })

  it.each([`${cookieName}.0`, `${cookieName}.9`, `${cookieName}X`])(
    'S08 sign-out ends it beside a planted cookie %s',
    async (planted) => {
      const { login } = await aPerson()
      const visitor = browser()
      await visitor.signIn(login.loginEmail, password)
      const kept = visitor.jar.get(cookieName)
      visitor.jar.set(planted, 'x')
      await visitor.signOut()
      expect(visitor.jar.has(cookieName)).toBe(false)
      expect(await isIn(kept)).toBe(false)
    },
  )

  it.each(['http://[', 'http://127.0.0.1:1.evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'W05 goes on to nowhere else, whoever asks for %s',
    async (callbackUrl) => {
      const { login } = await aPerson()
      const visitor = browser()
      expect(await visitor.signIn(login.loginEmail, password, { callbackUrl })).toMatchObject({
        status: 200,
        body: { url: origin },
      })
    },
  )

  it('A09 answers alike for the unknown, the wrong password, the blocked and the deleted', async () => {
    const answers = []
    const [known, blocked, deleted] = [await aPerson(), await aPerson({ status: 0 }), await aPerson({ status: 2 })]
    for (const [email, given] of [
      [known.login.loginEmail, 'wrong'],
      ['nobody@example.com', password],
      ['no address', password],
      [blocked.login.loginEmail, password],
      [deleted.login.loginEmail, password],
      [known.login.loginEmail, ''],
    ] as const) {
      const visitor = browser()
      answers.push(await visitor.signIn(email, given))
      expect(visitor.jar.has(cookieName)).toBe(false)
    }
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 401 })
  })

  it('A09 sends the same text, length, headers and cookies for the unknown, the wrong, the disabled, the locked and the blocked', async () => {
    const [known, blocked] = [await aPerson(), await aPerson({ status: 0 })]
    const [locked, disabled] = [await aPerson(), await aPerson({ loginDataId: null })]
    const ofClosed = await makePerson(await makePartner({}, 3))
    await lockSource(locked.login, '203.0.113.5', now + 600_000)
    const answers = []
    for (const [email, given] of [
      ['nobody@example.com', password],
      [known.login.loginEmail, 'wrong'],
      [disabled.login.loginEmail, password],
      [locked.login.loginEmail, password],
      [blocked.login.loginEmail, password],
      [ofClosed.login.loginEmail, password],
    ] as const) {
      const visitor = browser()
      await visitor.signIn(email, given)
      answers.push(visitor.shown())
    }
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.text).toContain('error=CredentialsSignin')
  })

  it('A09 a locked login looks like a wrong password', async () => {
    const known = await aPerson()
    const locked = await makePerson(await makePartner({ loginBlockPeriod: 7200 }))
    await lockSource(locked.login, '203.0.113.5', now + 3_600_000)
    expect(await browser().signIn(locked.login.loginEmail, password)).toEqual(
      await browser().signIn(known.login.loginEmail, 'wrong'),
    )
  })

  it('tells what the person must do next, and no more', async () => {
    const own = await makePartner({ secondFactor: 'all' })
    const { login } = await makePerson(own)
    const { body } = await browser().signIn(login.loginEmail, password)
    expect(body.url).toContain('error=NOT_ENROLLED')

    const { columns: shown } = enrolled('shown@example.com')
    await makePerson(own, {}, { ...shown, otpConfirmedAt: null })
    const of = (otp: string) => browser().signIn(shown.loginEmail, password, { otp })
    expect((await of('')).body.url).toContain('error=NOT_CONFIRMED')
    expect((await of('000000')).body.url).toContain('error=INVALID_OTP')

    const { seed, columns } = enrolled('next-step@example.com')
    await makePerson(own, {}, columns)
    const attempt = async (otp: string) => (await browser().signIn(columns.loginEmail, password, { otp })).body.url
    expect(await attempt('')).toContain('error=MISSING_OTP')
    expect(await attempt('000000')).toContain('error=INVALID_OTP')
    expect((await browser().signIn(columns.loginEmail, 'wrong', { otp: codeAt(seed, Date.now()) })).body.url).not.toContain('OTP')
    expect(await attempt(codeAt(seed, Date.now()))).not.toContain('error')
  })

  it('A16 answers 503 and when to come again while there is no room to hash, and lets in once there is', async () => {
    const { login } = await aPerson()
    let giveBack = () => {}
    const held = new Promise<void>((resolve) => {
      giveBack = resolve
    })
    const crowd = Array.from({ length: 500 }, () => withHashRoom(() => held).catch(() => {}))
    const visitor = browser()
    const { status, body } = await visitor.signIn(login.loginEmail, password)
    expect({ status, after: visitor.shown().headers['retry-after'] }).toEqual({ status: 503, after: '10' })
    expect(body.url).toContain('error=ACTION_BLOCKED')
    expect(visitor.jar.has(cookieName)).toBe(false)
    giveBack()
    await Promise.all(crowd)
    expect(await visitor.signIn(login.loginEmail, password)).toMatchObject({ status: 200 })
  })

  it('A09 R10 S12 says nothing but to come again, to anybody, while the database cannot be written to', async () => {
    const { login } = await aPerson()
    const signedIn = browser()
    await signedIn.signIn(login.loginEmail, password)
    await waitAtMost({ lock: 200 })
    const letGo = await holdAsAnother('lock table login_data, login_sources, request_counts')
    const answers = []
    for (const [email, given] of [
      ['nobody@example.com', password],
      [login.loginEmail, 'wrong'],
      [login.loginEmail, password],
    ] as const) {
      const visitor = browser()
      await visitor.signIn(email, given)
      answers.push(visitor.shown())
    }
    const confirmed = await signedIn.confirm(password)
    await letGo()
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]?.text).toContain('error=ACTION_BLOCKED')
    expect(confirmed).toMatchObject({ status: 503, body: { url: expect.stringContaining('error=ACTION_BLOCKED') } })
    expect(await browser().signIn(login.loginEmail, password)).toMatchObject({ status: 200 })
  })

  it('signs nobody in without the token against forgery', async () => {
    const { login } = await aPerson()
    const visitor = browser()
    await visitor.ask('callback/credentials', { email: login.loginEmail, password, json: 'true' })
    expect(visitor.jar.has(cookieName)).toBe(false)
  })

  it('S14 the session route of the library tells nothing about the person', async () => {
    const { login } = await aPerson()
    const visitor = browser()
    await visitor.signIn(login.loginEmail, password)
    expect(Object.keys((await visitor.ask('session')).body)).toEqual(['expires'])
    expect((await browser().ask('session')).body).toEqual({})
  })

  it.each([
    { error: 'There is a problem with the server configuration' },
    { user: { error: 'RefreshAccessTokenError' } },
    { sessionId: { error: true }, partnerId: 1 },
    { sessionId: 'x', partnerId: '1' },
    { sessionId: true, partnerId: true },
  ])('S14 a signed cookie that holds %o is nobody: 401', async (token) => {
    const cookie = await encode({ token, secret: process.env.AUTH_SECRET ?? '' })
    const visitor = browser(new Map([[cookieName, cookie]]))
    expect(await visitor.enter(await makePartner())).toMatchObject({ status: 401 })
  })

  it.each(['before', 'after'])(
    'S09 nobody is in with two different cookies of the name, a planted one %s the own',
    async (place) => {
      const [{ login }, mallory] = [await aPerson(), await aPerson()]
      const [visitor, attacker] = [browser(), browser()]
      await visitor.signIn(login.loginEmail, password)
      await attacker.signIn(mallory.login.loginEmail, password)
      const [own, planted] = [visitor, attacker].map(({ jar }) => jar.get(cookieName) ?? '')
      const sent = (...cookies: unknown[]) => visitor.jar.set(cookieName, cookies.join(`; ${cookieName}=`))
      if (place === 'before') sent(planted, own)
      else sent(own, planted)
      expect((await visitor.confirm(password)).status).toBe(401)
      expect([await isIn(own), await isIn(planted)]).toEqual([true, true])
      sent(own, own)
      expect((await visitor.confirm(password)).status).toBe(200)
    },
  )

  it('S13 nobody is in with a cookie that is rubbish', async () => {
    for (const cookie of [
      'x',
      'a.b.c.d.e',
      'eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4IiwicGFydG5lcklkIjoxfQ.',
      '%00',
      'x'.repeat(5000),
    ]) {
      const visitor = browser(new Map([[cookieName, cookie]]))
      expect((await visitor.ask('session')).body).toEqual({})
    }
  })

  it('W05 goes nowhere but to this site', async () => {
    const { login } = await aPerson()
    const { body } = await browser().signIn(login.loginEmail, password, { callbackUrl: 'https://evil.example/' })
    expect(new URL(body.url).origin).toBe(origin)
  })
})

describe('another account by the browser', () => {
  it('S09 is entered by the cookie alone, which is another one then', async () => {
    const { login } = await aPerson({ isAdmin: true })
    const other = await makePartner()
    await makeUser(other, { isAdmin: true, loginDataId: login.id })
    const visitor = browser()
    await visitor.signIn(login.loginEmail, password)
    const before = visitor.jar.get(cookieName)
    expect(await visitor.enter(other)).toMatchObject({ status: 200 })
    expect((await ticketOf(visitor.jar.get(cookieName))).partnerId).toBe(other)
    expect(await isIn(visitor.jar.get(cookieName))).toBe(true)
    expect(await isIn(before)).toBe(false)
  })

  it('S15 stays closed without a session, and tells only that a sign-in is needed', async () => {
    const { login } = await aPerson({ isAdmin: true })
    const [closed, foreign] = [await makePartner({ secondFactor: 'all' }), await makePartner()]
    await makeUser(closed, { isAdmin: true, loginDataId: login.id })
    const visitor = browser()
    expect(await visitor.enter(closed)).toMatchObject({ status: 401 })
    await visitor.signIn(login.loginEmail, password)
    expect((await visitor.enter(closed)).body.url).toContain('error=NEW_LOGIN_REQUIRED')
    expect((await visitor.enter(foreign)).body.url).toContain('error=CredentialsSignin')
    expect(await isIn(visitor.jar.get(cookieName))).toBe(true)
  })
})

describe('a session that is confirmed by the browser', () => {
  it('S09 has another cookie afterwards, and the former is good for nothing', async () => {
    const page = browser()
    const { login } = await makePerson(await makePartner())
    await page.signIn(login.loginEmail, password)
    const former = page.jar.get(cookieName)
    expect(await page.confirm(password)).toMatchObject({ status: 200 })
    const cookie = page.jar.get(cookieName)
    expect(await isIn(cookie)).toBe(true)
    expect(await isIn(former)).toBe(false)
  })

  it('stays as it is when something is wrong, and says what', async () => {
    const page = browser()
    const { columns, seed } = enrolled('page-confirms@example.com')
    const [plain, withFactor] = [await makePerson(await makePartner()), await makePerson(await makePartner(), {}, columns)]
    expect((await page.confirm(password)).status).toBe(401)
    await page.signIn(plain.login.loginEmail, password)
    const cookie = page.jar.get(cookieName)
    expect((await page.confirm('wrong')).body.url).toContain('error=USER_WRONG_PASSWORD')
    expect(page.jar.get(cookieName)).toBe(cookie)
    expect(await isIn(cookie)).toBe(true)
    await lockSource(plain.login, '203.0.113.5', Date.now() + 60_000)
    expect((await page.confirm(password)).body.url).toContain('error=LOGIN_BLOCKED')
    await page.signIn(withFactor.login.loginEmail, password, { otp: codeAt(seed, Date.now()) })
    expect((await page.confirm(password)).body.url).toContain('error=MISSING_OTP')
  })
})
