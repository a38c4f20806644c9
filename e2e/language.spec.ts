import { expect, type Page } from '@playwright/test'
import { newAccount, password, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'

/** Usher speaks English and German: as the profile says, as was chosen in this browser, or as the browser asks. */

const spoken = (page: Page) => page.locator('html').getAttribute('lang')

test('the console speaks the language of the profile, and so does the next browser that the person signs in with', async ({
  page,
  browser,
}) => {
  const { email } = await newAccount()
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users/)
  await page.goto('/account')
  await untilAlive(page)
  await page.getByRole('combobox', { name: 'Language' }).click()
  await page.getByRole('option', { name: 'Deutsch' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Mein Konto' })).toBeVisible()
  await expect(page.getByText('Dein Profil ist gespeichert')).toBeVisible()
  expect(await spoken(page)).toBe('de')
  await expect(page).toHaveTitle('Mein Konto · Usher')
  await expectAccessible(page)

  // What the form refuses, and what the server does.
  await page.getByLabel('Vorname').fill('<b>Ada</b>')
  await page.getByRole('button', { name: 'Speichern' }).click()
  await expect(page.getByText('Entferne, was wie HTML aussieht, etwa <b>.')).toBeVisible()
  await page.getByRole('tab', { name: 'Passwort' }).click()
  await page.getByRole('textbox', { name: 'Dein Passwort' }).fill('wrong')
  await page.getByRole('textbox', { name: 'Neues Passwort' }).fill('Samtseil 27 Stufen!')
  await page.getByRole('button', { name: 'Passwort ändern' }).click()
  await expect(page.getByRole('textbox', { name: 'Dein Passwort' })).toHaveAccessibleDescription(/Passwort/)

  const other = await (await browser.newContext()).newPage()
  await signInAs(other, { email, password })
  await expect(other.getByRole('heading', { level: 1, name: 'Benutzer' })).toBeVisible()
  await other.context().close()

  await page.goto('/account')
  await untilAlive(page)
  await page.getByRole('combobox', { name: 'Sprache' }).click()
  await page.getByRole('option', { name: 'Keine Vorgabe' }).click()
  await page.getByRole('button', { name: 'Speichern' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible()
})

test('a visitor chooses the language by keyboard, and this browser keeps it', async ({ page }) => {
  await page.goto('/sign-in')
  await untilAlive(page)
  await page.getByRole('button', { name: 'Language' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { name: 'English' })).toBeChecked()
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sprache' })).toBeFocused()
  await page.goto('/forgot')
  await expect(page.getByRole('heading', { name: 'Passwort vergessen?' })).toBeVisible()
  await expectAccessible(page)
})

test.describe('a browser that asks for German', () => {
  test.use({ locale: 'de-AT', viewport: { width: 390, height: 844 } })

  test('gets German pages and mails, and none of the English words', async ({ page }) => {
    const scripts: string[] = []
    page.on('response', async (response) => {
      if (response.request().resourceType() === 'script') scripts.push(await response.text().catch(() => ''))
    })
    const { email, name } = await newAccount()
    await page.goto('/forgot')
    await untilAlive(page)
    await page.getByLabel('E-Mail').fill('no address')
    await page.getByRole('button', { name: 'Link senden' }).click()
    await expect(page.getByLabel('E-Mail')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('E-Mail').fill(email)
    await page.getByRole('button', { name: 'Link senden' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
    expect((await readMail(email)).subject).toBe(`Neues Passwort für ${name} setzen`)
    await expectNoSidewaysScroll(page)
    const loaded = scripts.join('\n')
    expect(loaded).toContain('Passwort vergessen?')
    expect(loaded).not.toContain('Forgot your password?')
  })

  test('has room for German words on a phone, and their names are told', async ({ page }) => {
    const { email } = await newAccount()
    await signInGerman(page, email)
    for (const path of ['/users', '/jobs', '/mail', '/settings/account', '/settings/security', '/api-explorer', '/account']) {
      await page.goto(path)
      await untilAlive(page)
      expect(await spoken(page), path).toBe('de')
      await expectNoSidewaysScroll(page)
      await expectAccessible(page)
    }
  })
})

async function signInGerman(page: Page, email: string) {
  await page.goto('/sign-in')
  await untilAlive(page)
  await page.getByLabel('E-Mail').fill(email)
  await page.getByRole('textbox', { name: 'Passwort' }).fill(password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page).toHaveURL(/\/users/)
}
