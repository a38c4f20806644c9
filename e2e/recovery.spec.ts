import { expect, type Page } from '@playwright/test'
import { scan } from './authenticator'
import { openDatabase } from './data-folder'
import {
  askForLink,
  goOnToSignIn,
  heading,
  newAccount,
  newEmail,
  newPassword,
  password,
  setPassword,
  signInAs,
} from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, fillSignIn, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'

const phone = { width: 390, height: 844 }

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
  await untilAlive(page)
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

test('M07 one press mails a new link of the same kind in the place of an old one, to its owner alone', async ({ page }) => {
  const { email } = await newAccount({ secondFactor: 'admins' })
  const enrolment = await readMail(email, /second factor/)
  expire(email)
  await page.goto(enrolment.link)
  await expect(heading(page, 'This link has expired')).toBeVisible()
  await renew(page)
  await expect(page.getByText('a new one is on its way there')).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(email)
  await expect(page.getByRole('button', { name: /Send it again in \d+ s/ })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  await page.goto((await readMail(email, /second factor/)).link)
  await expect(heading(page, 'Set up an authenticator')).toBeVisible()

  await askForLink(page, email)
  const first = await readMail(email, /new password/)
  await page.goto(enrolment.link)
  await expect(heading(page, 'A newer link was sent')).toBeVisible()
  await page.goto(first.link)
  await setPassword(page, newPassword)
  await expect(heading(page, 'Set up an authenticator')).toBeVisible()
  await page.goto(first.link)
  await expect(heading(page, 'This link was used already')).toBeVisible()
  await renew(page)
  await page.goto((await readMail(email, /new password/)).link)
  await expect(heading(page, 'Choose a password')).toBeVisible()
})

test('a link that a mail program has cut short is called damaged, whatever it was for', async ({ page }) => {
  const key = Buffer.from(`1|1900000000|${'0a'.repeat(20)}`).toString('base64')
  for (const [path, gone] of [
    ['/accept-invitation', 'This invitation is not open any more'],
    ['/confirm-email', 'This link is not open any more'],
  ] as const) {
    await page.goto(`${path}/${key.slice(0, -9)}`)
    await expect(heading(page, 'This link does not work')).toBeVisible()
    await expect(page.getByText('It is not complete.')).toBeVisible()
    await expectAccessible(page)
    await page.goto(`${path}/${key}`)
    await expect(heading(page, gone)).toBeVisible()
  }
})

test('what was typed goes on to the page of a forgotten password, which may be loaded again after that', async ({ page }) => {
  const email = newEmail()
  await page.clock.install()
  await page.goto('/sign-in')
  await untilAlive(page)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(heading(page, 'Forgot your password?')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(heading(page, 'Look into your mail')).toBeFocused()

  await page.clock.fastForward('00:40')
  await page.reload()
  await expect(heading(page, 'Look into your mail')).toBeVisible()
  await expect(page.getByText(`If ${email} can sign in here`)).toBeVisible()
  await expect(page.getByRole('button', { name: /Send it again in (1\d|20) s/ })).toBeVisible()
  await page.getByRole('button', { name: 'Use another address' }).click()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await page.reload()
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
  await page.clock.fastForward('01:01')
  await expect(again).toHaveText('Send it again')
  await again.click()
  await expect(again).toHaveText(/Send it again in \d+ s/)
  await expect(again).toHaveAttribute('aria-disabled', 'true')
})

test.describe('guesses', () => {
  // What the browser says when the server refuses a sign-in.
  test.use({ expectedError: /status of 401/ })

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
    const locked = await readMail(email, /locked/)
    expect(new URL(locked.link).pathname).toBe('/forgot')

    await askForLink(page, email)
    await page.goto((await readMail(email, /new password/)).link)
    await setPassword(page, newPassword)
    await goOnToSignIn(page, 'Your new password is set', { email, password: newPassword })
    await expect(page).toHaveURL(/\/users$/)
  })
})

test('A17 an expired password is replaced by the old one', async ({ page }) => {
  const { email } = await newAccount({ passwordReplaceFrequency: 3_600 })
  agePassword(email)
  await signInAs(page, { email, password })
  await expect(heading(page, 'Your password has expired')).toBeVisible()
  await expect(page.getByLabel('E-mail')).toHaveValue(email)
  await untilAlive(page)
  await expectAccessible(page)

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
  await goOnToSignIn(page, 'Your new password is set', { email, password: newPassword })
  await expect(page).toHaveURL(/\/users$/)
})

test('A17 the rules of the account tick before an expired password is replaced, for whoever had it and nobody else', async ({
  page,
}) => {
  const { email } = await newAccount({ passwordReplaceFrequency: 3_600, passwordPreset: 'nist' })
  agePassword(email)
  const newer = page.getByRole('textbox', { name: 'New password' })
  const rule = page.getByRole('listitem').filter({ hasText: '15 to 128 characters' })
  await page.goto('/expired')
  await untilAlive(page)
  await page.getByLabel('E-mail').fill(email)
  await expect(page.getByText('Longer is stronger')).toBeVisible()
  await expect(page.getByText('The password needs')).toBeHidden()

  await signInAs(page, { email, password })
  await expect(heading(page, 'Your password has expired')).toBeVisible()
  await expect(rule).toContainText('missing')
  await expectAccessible(page)
  await page.reload()
  await untilAlive(page)
  await expect(rule).toContainText('missing')
  await page.getByRole('textbox', { name: 'Old password' }).fill(password)
  await newer.fill('too short 7')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Something of the list is missing.')).toBeVisible()
  await newer.fill(newPassword)
  await expect(rule).toContainText('done')
  await page.getByLabel('E-mail').fill(newEmail())
  await expect(rule).toBeHidden()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await goOnToSignIn(page, 'Your new password is set', { email, password: newPassword })
  await expect(page).toHaveURL(/\/users$/)
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
    await untilAlive(page)
    await expectAccessible(page)
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
  await goOnToSignIn(page, 'Your authenticator is set up', { email, password: newPassword })
  await expect(heading(page, 'One-time code')).toBeVisible()
  await fits()
})

/** On the page of a link that works no more. */
async function renew(page: Page) {
  await untilAlive(page)
  await page.getByRole('button', { name: 'Get a new link' }).click()
  await expect(heading(page, 'Look into your mail')).toBeFocused()
}

/** As if the password had been chosen two hours ago. */
function agePassword(email: string) {
  const database = openDatabase()
  database.prepare('update login_data set password_updated_at = password_updated_at - 7200000 where login_email = ?').run(email)
  database.close()
}

/** As if the last link of the person had been mailed long ago. */
function expire(email: string) {
  const database = openDatabase()
  database.prepare('update login_data set hash_key_expires_at = 1 where login_email = ?').run(email)
  database.close()
}
