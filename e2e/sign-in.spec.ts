import { expect, type Page } from '@playwright/test'
import { enrol, newAccount, newPassword, password, setUp, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, expectNoZoom, fillSignIn, forEveryLook, test, untilAlive } from './fixtures'

/** What the browser says when the server refuses a sign-in. */
const refused = /status of 401/

test.describe('a new installation', () => {
  test.use({ expectedError: refused })

  test('A19 nobody gets in before the one-time link was used, and it works once', async ({ page, request, installation }) => {
    const { address, setUpLink } = installation
    const owner = { email: 'ann@acme.example', password: 'Velvet-rope 27 steps' }
    await page.goto(`${address}/sign-in`)
    await fillSignIn(page, owner)
    await expect(page.getByRole('main').getByRole('alert')).toContainText('not right')

    await page.goto(`${address}/`)
    await expect(page.getByRole('heading', { name: 'Usher is not set up yet' })).toBeVisible()
    await page.goto(`${address}/set-up?token=guessed`)
    await expect(page.getByRole('heading', { name: 'This set-up link does not work' })).toBeVisible()

    await page.goto(setUpLink)
    await expect(page.getByText('No mail server is configured')).toBeVisible()
    await expectAccessible(page)
    await page.getByLabel('Account name').fill('Acme University')
    await page.getByLabel('First name').fill('Ann')
    await page.getByLabel('Last name').fill('Marlow')
    await page.getByLabel('E-mail').fill(owner.email)
    const secret = page.getByRole('textbox', { name: 'Password', exact: true })
    await secret.fill('short')
    await expect(page.getByRole('listitem').filter({ hasText: 'A lower-case letter' })).toContainText('done')
    await expect(page.getByRole('listitem').filter({ hasText: 'A digit' })).toContainText('missing')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await expect(secret).toHaveAttribute('aria-invalid', 'true')
    await expect(secret).toBeFocused()

    await secret.fill(owner.password)
    await page.getByRole('button', { name: 'Make the account' }).click()
    await expect(page).toHaveURL(`${address}/users`)
    await expect(page.getByRole('banner')).toContainText('Acme University')
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()

    // Nobody would get the link that a demand for codes begins with.
    await page.goto(`${address}/settings/security`)
    await untilAlive(page)
    await page.getByRole('combobox', { name: 'Who must use a one-time code' }).click()
    await page.getByRole('option', { name: 'Everybody', exact: true }).click()
    await expect(page.getByText('This installation sends no mail')).toBeVisible()
    await expectAccessible(page)

    await page.context().clearCookies()
    await page.goto(setUpLink)
    await expect(page.getByRole('heading', { name: 'Usher is set up' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to sign in' }).click()
    await fillSignIn(page, owner)
    await expect(page).toHaveURL(`${address}/users`)
    expect(await (await request.get(`${address}/api/health`)).json()).toEqual({ status: 'ok' })
  })
})

test('a person signs in and lands where they were going', async ({ page, people }) => {
  await page.goto('/users?q=ann')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await fillSignIn(page, people.owner)
  await expect(page).toHaveURL(/\/users\?q=ann$/)
  await page.goto('/sign-in')
  await expect(page).toHaveURL(/\/users$/)
})

test.describe('a refused sign-in', () => {
  test.use({ expectedError: refused })

  test('says the same for an unknown person and a wrong password, above the fields', async ({ page, people }) => {
    await page.goto('/sign-in')
    const email = page.getByLabel('E-mail')
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(1)

    await fillSignIn(page, { ...people.owner, password: 'not this one' })
    const answer = page.getByRole('alert').filter({ hasText: /./ })
    const words = await answer.textContent()
    const [said, field] = [await answer.boundingBox(), await email.boundingBox()]
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThan(field?.y ?? 0)
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused()

    await page.reload()
    await fillSignIn(page, { email: 'nobody@velvet.example', password: 'not this one' })
    await expect(answer).toHaveText(words ?? '')
    // Nothing moves while the next answer is waited for.
    const places: (number | undefined)[] = []
    await page.route('**/api/auth/callback/credentials', async (route) => {
      places.push((await email.boundingBox())?.y)
      await expect(answer.getByText(words ?? '')).toBeHidden()
      await route.continue()
    })
    const before = (await email.boundingBox())?.y
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(answer).toHaveText(words ?? '')
    await expect(answer.getByText(words ?? '')).toBeVisible()
    expect(places).toEqual([before])
    await expectAccessible(page)
  })
})

test.describe('a busy server', () => {
  test.use({ expectedError: /status of (401|503)/ })

  /** More wrong sign-ins than one address may have: every other from there is refused for a while. */
  async function flood(address: string) {
    const body = new URLSearchParams({ loginId: 'nobody@acme.example', password: 'guessed' })
    const attempt = () => fetch(`${address}/api_v3/service/user/action/loginByLoginId`, { method: 'POST', body })
    for (let wave = 0; wave < 10; wave++) await Promise.all(Array.from({ length: 20 }, attempt))
  }

  const refusal = (page: Page) => page.waitForResponse((response) => response.url().endsWith('/api/auth/callback/credentials'))

  test('A16 says when to try again, and keeps what was typed, the code too', async ({ page, installation }) => {
    const { address } = installation
    const owner = { email: 'ann@acme.example', password }
    await setUp(page, installation, owner.email)
    await page.goto(`${address}/enrol`)
    const app = await enrol(page)
    await expect(page.getByText('Your authenticator is set up')).toBeVisible()
    await page.context().clearCookies()
    await page.goto(`${address}/sign-in`)
    await untilAlive(page)
    await fillSignIn(page, owner)
    await expect(page.getByLabel('Digit 1 of 6')).toBeFocused()

    await flood(address)
    const answer = page.getByRole('main').getByRole('alert').filter({ hasText: /./ })
    const code = await app.nextCode()
    const [refused] = await Promise.all([refusal(page), page.keyboard.type(code)])
    expect({ status: refused.status(), after: refused.headers()['retry-after'] }).toEqual({ status: 503, after: '10' })
    await expect(answer).toContainText('Try again in 10 seconds')
    for (const [place, digit] of [...code].entries()) await expect(page.getByLabel(`Digit ${place + 1} of 6`)).toHaveValue(digit)
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Sign in as somebody else' }).click()
    await fillSignIn(page, owner)
    await expect(answer).toContainText('Try again in 10 seconds')
    await expect(page.getByLabel('E-mail')).toHaveValue(owner.email)
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(owner.password)
  })
})

test.describe('W05', () => {
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example/users',
    '/\t/evil.example',
  ]
  const odd = [
    'javascript:alert(1)',
    '@evil.example',
    '/%2F/evil.example',
    '/%09/evil.example',
    '/users/..//evil.example',
    '/\n/evil.example',
  ]

  test('W05 sign-in leads to this site whatever the link says', async ({ page, signInAs, baseURL }) => {
    await signInAs('owner')
    for (const next of [...elsewhere, ...odd]) {
      const answer = await page.request.get(`/sign-in?next=${encodeURIComponent(next)}`, { maxRedirects: 0 })
      const { origin } = new URL(answer.headers()['location'] ?? 'http://no.redirect', baseURL)
      expect({ next, status: answer.status(), origin }).toEqual({ next, status: 307, origin: new URL(baseURL ?? '').origin })
    }
  })

  test('W05 so does the form', async ({ page, people, baseURL }) => {
    await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/users')}`)
    await fillSignIn(page, people.owner)
    await expect(page).toHaveURL(`${baseURL}/users`)
  })
})

test('W13 W12 password managers know the fields, the password is hidden until asked for, and can be pasted', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/sign-in')
  const secret = page.getByLabel('Password', { exact: true })
  await expect(page.getByLabel('E-mail')).toHaveAttribute('autocomplete', 'username')
  await expect(secret).toHaveAttribute('autocomplete', 'current-password')
  await expect(secret).toHaveAttribute('type', 'password')

  await page.evaluate(() => navigator.clipboard.writeText('pasted-secret'))
  await secret.focus()
  await page.keyboard.press('ControlOrMeta+V')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(secret).toHaveAttribute('type', 'text')
  await expect(secret).toHaveValue('pasted-secret')
})

test('a person signs in, reaches the content and leaves by keyboard alone', async ({ page, people }) => {
  await page.goto('/sign-in')
  await expect(page.getByLabel('E-mail')).toBeFocused()
  await page.keyboard.type(people.owner.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(people.owner.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible()
  await untilAlive(page)

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await page.getByRole('button', { name: /^You: / }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'My account' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/sign-in$/)
})

test('signing out ends the session itself, not only the cookie', async ({ page, context, signInAs }) => {
  await signInAs('owner')
  const cookies = await context.cookies()
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)

  await context.addCookies(cookies)
  await page.goto('/users')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  expect((await page.request.get('/api/user/list')).status()).toBe(401)
})

test('somebody whose role does not open the console reaches the own account alone, is told so and can leave', async ({
  page,
  signInAs,
}) => {
  await signInAs('member')
  await expect(page).toHaveURL(/\/account$/)
  await expect(page.getByText('The console is for those whose role includes it')).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
})

test('a chosen theme is there before the page is drawn, on every later page', async ({ page, signInAs }) => {
  await signInAs('owner')
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')

  await page.addInitScript(() => {
    const look = () =>
      requestAnimationFrame(() =>
        sessionStorage.setItem('first-frame', document.documentElement.dataset['mantineColorScheme'] ?? ''),
      )
    document.addEventListener('readystatechange', look, { once: true })
  })
  await page.reload()
  expect(await page.evaluate(() => sessionStorage.getItem('first-frame'))).toBe('dark')
})

forEveryLook(({ name, width }) => {
  test(`axe finds nothing on sign-in and the shell (${name}), in both directions of writing`, async ({ page, signInAs }) => {
    await page.goto('/sign-in')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    if (width < 768) await expectNoZoom(page)

    await signInAs('owner')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    if (width < 768) {
      await expectNoZoom(page)
      await page.getByRole('button', { name: 'Open navigation' }).click()
      await expect(page.getByRole('dialog').getByRole('link', { name: 'Users' })).toBeVisible()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: 'Open navigation' })).toBeFocused()
    }
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await expectNoSidewaysScroll(page)
  })
})

