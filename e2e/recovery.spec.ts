import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { scan } from './authenticator'
import { type Account, expectAccessible, expectNoSidewaysScroll, fillSignIn, test, untilAlive, usher } from './fixtures'
import { readMail } from './mailbox'

// What the browser says when the server refuses a sign-in.
test.use({ expectedError: /status of 401/ })

const password = 'Velvet-rope 27 steps'
const newPassword = 'Velvet-rope 28 steps'

const newEmail = () => `recovery-${randomUUID()}@velvet.example`

/** An account of the story's own, as its settings are the story. Its owner signs in with `password`. */
async function newAccount(settings: Record<string, string | number> = {}) {
  const email = newEmail()
  const name = `Recovery ${randomUUID().slice(0, 8)}`
  const { partnerId } = await usher<Account>('partner.create', { name, adminEmail: email, adminPassword: password })
  if (Object.keys(settings).length > 0) await usher('partner.update', { partnerId, ...settings })
  return { partnerId, name, email }
}

async function invite(partnerId: number, email: string) {
  await usher('user.add', { partnerId, 'user.id': email, 'user.email': email, 'user.firstName': 'Ida', 'user.isAdmin': true })
}

async function setPassword(page: Page, secret: string) {
  await page.getByRole('textbox', { name: 'New password' }).fill(secret)
  await page.getByRole('button', { name: 'Set the password' }).click()
}

async function askForLink(page: Page, email: string) {
  await page.goto('/forgot')
  await untilAlive(page)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeFocused()
}

const signInAs = async (page: Page, person: { email: string; password: string }) => {
  await page.goto('/sign-in')
  await fillSignIn(page, person)
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

const phone = { width: 390, height: 844 }

test('F12 A21 M09 a person is invited, enrols, signs in by code, loses the phone, and forgets the password', async ({ page }) => {
  test.slow()
  const { partnerId, name } = await newAccount({ secondFactor: 'all' })
  const email = newEmail()
  await invite(partnerId, email)
  const invitation = await readMail(email, /invitation/)

  await page.goto(invitation.link)
  await expect(page.getByText(`You sign in as ${email}`)).toBeVisible()
  await expect(page).toHaveURL(/\/set-password$/)
  await page.reload()
  await expect(heading(page, 'Choose a password')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  const secret = page.getByRole('textbox', { name: 'New password' })
  await expect(secret).toHaveAttribute('autocomplete', 'new-password')
  await setPassword(page, 'velvet')
  await expect(page.getByRole('listitem').filter({ hasText: 'A lower-case letter' })).toContainText('done')
  await expect(secret).toHaveAttribute('aria-invalid', 'true')
  await setPassword(page, password)

  await expect(heading(page, 'Set up an authenticator')).toBeVisible()
  await expect(page).toHaveURL(/\/enrol$/)
  const app = await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))
  expect(app.issuer).toBe(name)
  await page.reload()
  await expect(page.getByText(app.secret.slice(0, 4))).toBeVisible()
  expect((await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))).secret).toBe(app.secret)
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByLabel('Digit 1 of 6').focus()
  await page.keyboard.type('000000')
  await expect(page.getByText('This is not the code that the app should show')).toBeVisible()
  await page.keyboard.type(await app.nextCode())

  await expect(heading(page, 'Keep your backup codes')).toBeFocused()
  await page.reload()
  const backupCodes = await page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem').allTextContents()
  expect(new Set(backupCodes).size).toBe(10)
  await untilAlive(page)
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  expect((await downloading).suggestedFilename()).toBe('usher-backup-codes.txt')
  await page.getByRole('button', { name: 'I have kept them' }).click()

  await expect(page.getByText('Your authenticator is set up')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await fillSignIn(page, { email, password })
  await expect(heading(page, 'One-time code')).toBeVisible()
  await expect(page.getByLabel('Digit 1 of 6')).toHaveAttribute('autocomplete', 'one-time-code')
  await expectAccessible(page)
  await page.keyboard.type('000000')
  await expect(page.getByText('This code is not right')).toBeVisible()
  await expect(page.getByLabel('Digit 1 of 6')).toBeFocused()
  await page.keyboard.type(await app.nextCode())
  await expect(page).toHaveURL(/\/users$/)

  await page.context().clearCookies()
  await signInAs(page, { email, password })
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(backupCodes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/users$/)

  await page.context().clearCookies()
  await askForLink(page, email)
  await page.goto((await readMail(email, /new password/)).link)
  await setPassword(page, newPassword)
  // A reset signs nobody in, and leaves the authenticator as it is.
  await expect(page.getByText('Your new password is set')).toBeVisible()
  await fillSignIn(page, { email, password: newPassword })
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(backupCodes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('This backup code is not right, or was used already.')).toBeVisible()
  await page.getByLabel('Backup code').fill(backupCodes[1] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/users$/)
})

