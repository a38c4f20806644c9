import { expect, type Page } from '@playwright/test'
import { heading, newAccount, newEmail, password, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'

async function enter(page: Page, email: string) {
  await signInAs(page, { email, password })
  await expect(page).toHaveURL(/\/users$/)
}

async function openEmail(page: Page) {
  await page.goto('/account?tab=email')
  await expect(page.getByLabel('New e-mail')).toBeVisible()
  await untilAlive(page)
}

/** Fills the form for another address in and sends it. */
async function ask(page: Page, wished: string, secret = password) {
  await page.getByLabel('New e-mail').fill(wished)
  await page.getByRole('textbox', { name: 'Your password' }).fill(secret)
  await page.getByRole('button', { name: 'Send the links' }).click()
}

async function confirm(page: Page, link: string) {
  await page.goto(link)
  await expect(heading(page, 'Confirm the new address')).toBeVisible()
  await expect(page).toHaveURL(/\/confirm-email$/)
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Confirm the change' }).click()
}

const waiting = (page: Page) => page.getByRole('region', { name: 'Waiting to be confirmed' })

test('Z10 M10 M11 an address changes when both sides have confirmed by a button, not by opening links', async ({
  page,
  request,
}) => {
  const { email } = await newAccount()
  const wished = newEmail()
  await enter(page, email)
  await openEmail(page)
  await ask(page, wished.toUpperCase(), 'wrong')
  await expect(page.getByRole('textbox', { name: 'Your password' })).toHaveAttribute('aria-invalid', 'true')
  await ask(page, wished.toUpperCase())
  await expect(waiting(page)).toContainText(wished)
  await expect(waiting(page).getByText('Not yet')).toHaveCount(2)
  await expectAccessible(page)

  const [toOld, toNew] = [await readMail(email, /Confirm your new/), await readMail(wished, /Confirm your new/)]
  expect(toOld.text).toContain('somebody knows yours')
  expect(toNew.text).not.toContain('somebody knows yours')
  for (const { link } of [toOld, toNew, toOld, toNew]) {
    await request.get(link)
    await request.head(link)
  }
  await confirm(page, toNew.link)
  await expect(heading(page, 'Confirmed here')).toBeFocused()
  await page.reload()
  await expect(heading(page, 'Confirmed here')).toBeVisible()
  await openEmail(page)
  await expect(waiting(page).getByText('Not yet')).toHaveCount(1)

  await confirm(page, toOld.link)
  await expect(heading(page, 'Your address has changed')).toBeFocused()
  await readMail(email, /address .* was changed/)
  await readMail(wished, /address .* was changed/)
  await page.goto('/account')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await enter(page, wished)
  await page.goto(toOld.link)
  await expect(heading(page, 'This link is not open any more')).toBeVisible()
  await expectAccessible(page)
})

test('a new address that was taken is refused at its field, and one that waits is taken back', async ({ page }) => {
  const [{ email }, other] = [await newAccount(), await newAccount()]
  await enter(page, email)
  await openEmail(page)
  await ask(page, other.email)
  await expect(page.getByText('This sign-in address is taken.')).toHaveCount(1)
  await expect(page.getByLabel('New e-mail')).toHaveAttribute('aria-invalid', 'true')
  await ask(page, newEmail())
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByText('Your address stays as it is')).toBeVisible()
  await expect(waiting(page)).toHaveCount(0)
})

test.describe('on a phone in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })

  test('every step of another address fits', async ({ page }) => {
    const { email } = await newAccount()
    const wished = newEmail()
    await enter(page, email)
    await openEmail(page)
    await expectAccessible(page)
    await ask(page, wished)
    await expect(waiting(page)).toBeVisible()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await confirm(page, (await readMail(wished, /Confirm your new/)).link)
    await expect(heading(page, 'Confirmed here')).toBeVisible()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })
})
