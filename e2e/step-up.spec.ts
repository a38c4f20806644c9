import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { openDatabase } from './data-folder'
import { enrol, newAccount, password, signInAs } from './entry-steps'
import { type Account, expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { usher } from './usher'

/** What is asked of a person who signed in a while ago, before he gives rights or takes people's data along (S11). */

// What the browser says when the server refuses a password or a code.
test.use({ expectedError: /status of 401/ })

/** As if everybody of the account had typed the password long ago: a story cannot wait for a quarter of an hour. */
function letProofsGrowOld({ partnerId }: Pick<Account, 'partnerId'>) {
  const database = openDatabase()
  database.prepare('update browser_sessions set proven_at = 0 where partner_id = ?').run(partnerId)
  database.close()
}

async function someone(partnerId: number) {
  const id = `someone-${randomUUID()}`
  await usher('user.add', { partnerId, 'user.id': id, 'user.email': `${id}@velvet.example`, 'user.firstName': 'Ida' })
  return id
}

async function openProfile(page: Page, id: string) {
  await page.goto(`/users/${id}`)
  await untilAlive(page)
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' })
const sessionOf = async (page: Page) => (await page.context().cookies()).find(({ name }) => name === 'usher.session')?.value

test('S11 S09 rights are given by keyboard once the password was typed anew, and the session has another id', async ({
  page,
  account,
  signInAs: enterAs,
}) => {
  const id = await someone(account.partnerId)
  await enterAs('owner')
  await openProfile(page, id)
  letProofsGrowOld(account)
  const before = await sessionOf(page)

  await page.getByRole('switch', { name: 'Administrator' }).press('Space')
  const save = page.getByRole('button', { name: 'Save' })
  await save.press('Enter')
  const secret = dialog(page).getByRole('textbox', { name: 'Your password' })
  await expect(secret).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(save).toBeFocused()
  await expect(page.getByText('1 change not saved')).toBeVisible()

  await page.keyboard.press('Enter')
  await expect(secret).toBeFocused()
  await page.keyboard.type('not the password')
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByText('This is not your password')).toBeVisible()
  await expect(secret).toBeFocused()
  await expect(secret).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByRole('switch', { name: 'Administrator' })).toBeChecked()
  expect(await sessionOf(page)).not.toBe(before)
  // The bar with the button is gone.
  await expect(page.locator('#content')).toBeFocused()

  // Within a quarter of an hour nothing more is asked.
  await page.goto('/users')
  await untilAlive(page)
  const exported = page.getByRole('button', { name: 'Export' })
  await exported.press('Enter')
  await expect(page.getByText('The export has begun')).toBeVisible()
  await expect(exported).toBeFocused()
})

test('S11 an export begins once password and code were given, and is found among the jobs', async ({ page }) => {
  test.slow()
  const account = await newAccount()
  const { email } = account
  await signInAs(page, { email, password })
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto('/enrol')
  const app = await enrol(page)
  await page.context().clearCookies()
  await signInAs(page, { email, password })
  await page.getByLabel('Digit 1 of 6').focus()
  await page.keyboard.type(await app.nextCode())
  await expect(page).toHaveURL(/\/users/)
  await untilAlive(page)
  letProofsGrowOld(account)

  await page.getByRole('button', { name: 'Export' }).click()
  await dialog(page).getByRole('textbox', { name: 'Your password' }).fill(password)
  await dialog(page).getByLabel('One-time code').fill('000000')
  await dialog(page).getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog(page).getByLabel('One-time code')).toHaveAttribute('aria-invalid', 'true')
  await dialog(page)
    .getByLabel('One-time code')
    .fill(await app.nextCode())
  await dialog(page).getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(`A link to the file is mailed to ${email}.`)).toBeVisible()
  await page.getByRole('link', { name: 'See how far it is' }).click()
  await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Done')
})

test('S11 a person being added is not lost when the password is asked for', async ({ page, account, signInAs: enterAs }) => {
  await enterAs('owner')
  await page.goto('/users?add=1')
  const drawer = page.getByRole('dialog', { name: 'Add user' })
  const email = `${randomUUID()}@velvet.example`
  await drawer.getByLabel('E-mail').fill(email)
  await drawer.getByRole('switch', { name: 'Administrator' }).click()
  letProofsGrowOld(account)
  await drawer.getByRole('button', { name: 'Add user', exact: true }).click()
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toHaveCount(0)
  await expect(drawer.getByLabel('E-mail')).toHaveValue(email)
  await drawer.getByRole('button', { name: 'Add user', exact: true }).click()
  await dialog(page).getByRole('textbox', { name: 'Your password' }).fill(password)
  await dialog(page).getByRole('button', { name: 'Confirm' }).click()
  await expect(drawer).toHaveCount(0)
  await expect(page.getByRole('row').filter({ hasText: email })).toBeVisible()
})

forEveryLook(({ name }) => {
  test(`the question reads well on ${name}`, async ({ page, account, signInAs: enterAs }) => {
    await enterAs('owner')
    letProofsGrowOld(account)
    await page.getByRole('button', { name: 'Export' }).click()
    await expect(dialog(page).getByRole('textbox', { name: 'Your password' })).toBeFocused()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })
})