test('M10 M11 a mail scanner uses no link up, and its key leaves the address and goes nowhere else', async ({
  page,
  request,
}) => {
  const { email } = await newAccount()
  await askForLink(page, email)
  const { link } = await readMail(email, /new password/)
  for (let time = 0; time < 20; time++) {
    expect((await request.get(link)).headers()['referrer-policy']).toBe('no-referrer')
    await request.head(link)
  }
  const key = new URL(link).pathname.split('/').at(-1) ?? ''
  const later: string[] = []
  await page.goto(link)
  await expect(page).toHaveURL(/\/set-password$/)
  page.on('request', (sent) => later.push(sent.url(), sent.headers()['referer'] ?? ''))
  await setPassword(page, newPassword)
  await expect(page.getByText('Your new password is set')).toBeVisible()
  expect(later.join()).not.toContain(key.slice(0, 40))
  await fillSignIn(page, { email, password: newPassword })
  await expect(page).toHaveURL(/\/users$/)
})

test('M06 of two links the newer one works, once, and the page says what became of the others', async ({ page, context }) => {
  const { email } = await newAccount()
  await askForLink(page, email)
  const first = await readMail(email, /new password/)
  const other = await context.newPage()
  await other.goto(first.link)
  await expect(heading(other, 'Choose a password')).toBeVisible()
  await askForLink(page, email)
  const second = await readMail(email, /new password/)

  await setPassword(other, newPassword)
  await expect(heading(other, 'A newer link was sent')).toBeVisible()
  await expectAccessible(other)
  await page.goto(second.link)
  await setPassword(page, newPassword)
  await expect(page.getByText('Your new password is set')).toBeVisible()

  await page.goto(second.link)
  await expect(heading(page, 'This link was used already')).toBeVisible()
  await page.goto(`${second.link.slice(0, -6)}AAAA==`)
  await expect(heading(page, 'This link does not work')).toBeVisible()
  await other.close()
  await page.evaluate(() => sessionStorage.clear())
  await page.goto('/set-password')
  await expect(heading(page, 'Open the link from your mail')).toBeVisible()
  await page.getByRole('link', { name: 'Get a new link' }).click()
  await expect(heading(page, 'Forgot your password?')).toBeVisible()
})

test('M07 the answer is the same for the unknown, and a link is sent again after a minute at the earliest', async ({ page }) => {
  const email = newEmail()
  await page.clock.install()
  await page.goto('/forgot')
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('E-mail').fill(email)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`If ${email} can sign in here, a link is on its way.`)).toBeVisible()
  await expectAccessible(page)

  const again = page.getByRole('button', { name: /Send it again/ })
  await expect(again).toHaveAttribute('aria-disabled', 'true')
  await page.clock.fastForward('00:61')
  await expect(again).toHaveText('Send it again')
  await again.click()
  await expect(again).toHaveText(/Send it again in \d+ s/)
  await expect(again).toHaveAttribute('aria-disabled', 'true')
})

test('A01 A11 too many guesses lock, with the same words and a mail to the owner; a reset unlocks', async ({ page }) => {
  const { email } = await newAccount({ maxLoginAttempts: 3 })
  await page.goto('/sign-in')
  const answer = page.getByRole('main').getByRole('alert').filter({ hasText: /./ })
  const words = new Set<string | null>()
  for (const secret of ['wrong 1', 'wrong 2', 'wrong 3', password]) {
    await fillSignIn(page, { email, password: secret })
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeEnabled()
    words.add(await answer.textContent())
  }
  expect([...words]).toEqual([expect.stringContaining('is not right, or the account is locked for now')])
  await readMail(email, /locked/)

  await askForLink(page, email)
  await page.goto((await readMail(email, /new password/)).link)
  await setPassword(page, newPassword)
  await expect(page.getByText('Your new password is set')).toBeVisible()
  await fillSignIn(page, { email, password: newPassword })
  await expect(page).toHaveURL(/\/users$/)
})

