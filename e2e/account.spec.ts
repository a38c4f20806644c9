import { readFileSync } from 'node:fs'
import { type Browser, expect, type Page } from '@playwright/test'
import { openDatabase } from './data-folder'
import { enrol, newAccount, newPassword, password, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, expectNoZoom, forEveryLook, test, untilAlive } from './fixtures'

async function open(page: Page, tab = '') {
  await page.goto(tab ? `/account?tab=${tab}` : '/account')
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible()
  await untilAlive(page)
}

/** The person in the console, in this browser. */
async function enter(page: Page, email: string, secret = password) {
  await signInAs(page, { email, password: secret })
  await expect(page).not.toHaveURL(/sign-in/)
}

/** The same person in a browser of its own. */
async function elsewhere(browser: Browser, email: string) {
  const page = await (await browser.newContext()).newPage()
  await enter(page, email)
  return page
}

/** As if the person had signed in there until now: whoever runs a story is on this machine. */
function letSessionsComeFrom(address: string, email: string) {
  const database = openDatabase()
  database
    .prepare('update browser_sessions set address = ? where login_data_id = (select id from login_data where login_email = ?)')
    .run(address, email)
  database.close()
}

async function expectSignedOut(page: Page) {
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await page.context().close()
}

test('a person comes to the own account by the menu and changes the names', async ({ page }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await untilAlive(page)
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'My account' }).click()
  await expect(page).toHaveURL(/\/account$/)
  await page.getByLabel('First name').fill('Grace')
  await page.getByLabel('Last name').fill('Hopper')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Your profile is saved')).toBeVisible()
  await expect(page.getByRole('button', { name: 'You: Grace Hopper' })).toBeVisible()
  await page.getByLabel('Last name').fill('<b>Hopper</b>')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Last name')).toHaveAttribute('aria-invalid', 'true')
  await page.reload()
  await expect(page.getByLabel('First name')).toHaveValue('Grace')
})

test('S07 another password ends the session of another browser, and not this one', async ({ page, browser }) => {
  const { email } = await newAccount()
  await enter(page, email)
  const other = await elsewhere(browser, email)
  await open(page, 'password')
  await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByRole('textbox', { name: 'Your password' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await expectSignedOut(other)
  await open(page, 'signIns')
  const signIns = page.getByRole('list', { name: 'Sign-ins' }).getByRole('listitem')
  await expect(signIns).toHaveCount(2)
  await expect(signIns.filter({ hasText: 'Chrome (Linux)' })).toHaveCount(2)
  await expect(signIns.filter({ hasText: 'Local network' })).toHaveCount(2)
})

test('S06 S07 S09 S10 a copied cookie is over when its owner changes the password, and the own browser goes on', async ({
  page,
  browser,
}) => {
  const { email } = await newAccount()
  await enter(page, email)
  const thief = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await open(thief)
  await open(page, 'password')
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  const cookies = (await page.context().cookies()).filter(({ name }) => name === 'usher.session')
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' }])
  await open(page, 'sessions')
  await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByText('This browser')).toBeVisible()
  await expectSignedOut(thief)
})

test('S09 two different cookies of the session are none', async ({ page, baseURL }) => {
  const { email } = await newAccount()
  await enter(page, email)
  const own = (await page.context().cookies()).find(({ name }) => name === 'usher.session')?.value ?? ''
  const status = async (...values: string[]) => {
    const cookie = values.map((value) => `usher.session=${value}`).join('; ')
    return (await fetch(`${baseURL}/api/account/listSessions`, { headers: { cookie } })).status
  }
  expect([await status(own), await status(own, own)]).toEqual([200, 200])
  expect([await status(own, 'x'), await status('x', own)]).toEqual([401, 401])
})

test('a session tells where it is: in a country, or in the network of this machine', async ({ page, browser }) => {
  const { email } = await newAccount()
  const other = await elsewhere(browser, email)
  letSessionsComeFrom('193.0.6.139', email)
  await enter(page, email)
  await open(page, 'sessions')
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions.filter({ hasText: 'This browser' })).toContainText('Local network · 127.0.0.1')
  await expect(sessions.filter({ hasText: 'Netherlands · 193.0.6.139' })).toHaveCount(1)
  await other.context().close()
})

