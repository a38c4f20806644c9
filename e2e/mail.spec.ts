import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { setUp } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'
import { usher } from './usher'

// The frame of the preview runs nothing, not even what looks into it for the story.
test.use({ expectedError: /Blocked script execution in 'about:srcdoc'/ })

const newAddress = () => `mail-${randomUUID()}@velvet.example`

test('an invited administrator gets a mail; sent again, it has a new link and the old one is out of sight', async ({
  page,
  account,
  signInAs,
}) => {
  const email = newAddress()
  const { partnerId } = account
  await usher('user.add', { partnerId, 'user.id': email, 'user.email': email, 'user.firstName': 'Ida', 'user.isAdmin': true })
  const first = await readMail(email)
  expect(first.subject).toBe(`Your invitation to ${account.name}`)
  expect(first.text).toContain('Hello Ida,')
  expect(first.text).toContain(`An administrator has given you an account at ${account.name}.`)
  expect(first.html).toContain(`href="${first.link}"`)

  await signInAs('owner')
  await page.getByRole('navigation').getByRole('link', { name: 'Mail' }).click()
  await page.getByLabel('Search recipients').fill(email)
  const row = page.getByRole('row').filter({ hasText: email })
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('Sent')
  await expectAccessible(page)
  await row.click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.frameLocator('iframe').getByRole('heading', { name: first.subject })).toBeVisible()
  await expectAccessible(page)
  await drawer.getByRole('tab', { name: 'Text' }).click()
  await expect(drawer.getByText('Hello Ida,')).toBeVisible()
  expect(await drawer.textContent()).not.toContain(first.link)

  await drawer.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText(`A new mail to ${email} is on its way`)).toBeVisible()
  const second = await readMail(email, /invitation/)
  expect(second.link).toMatch(/\/set-password\//)
  expect(second.link).not.toBe(first.link)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('row').filter({ hasText: 'Sent' })).toHaveCount(2)
})

test('the list of mails is found again by its address, and fits a phone', async ({ page, account, signInAs }) => {
  const email = newAddress()
  await usher('user.add', { partnerId: account.partnerId, 'user.id': email, 'user.email': email, 'user.isAdmin': true })
  await readMail(email)
  await signInAs('owner')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/mail?to=${email}&status=sent`)
  await untilAlive(page)
  await expect(page.getByRole('row').filter({ hasText: email })).toBeVisible()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.getByRole('row').filter({ hasText: email }).click()
  await expect(page.getByRole('dialog').frameLocator('iframe').getByRole('heading')).toBeVisible()
  await expect(page).toHaveURL(/mail=\d+/)
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByLabel('Search recipients').fill('nobody-at-all')
  await expect(page.getByRole('heading', { name: 'No mail fits' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await expect(page).toHaveURL(/\/mail$/)
})

test('without a mail server an invitation stays readable, and its link can be handed over', async ({ page, installation }) => {
  test.slow()
  const { address } = installation
  const email = newAddress()
  await setUp(page, installation, 'ann@acme.example')

  await page.goto(`${address}/users?add=1`)
  await page.getByRole('dialog').getByLabel('E-mail').fill(email)
  await page.getByRole('dialog').getByRole('switch', { name: 'Administrator' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByText(`${email} was added`)).toBeVisible()

  await page.goto(`${address}/mail`)
  await expect(page.getByText('No mail server is set')).toBeVisible()
  const row = page.getByRole('row').filter({ hasText: email })
  await expect(row).toContainText('Kept')
  await row.click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByText('Kept', { exact: true })).toBeVisible()
  await expect(drawer.frameLocator('iframe').getByText('/…')).toBeVisible()
  await drawer.getByRole('button', { name: 'Show the link' }).click()
  await expect(drawer.getByText(`${address}/set-password/`)).toBeVisible()
})
