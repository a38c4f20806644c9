import { expect, type Page } from '@playwright/test'
import { askForLink, newAccount, password, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'

/** How an administrator sets the account's security policy. Each story has an account of its own. */

async function open(page: Page) {
  await page.goto('/settings/security')
  await expect(page.getByRole('heading', { level: 1, name: 'Security policy' })).toBeVisible()
  await untilAlive(page)
}

async function enter(page: Page, email: string) {
  await signInAs(page, { email, password })
  await expect(page).not.toHaveURL(/sign-in/)
}

async function choose(page: Page, label: string, option: string) {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('The security policy is saved')).toBeVisible()
}

test('A14 an account makes rules of its own, tries them, and people read them where they choose a password', async ({ page }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await page.getByRole('navigation').getByRole('link', { name: 'Security policy' }).click()
  await untilAlive(page)
  await choose(page, 'Rules', 'Rules of your own')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByLabel('Expression 1').fill('(a)\\1')
  await page.getByLabel('What people read 1').fill('Sixteen small letters')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Use a regular expression without look-around and back-references, and a message.')).toBeVisible()

  await page.getByLabel('Expression 1').fill('^[a-z]{16}$')
  await page.getByLabel('Try a password').fill('qwpoeirutzalskdj')
  await expect(page.getByRole('listitem').filter({ hasText: 'Sixteen small letters' })).toContainText('done')
  await save(page)
  await page.reload()
  await expect(page.getByLabel('Expression 1')).toHaveValue('^[a-z]{16}$')

  await page.context().clearCookies()
  await askForLink(page, email)
  await page.goto((await readMail(email, /password/i)).link)
  await expect(page.getByRole('listitem').filter({ hasText: 'Sixteen small letters' })).toBeVisible()
})

test('R19 whoever saves second sees what the first has saved, and loses nothing of his own', async ({ page, context }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  const other = await context.newPage()
  await open(other)
  await page.getByLabel('Wrong attempts that lock a sign-in').fill('5')
  await save(page)

  await other.getByLabel('Minutes until it is open again').fill('60')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Somebody else has changed these settings meanwhile.')).toBeVisible()
  await expect(other.getByLabel('Wrong attempts that lock a sign-in')).toHaveValue('5')
  await expect(other.getByLabel('Minutes until it is open again')).toHaveValue('60')
  await save(other)
  await other.reload()
  await expect(other.getByLabel('Wrong attempts that lock a sign-in')).toHaveValue('5')
  await expect(other.getByLabel('Minutes until it is open again')).toHaveValue('60')
})

test('whoever demands codes of himself is told so, and led to set one up', async ({ page }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  await choose(page, 'Who must use a one-time code', 'Administrators')
  await page.getByRole('link', { name: 'Set it up now' }).click()
  await expect(page).toHaveURL(/\/account\?tab=factor/)
})

forEveryLook(({ name }) => {
  test(`the security policy reads well (${name})`, async ({ page, signInAs }) => {
    await signInAs('owner')
    await open(page)
    await choose(page, 'Rules', 'Rules of your own')
    await page.getByRole('button', { name: 'Add a rule' }).click()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })
})