test('a session is ended from another browser, then all the others', async ({ page, browser }) => {
  const { email } = await newAccount()
  await enter(page, email)
  const first = await elsewhere(browser, email)
  await open(page, 'sessions')
  const sessions = page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.filter({ hasText: 'This browser' })).toHaveCount(1)
  await sessions.getByRole('button', { name: /^Sign out/ }).click()
  await expect(sessions).toHaveCount(1)
  await expectSignedOut(first)

  const [second, third] = [await elsewhere(browser, email), await elsewhere(browser, email)]
  await open(page, 'sessions')
  await expect(sessions).toHaveCount(3)
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
  await expect(sessions).toHaveCount(1)
  for (const other of [second, third]) await expectSignedOut(other)
})

test.describe('a session that is over', () => {
  test.use({ expectedError: /status of 401/ })

  test('leads to the sign-in and back to the page, and loses nothing that was typed', async ({ page, browser }) => {
    const { email } = await newAccount()
    await enter(page, email)
    await open(page)
    const other = await elsewhere(browser, email)
    await open(other, 'sessions')
    await other
      .getByRole('list', { name: 'Sessions' })
      .getByRole('button', { name: /^Sign out/ })
      .click()
    await expect(other.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(1)
    await other.context().close()

    await page.getByLabel('First name').fill('Grace')
    await page.getByRole('button', { name: 'Save' }).click()
    const tab = page.waitForEvent('popup')
    await page.getByRole('link', { name: 'Sign in in another tab' }).click()
    await expect(await tab).toHaveURL(/\/sign-in\?next=%2Faccount$/)
    await (await tab).close()
    await expect(page.getByLabel('First name')).toHaveValue('Grace')

    await page.getByRole('tab', { name: 'Sessions' }).click()
    const failure = page.getByRole('alert', { name: 'This could not be loaded' })
    await expect(failure).toContainText('Your session is over.')
    await expectAccessible(page)
    await failure.getByRole('link', { name: 'Sign in' }).click()
    await untilAlive(page)
    await page.getByLabel('E-mail').fill(email)
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/account\?tab=sessions$/)
    await expect(page.getByRole('list', { name: 'Sessions' }).getByRole('listitem')).toHaveCount(2)
  })
})

test('F13 a second factor is set up, given new backup codes, and removed', async ({ page }) => {
  test.slow()
  const { email } = await newAccount()
  await enter(page, email)
  await open(page, 'factor')
  await page.getByRole('link', { name: 'Set up an authenticator' }).click()
  await page.getByRole('link', { name: 'Back to my account' }).click()
  await expect(page).toHaveURL(/\/account\?tab=factor$/)
  await page.getByRole('link', { name: 'Set up an authenticator' }).click()
  const app = await enrol(page)
  await expect(page).toHaveURL(/\/account\?tab=factor$/)
  await expect(page.getByText('Your authenticator is set up')).toBeVisible()
  await page.context().clearCookies()
  // Whoever has one is asked for a code, though the account asks nobody, so that it may be removed.
  await signInAs(page, { email, password })
  await page.getByLabel('Digit 1 of 6').focus()
  await page.keyboard.type(await app.nextCode())
  await expect(page).not.toHaveURL(/sign-in/)
  await open(page, 'signIns')
  const asked = page.getByRole('list', { name: 'Sign-ins' }).getByText('Asked for a code')
  await expect(asked.locator('..')).toHaveAttribute('style', /gray/)
  await page.goto(`/users/${email}?tab=activity`)
  await expect(page.getByText('Asked for a code', { exact: true })).toBeVisible()

  await open(page, 'factor')
  await expect(page.getByText('10 backup codes are left')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'New backup codes' }).click()
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByLabel('One-time code').fill(await app.nextCode())
  await page.getByRole('button', { name: 'New backup codes' }).click()
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const given = await codes.allTextContents()
  const [newCode = '', another = ''] = given
  await page.reload()
  await expect(codes).toHaveText(given)
  await page.getByRole('tab', { name: 'Sessions' }).click()
  await expect(codes).toHaveCount(0)
  await page.getByRole('tab', { name: 'Second factor' }).click()
  await expect(codes).toHaveText(given)
  await expectAccessible(page)
  const whose = page.getByText(`Usher backup codes of ${email}`)
  await expect(whose).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(whose).toBeVisible()
  await page.emulateMedia({ media: null })

  const other = await newAccount()
  await page.context().clearCookies()
  await enter(page, other.email)
  await open(page, 'factor')
  await expect(page.getByText('No authenticator is set up')).toBeVisible()
  await expect(codes).toHaveCount(0)
  await page.context().clearCookies()
  await signInAs(page, { email, password })
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(another)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  await open(page, 'factor')
  await expect(codes).toHaveText(given)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('9 backup codes are left')).toBeVisible()
  await page.reload()
  await expect(page.getByText('9 backup codes are left')).toBeVisible()
  await page.getByRole('button', { name: 'Remove the second factor' }).click()
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByLabel('One-time code').fill(newCode)
  await page.getByRole('button', { name: 'Remove the second factor' }).click()
  await expect(page.getByText('The second factor is removed')).toBeVisible()
  await expect(page.getByText('No authenticator is set up')).toBeVisible()
})

