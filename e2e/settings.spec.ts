import { expect, type Locator, type Page } from '@playwright/test'
import { askForLink, newAccount, newEmail, password, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'
import { usher } from './usher'
import { clientOf, session } from './wire-client'

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
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByLabel('Expression 2').fill('^.{16}$')
  await page.getByLabel('What people read 2').fill('Sixteen small letters')
  const alike = page.getByRole('listitem').filter({ hasText: 'Sixteen small letters' })
  await page.getByLabel('Try a password').fill('QWPOEIRUTZALSKDJ')
  await expect(alike).toHaveText([/missing/, /done/])
  await page.getByRole('button', { name: 'Remove rule 2' }).click()
  await expect(alike).toHaveText([/missing/])
  await save(page)
  await page.reload()
  await expect(page.getByLabel('Expression 1')).toHaveValue('^[a-z]{16}$')

  await page.context().clearCookies()
  await askForLink(page, email)
  await page.goto((await readMail(email, /password/i)).link)
  await expect(page.getByRole('listitem').filter({ hasText: 'Sixteen small letters' })).toBeVisible()
})

test('S11 the secrets of the account are shown to whom they belong, and a program starts a session with them', async ({
  page,
  baseURL,
}) => {
  const account = await newAccount()
  await enter(page, account.email)
  await page.getByRole('link', { name: 'Account', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible()
  await expect(page.getByText(account.adminSecret)).toHaveCount(0)
  await page.getByRole('button', { name: 'Show the secrets' }).click()
  const secret = page.getByText(account.adminSecret)
  await expect(secret).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)

  const client = clientOf(baseURL ?? '')
  const shown = (await secret.textContent()) ?? ''
  expect(await session.start(shown, '', 2, account.partnerId).execute(client)).toMatch(/^djJ8/)
  await page.getByRole('button', { name: 'Hide the secrets' }).click()
  await expect(secret).toHaveCount(0)
})

test('R19 whoever saves second sees what the first has saved, and loses nothing of his own', async ({ page, context }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  const other = await context.newPage()
  await open(other)
  await page.getByLabel('Wrong attempts that lock a sign-in').fill('5')
  await save(page)

  await other.getByRole('textbox', { name: 'Time until it is open again' }).fill('60')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Somebody else has changed these settings meanwhile.')).toBeVisible()
  await expect(other.getByLabel('Wrong attempts that lock a sign-in')).toHaveValue('5')
  await expect(other.getByRole('textbox', { name: 'Time until it is open again' })).toHaveValue('60')
  await save(other)
  await other.reload()
  await expect(other.getByLabel('Wrong attempts that lock a sign-in')).toHaveValue('5')
  await expect(other.getByRole('textbox', { name: 'Time until it is open again' })).toHaveValue('60')
})

test('spans of time are shown in a unit that they are a whole number of, and kept to the second', async ({ page }) => {
  const { email } = await newAccount({ loginBlockPeriod: 20, ksMaxExpiry: 5400 })
  await enter(page, email)
  await open(page)
  const [lock, life] = ['Time until it is open again', 'Longest life of a session of a program'].map((label) => ({
    value: page.getByRole('textbox', { name: label, exact: true }),
    unit: page.getByRole('combobox', { name: `Unit: ${label}` }),
    label,
  })) as [Span, Span]
  await expectSpan(lock, '20', 'seconds')
  await expectSpan(life, '90', 'minutes')

  await choose(page, `Unit: ${life.label}`, 'hours')
  await life.value.fill('48')
  await lock.value.fill('45')
  await save(page)
  await page.reload()
  await expectSpan(lock, '45', 'seconds')
  await expectSpan(life, '48', 'hours')
})

type Span = { value: Locator; unit: Locator; label: string }

async function expectSpan({ value, unit }: Span, shown: string, inUnit: string) {
  await expect(value).toHaveValue(shown)
  await expect(unit).toHaveValue(inUnit)
}

test('a number stays as it was typed, and a refusal names the bounds', async ({ page }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  const kept = page.getByLabel('Former passwords that may not be used again')
  const attempts = page.getByLabel('Wrong attempts that lock a sign-in')
  const lock = page.getByRole('textbox', { name: 'Time until it is open again' })
  const life = page.getByRole('textbox', { name: 'Longest life of a session of a program', exact: true })
  await attempts.fill('')
  const typed = [
    [kept, '999'],
    [lock, '-3'],
    [life, '1.5'],
  ] as const
  for (const [field, value] of typed) {
    await field.fill('')
    await field.pressSequentially(value)
    await expect(field).toHaveValue(value)
  }
  await page.getByLabel('E-mail domains they may have').fill('acme.example, not a domain')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(kept).toBeFocused()
  await expect(kept).toHaveAccessibleDescription(/Type a whole number from 0 to 100\./)
  await expect(attempts).toHaveAccessibleDescription(/Type a whole number from 2 to 1,000,000\./)
  await expect(lock).toHaveAccessibleDescription('Type a whole number of minutes from 0 to 525,600.')
  await expect(life).toHaveAccessibleDescription(/Type a whole number of hours from 1 to 87,600\./)
  await expect(page.getByText('"not a domain" is no domain. Write it like acme.example.')).toBeVisible()

  await kept.fill('5')
  await attempts.fill('9')
  await lock.fill('3')
  await life.fill('36')
  await page.getByLabel('E-mail domains they may have').fill('')
  await save(page)
})

test('S11 how long browsers stay signed in is set for the account, up to what the installation lets them', async ({ page }) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  const [idle, whole] = [/^Minutes that a browser/, /^Hours that a browser/].map((label) => page.getByLabel(label)) as [
    Locator,
    Locator,
  ]
  await expect(page.getByText('At most 30; 0 stands for that.')).toBeVisible()
  await idle.fill('45')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Type a whole number from 0 to 30.')).toBeVisible()
  await idle.fill('10')
  await whole.fill('8')
  await save(page)
  await page.reload()
  await expect(idle).toHaveValue('10')
  await expect(whole).toHaveValue('8')
})

