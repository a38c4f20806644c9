import { expect, type Page } from '@playwright/test'
import { scan } from './authenticator'
import {
  askForLink,
  enrol,
  goOnToSignIn,
  heading,
  invite,
  newAccount,
  newEmail,
  newPassword,
  password,
  setPassword,
  signInAs,
} from './entry-steps'
import { expectAccessible, fillSignIn, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'

// What the browser says when the server refuses a sign-in.
test.use({ expectedError: /status of 401/ })

test('F12 A21 M09 a person is invited, enrols, signs in by code, loses the phone, and forgets the password', async ({ page }) => {
  test.slow()
  const { partnerId, name } = await newAccount({ secondFactor: 'all' })
  const email = newEmail()
  await invite(partnerId, email)
  const invitation = await readMail(email, /invitation/)

  await page.goto(invitation.link)
  await expect(page.getByText(`You sign in as ${email} at ${name}.`)).toBeVisible()
  await expect(page).toHaveURL(/\/set-password$/)
  await page.reload()
  await expect(heading(page, 'Choose a password')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  const secret = page.getByRole('textbox', { name: 'New password' })
  await expect(secret).toHaveAttribute('autocomplete', 'new-password')
  await expect(page.getByText('Longer is stronger')).toBeVisible()
  await setPassword(page, 'velvet')
  await expect(page.getByText('Easy to guess', { exact: true })).toBeVisible()
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
  await expect(page.getByLabel('Digit 1 of 6')).toBeFocused()
  await page.keyboard.type(await app.nextCode())

  await expect(heading(page, 'Keep your backup codes')).toBeFocused()
  await page.reload()
  const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const backupCodes = await codes.allTextContents()
  expect(new Set(backupCodes).size).toBe(10)
  await untilAlive(page)
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  expect((await downloading).suggestedFilename()).toBe('usher-backup-codes.txt')
  await page.getByRole('button', { name: 'I have kept them' }).click()

  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await goOnToSignIn(page, 'Your authenticator is set up', { email, password })
  await expect(heading(page, 'One-time code')).toBeVisible()
  await expect(page.getByLabel('Digit 1 of 6')).toHaveAttribute('autocomplete', 'one-time-code')
  await expect(page.getByText('Lost your device?')).toBeVisible()
  await expect(page.getByText('No authenticator yet?')).toHaveCount(0)
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
  await goOnToSignIn(page, 'Your new password is set', { email, password: newPassword })
  await page.getByRole('button', { name: 'Use a backup code' }).click()
  await page.getByLabel('Backup code').fill(backupCodes[0] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('This backup code is not right, or was used already.')).toBeVisible()
  await page.getByLabel('Backup code').fill(backupCodes[1] ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page).toHaveURL(/\/users$/)
})

/** Into what has the focus. */
async function paste(page: Page, text: string) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}

const inTwo = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`

test('a pasted code is sent at once, also after one that was refused, when an authenticator is set up and at sign-in', async ({
  page,
  context,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { email } = await newAccount()
  const first = page.getByLabel('Digit 1 of 6')
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
  await page.goto('/enrol')
  await untilAlive(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const app = await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))
  await first.focus()
  await paste(page, '000000')
  await expect(page.getByText('This is not the code that the app should show')).toBeVisible()
  await paste(page, inTwo(await app.nextCode()))
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await expect(page.getByText('Your authenticator is set up')).toBeVisible()

  await context.clearCookies()
  await signInAs(page, { email, password })
  await expect(first).toBeFocused()
  await paste(page, '000000')
  const refusal = page.getByText('This code is not right')
  await expect(refusal).toBeVisible()
  await expect(first).toBeFocused()
  await expect(first).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type('1')
  await expect(refusal).toHaveCount(0)
  await expect(first).not.toHaveAttribute('aria-invalid', 'true')
  await paste(page, await app.nextCode())
  await expect(page).toHaveURL(/\/users$/)

  await context.clearCookies()
  await signInAs(page, { email, password })
  await expect(first).toBeFocused()
  await paste(page, inTwo(await app.nextCode()))
  await expect(page).toHaveURL(/\/users$/)
})

test('whoever has not confirmed an authenticator yet is told at sign-in how to come to one', async ({ page }) => {
  const { partnerId } = await newAccount({ secondFactor: 'all' })
  const email = newEmail()
  await invite(partnerId, email)
  await page.goto((await readMail(email, /invitation/)).link)
  await untilAlive(page)
  await setPassword(page, password)
  await expect(heading(page, 'Set up an authenticator')).toBeVisible()
  await page.goto('/sign-in')
  await untilAlive(page)
  await fillSignIn(page, { email, password })
  await expect(heading(page, 'One-time code')).toBeVisible()
  await expect(page.getByText('No authenticator yet?')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Get a link' }).click()
  await expect(page).toHaveURL(/\/forgot$/)
})

test('A21 a signed-in person replaces the authenticator; every other session ends with that', async ({ page, browser }) => {
  const { email } = await newAccount()
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
  const copied = await (await browser.newContext({ storageState: await page.context().storageState() })).newPage()
  await page.goto('/enrol')
  await expect(page.getByText('Give your password once more')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const qrCode = page.getByRole('img', { name: 'QR code for the authenticator' })
  const app = await scan(qrCode)
  await page.reload()
  expect((await scan(qrCode)).secret).toBe(app.secret)
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByText('Give your password once more')).toBeVisible()
  await enrol(page)
  await expect(page.getByText('Your authenticator is set up')).toBeVisible()
  await readMail(email, /second factor is set up/)
  await copied.goto('/users')
  await expect(copied).toHaveURL(/\/sign-in/)
  await copied.context().close()
})