test('A17 an expired password is replaced by the old one', async ({ page }) => {
  const { email, partnerId } = await newAccount({ passwordReplaceFrequency: 1 })
  await signInAs(page, { email, password })
  await expect(heading(page, 'Your password has expired')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await untilAlive(page)
  await expectAccessible(page)
  // Or the new one would be too old before it is used.
  await usher('partner.update', { partnerId, passwordReplaceFrequency: 0 })

  const old = page.getByRole('textbox', { name: 'Old password' })
  await expect(old).toHaveAttribute('autocomplete', 'current-password')
  await old.fill('wrong')
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('E-mail or old password is not right')).toBeVisible()
  await old.fill(password)
  await page.getByRole('textbox', { name: 'New password' }).fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByRole('textbox', { name: 'New password' })).toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your new password is set')).toBeVisible()
  await fillSignIn(page, { email, password: newPassword })
  await expect(page).toHaveURL(/\/users$/)
})

test('Z11 S15 a login of elsewhere joins an account, which is chosen once on the device and changed in the console', async ({
  page,
}) => {
  test.slow()
  const [home, other] = [await newAccount(), await newAccount()]
  await invite(other.partnerId, home.email)
  const { link } = await readMail(home.email, /invites you/)
  await page.goto(link)
  await expect(heading(page, `Join ${other.name}`)).toBeVisible()
  await expect(page).toHaveURL(/\/accept-invitation$/)
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByText('The password is not right')).toBeVisible()
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByText('The invitation is accepted')).toBeVisible()

  await fillSignIn(page, { email: home.email, password })
  await expect(heading(page, 'Choose an account')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: other.name }).click()
  await expect(page.getByRole('banner')).toContainText(other.name)

  await page.context().clearCookies()
  await signInAs(page, { email: home.email, password })
  await expect(page.getByRole('banner')).toContainText(other.name)
  await untilAlive(page)
  await page.getByRole('button', { name: /Change account/ }).click()
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: home.name }).click()
  await expect(page.getByRole('banner')).toContainText(home.name)

  await usher('partner.update', { partnerId: other.partnerId, secondFactor: 'all' })
  await untilAlive(page)
  await page.getByRole('button', { name: /Change account/ }).click()
  await page.getByRole('menuitem', { name: other.name }).click()
  await expect(page.getByText('This account asks for a sign-in of its own.')).toBeVisible()
  await fillSignIn(page, { email: home.email, password })
  await expect(heading(page, 'Set up an authenticator first')).toBeVisible()
  await expectAccessible(page)

  await page.goto(link)
  await expect(heading(page, 'This invitation is not open any more')).toBeVisible()
})

test('A21 a signed-in person replaces the authenticator; every session ends with that', async ({ page }) => {
  const { email } = await newAccount()
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
  await page.goto('/enrol')
  await expect(page.getByText('Give your password once more')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const app = await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))
  await page.keyboard.type(await app.nextCode())
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('Your authenticator is set up')).toBeVisible()
  await readMail(email, /second factor is set up/)
  await page.goto('/users')
  await expect(page).toHaveURL(/\/sign-in/)
})

test('every page fits a phone, also from right to left', async ({ page }) => {
  const { email } = await newAccount({ secondFactor: 'all' })
  await page.setViewportSize(phone)
  const fits = async () => {
    await expectNoSidewaysScroll(page)
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await expectNoSidewaysScroll(page)
  }
  for (const path of ['/sign-in', '/forgot', '/expired', '/set-password/broken', '/enrol', '/accept-invitation/broken']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await fits()
  }
  await askForLink(page, email)
  await fits()
  await page.goto((await readMail(email, /new password/)).link)
  await expect(heading(page, 'Choose a password')).toBeVisible()
  await fits()
  await setPassword(page, newPassword)
  await expect(page.getByRole('link', { name: 'Open it in the app' })).toHaveAttribute('href', /^otpauth:\/\/totp\//)
  await fits()
  const app = await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))
  await page.keyboard.type(await app.nextCode())
  await expect(heading(page, 'Keep your backup codes')).toBeVisible()
  await fits()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await fillSignIn(page, { email, password: newPassword })
  await expect(heading(page, 'One-time code')).toBeVisible()
  await fits()
})