test('whoever may only read the policy is told so, reads it, tries passwords by it, and changes nothing', async ({ page }) => {
  const { partnerId } = await newAccount({ loginBlockPeriod: 20 })
  const permissions = { 'userRole.name': 'Reader', 'userRole.permissionNames': 'ADMIN_BASE,ACCOUNT_BASE,KMC_ACCESS' }
  const { id } = await usher<{ id: number }>('userRole.add', { partnerId, ...permissions })
  const email = newEmail()
  const reader = { 'user.id': email, 'user.email': email, 'user.isAdmin': true, 'user.roleIds': String(id) }
  await usher('user.add', { partnerId, ...reader, 'user.password': password })
  await enter(page, email)
  await page.getByRole('navigation').getByRole('link', { name: 'Security policy' }).click()
  await untilAlive(page)
  await expect(page.getByText('Your role may look at these settings but not change them.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
  const lock = page.getByRole('textbox', { name: 'Time until it is open again' })
  await expect(lock).toHaveValue('20')
  await expect(lock).toBeDisabled()
  for (const choice of await page.getByRole('main').getByRole('combobox').all()) await expect(choice).toBeDisabled()

  await page.getByLabel('Try a password').fill('short')
  await expect(page.getByRole('listitem').filter({ hasText: 'A lower-case letter' })).toContainText('done')
  await expect(page.getByRole('listitem').filter({ hasText: 'A digit' })).toContainText('missing')
  await expectAccessible(page)
})

test('whoever demands codes of himself is told so, and led to set one up, but not without a question while nothing is saved', async ({
  page,
}) => {
  const { email } = await newAccount()
  await enter(page, email)
  await open(page)
  await choose(page, 'Who must use a one-time code', 'Administrators')
  await page.getByRole('link', { name: 'Set it up now' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay' }).last().click()
  await expect(page.getByRole('combobox', { name: 'Who must use a one-time code' })).toHaveValue('Administrators')
  await page.getByRole('link', { name: 'Set it up now' }).click()
  await question.getByRole('button', { name: 'Leave' }).click()
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