test('W09 what a signed-in person sees is kept by nobody on the way', async ({ page, signInAs }) => {
  await signInAs('owner')
  for (const path of ['/users', '/api/user/list']) {
    const answer = await page.request.get(path)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['cache-control']).toContain('no-store')
  }
})

test('whoever wants to stays signed in when the browser is closed, and nobody else; the device remembers which', async ({
  page,
}) => {
  const { email } = await newAccount()
  const kept = page.getByRole('checkbox', { name: 'Keep me signed in' })
  const session = async () => (await page.context().cookies()).find(({ name }) => name.endsWith('usher.session'))
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
  expect((await session())?.expires).toBe(-1)
  // The library renews the cookie whenever it is asked.
  await page.request.get('/api/auth/session')
  expect((await session())?.expires).toBe(-1)

  await page.context().clearCookies()
  await page.goto('/sign-in')
  await untilAlive(page)
  await expect(kept).not.toBeChecked()
  await kept.check()
  await fillSignIn(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
  const hours = ((await session())?.expires ?? 0) / 3600 - Date.now() / 3_600_000
  expect(hours).toBeGreaterThan(11)
  expect(hours).toBeLessThanOrEqual(12)

  // Another id of the session is kept like the one before.
  const before = await session()
  await page.goto('/account?tab=password')
  await untilAlive(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  const after = await session()
  expect(after?.value).not.toBe(before?.value)
  expect(after?.expires).toBeGreaterThan(Date.now() / 1000 + 11 * 3600)

  await page.context().clearCookies()
  await page.goto('/sign-in')
  await untilAlive(page)
  await expect(kept).toBeChecked()
})