test('a person chooses the theme by its name, with the keyboard too', async ({ page, signInAs }) => {
  await signInAs('owner')
  await open(page)
  const theme = page.getByRole('radiogroup', { name: 'Theme' })
  const root = page.locator('html')
  await expect(theme.getByRole('radio', { name: 'Like the system' })).toBeChecked()
  await theme.getByText('Dark').click()
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(theme.getByRole('radio', { name: 'Dark' })).toBeChecked()
  await expectAccessible(page)
  await theme.getByRole('radio', { name: 'Dark' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(theme.getByRole('radio', { name: 'Light' })).toBeChecked()
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light')
})

test('the row of tabs fades on a phone where there are more of them, and nowhere else', async ({ page, signInAs }) => {
  await signInAs('owner')
  const list = page.getByRole('tablist', { name: 'Parts of my account' })
  const faded = () =>
    list.evaluate((row) =>
      ['--before', '--after'].map((edge) => Number.parseFloat(getComputedStyle(row).getPropertyValue(edge)) > 4),
    )
  const mask = () => list.evaluate((row) => getComputedStyle(row).maskImage)
  await open(page, 'sessions')
  expect(await faded()).toEqual([false, false])
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [direction, onward] of [
    ['ltr', /to right/],
    ['rtl', /to left/],
  ] as const) {
    await open(page)
    await page.evaluate((dir) => document.documentElement.setAttribute('dir', dir), direction)
    await expect.poll(faded).toEqual([false, true])
    expect(await mask()).toMatch(onward)
    await list.getByRole('tab', { name: 'Sessions' }).click()
    await expect.poll(faded).toEqual([true, true])
    await list.getByRole('tab', { name: 'My data' }).click()
    await expect.poll(faded).toEqual([true, false])
    await expect(list.getByRole('tab', { name: 'My data' })).toBeInViewport({ ratio: 0.9 })
  }
})

test('Z04 a plain user reaches the own account alone, and takes the own data along', async ({ page, signInAs, people }) => {
  await signInAs('member')
  for (const path of ['/users', '/mail', '/']) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/account$/)
  }
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await open(page, 'data')
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download my data' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('my-usher-data.json')
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toMatchObject({ login: { email: people.member.email } })
})

forEveryLook(({ name, width }) => {
  for (const role of ['owner', 'member'] as const) {
    test(`${role}: every part of the account reads well on ${name}`, async ({ page, signInAs }) => {
      await signInAs(role)
      for (const tab of ['profile', 'email', 'password', 'factor', 'sessions', 'signIns', 'data']) {
        await open(page, tab)
        await expect(page.getByLabel('Loading')).toHaveCount(0)
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
        if (width < 768) await expectNoZoom(page)
      }
    })
  }
})
