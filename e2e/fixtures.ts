import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { usher } from './usher'

/** What the browser stories share: accounts made as an operator makes them, signing in, and an eye on every page. */

export type Account = { partnerId: number; adminSecret: string; userSecret: string; adminUserId: string; name: string }
export type Person = { email: string; password: string }

const password = 'Velvet-rope 27 steps'

/** `owner` made the account; `member` has a login but no role that opens the console. */
export type Role = 'owner' | 'member'

type Fixtures = {
  /** A product of the story's own, as it is after the very first start. It ends once the browser has left it. */
  installation: Installation
  /** Opens the console as somebody of the account. */
  signInAs: (role: Role) => Promise<void>
  /** An error that the story means the browser to report: `test.use({ expectedError: /401/ })`. */
  expectedError: RegExp | null
}

type WorkerFixtures = {
  /** Stories that count everybody name here the account that no other file fills. */
  only: string
  /** An account of its own, whose people are these. */
  account: Account
  people: Record<Role, Person>
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  only: ['', { scope: 'worker', option: true }],

  account: [
    async ({ only }, use) => {
      const name = `Velvet Hall ${only || randomUUID().slice(0, 8)}`
      const made = await usher<Account>('partner.create', { name, adminEmail: newEmail(), adminPassword: password })
      await use({ ...made, name })
    },
    { scope: 'worker' },
  ],

  people: [
    async ({ account }, use) => {
      const member = { email: newEmail(), password }
      const { partnerId } = account
      await usher('user.add', { partnerId, 'user.id': member.email, 'user.email': member.email, 'user.password': password })
      await use({ owner: { email: account.adminUserId, password }, member })
    },
    { scope: 'worker' },
  ],

  // A story during which the browser reports any other error, or anything that the content security policy stopped, has failed.
  page: async ({ page, expectedError }, use) => {
    const errors: string[] = []
    const keep = (text: string) => expectedError?.test(text) || errors.push(text)
    page.on('console', (message) => message.type() === 'error' && keep(`${message.text()} ${message.location().url}`))
    page.on('pageerror', (error) => keep(error.stack ?? String(error)))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample, sourceFile }) =>
        console.error('The policy stopped', effectiveDirective, blockedURI, sample, sourceFile),
      )
    })
    await use(page)
    expect(errors, 'errors in the browser').toEqual([])
  },

  installation: async ({ page }, use) => {
    const made = await newInstallation()
    await use(made)
    await page.goto('about:blank')
    await made.stop()
  },

  signInAs: async ({ page, people }, use) => {
    await use(async (role) => {
      await page.goto('/sign-in')
      await fillSignIn(page, people[role])
      await expect(page).not.toHaveURL(/sign-in/)
      await untilAlive(page)
    })
  },

  expectedError: [null, { option: true }],
})

const newEmail = () => `e2e-${randomUUID()}@velvet.example`

/** Fills the form that the page shows and sends it. */
export async function fillSignIn(page: Page, { email, password }: Person) {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The session of the browser, for requests that it does not make itself. */
export async function cookiesOf(page: Page) {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
}

/** Until React has taken over the page that the server sent: before that, buttons do nothing. */
export async function untilAlive(page: Page) {
  const isAlive = () => Object.keys(document.querySelector('main') ?? {}).some((name) => name.startsWith('__react'))
  // Asked again and again from outside: `waitForFunction` evaluates text in the page, which the policy forbids.
  await expect(async () => expect(await page.evaluate(isAlive)).toBe(true)).toPass({ intervals: [50] })
}

/** Axe finds nothing on the page as it is now, once what moves has come to rest. */
export async function expectAccessible(page: Page) {
  await page.evaluate(async () => {
    // What follows a scrolled row comes to rest with it, not with time.
    const ending = document
      .getAnimations()
      .filter(
        ({ timeline, effect }) => timeline === document.timeline && effect?.getTiming().iterations !== Number.POSITIVE_INFINITY,
      )
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // A frame that may run nothing does not run axe either, which would wait for it for ever.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox=""]').analyze()
  expect(violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ target }) => target.join(' ')) }))).toEqual([])
}

/** Colours do not depend on the width, so that three looks show both themes and every layout. */
const looks = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'a tablet', colorScheme: 'light', width: 820 },
  { name: 'a dark phone', colorScheme: 'dark', width: 390 },
] as const

/** The same story in every theme and on every width of screen. */
export function forEveryLook(tell: (look: { name: string; width: number }) => void) {
  for (const { name, colorScheme, width } of looks) {
    test.describe(name, () => {
      test.use({ colorScheme, viewport: { width, height: 844 } })
      tell({ name, width })
    })
  }
}

/** The page needs no scrolling sideways. */
export async function expectNoSidewaysScroll(page: Page) {
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(excess, 'pixels beyond the window').toBeLessThanOrEqual(0)
}

/** No field has letters so small that an iPhone zooms in on it. */
export async function expectNoZoom(page: Page) {
  const small = await page
    .locator('input:not([type="checkbox"], [type="radio"], [type="hidden"]), select, textarea')
    .evaluateAll((fields) =>
      fields.filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16).map((field) => field.outerHTML),
    )
  expect(small, 'fields below 16 px').toEqual([])
}

type Installation = {
  address: string
  folder: string
  pid: number | undefined
  setUpLink: string
  /** What the server logged so far. */
  log: () => string
  /** Answers the status it ended with; so does `fail`, by an error in it that nobody catches. */
  stop: () => Promise<number | null>
  fail: () => Promise<number | null>
}

/** Loaded in front of the product, which knows nothing of it. */
const strayError = `data:text/javascript,process.on('SIGUSR2', () => setTimeout(() => { throw new Error('stray') }))`

/** A product started on an empty data folder. */
async function newInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'usher-set-up-'))
  const port = await freePort()
  const address = `http://localhost:${port}`
  const env = {
    ...process.env,
    PORT: String(port),
    PUBLIC_URL: address,
    DATA_DIR: folder,
    DATABASE_URL: '',
    SMTP_URL: '',
    LISTEN_ADDRESS: '127.0.0.1',
    LOG_LEVEL: 'warn',
  }
  const logFile = join(folder, 'server.log')
  const logged = openSync(logFile, 'a')
  const program = [`--import=${strayError}`, 'server.mjs']
  const server = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', logged] })
  closeSync(logged)
  const log = () => readFileSync(logFile, 'utf8')
  const stop = async () => {
    const status = await ended(server)
    rmSync(folder, { recursive: true, force: true })
    return status
  }
  try {
    const fail = () => ended(server, 'SIGUSR2')
    return { address, folder, pid: server.pid, setUpLink: await printedLink(server), log, stop, fail }
  } catch (error) {
    console.error(log())
    await stop()
    throw error
  }
}

function freePort() {
  return new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const place = probe.address()
      probe.close(() => resolve(typeof place === 'object' && place ? place.port : 0))
    })
  })
}

function printedLink(server: ChildProcess) {
  return new Promise<string>((resolve, reject) => {
    let printed = ''
    server.stdout?.on('data', (part: Buffer) => {
      printed += part
      const link = printed.match(/http\S+\/set-up\?token=\S+/)
      if (link) resolve(link[0])
    })
    server.once('exit', (status) => reject(new Error(`The product ended with ${status}:\n${printed}`)))
  })
}

function ended(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') {
  if (server.exitCode !== null) return Promise.resolve(server.exitCode)
  return new Promise<number | null>((resolve) => {
    server.once('exit', resolve)
    server.kill(signal)
  })
}
