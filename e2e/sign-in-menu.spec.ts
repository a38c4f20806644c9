import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { openDatabase } from './data-folder'
import { goOnToSignIn, heading, newAccount, newEmail, newPassword, password, setPassword, setUp, signInAs } from './entry-steps'
import { expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'
import { usher } from './usher'

/** How an administrator lets people in, helps them back in and keeps them out. Each story has a person of its own. */

test.beforeEach(({ signInAs }) => signInAs('owner'))

const menu = (page: Page) => page.getByRole('button', { name: 'Sign-in', exact: true })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Switch sign-in on for Nora Locked' })

async function openPage(page: Page, id: string) {
  await page.goto(`/users/${id}`)
  await untilAlive(page)
}

async function choose(page: Page, name: string) {
  await menu(page).click()
  await page.getByRole('menuitem', { name }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

/** Somebody without sign-in, called Nora Locked. */
async function addNora(partnerId: number, { isAdmin = false, email = newEmail() } = {}) {
  const id = `nora-${randomUUID()}`
  const names = { 'user.firstName': 'Nora', 'user.lastName': 'Locked' }
  await usher('user.add', { partnerId, 'user.id': id, 'user.email': email, ...names })
  // Who is added as an administrator is invited at once.
  if (isAdmin) await usher('user.update', { partnerId, userId: id, 'user.isAdmin': true })
  return { id, email }
}

test('whoever is locked out is helped from his page, and each step that takes something away is asked for', async ({
  page,
  account,
}) => {
  const email = newEmail()
  const { partnerId } = account
  const asAdmin = { 'user.isAdmin': true, 'user.firstName': 'Nora', 'user.lastName': 'Locked' }
  await usher('user.add', {
    partnerId,
    'user.id': email,
    'user.email': email,
    'user.password': 'Velvet-rope 29 steps',
    ...asAdmin,
  })
  await openPage(page, email)
  const confirm = async (name: string) => {
    const dialog = page.getByRole('dialog', { name: `${name}: Nora Locked?` })
    await expect(dialog.getByRole('button', { name: 'Cancel' }).last()).toBeFocused()
    await expectAccessible(page)
    await dialog.getByRole('button', { name }).click()
    await expect(dialog).toHaveCount(0)
  }
  await choose(page, 'Mail a link for a new password')
  await expect(page.getByText(`A link to choose a password goes to ${email}`)).toBeVisible()
  expect((await readMail(email, /password/i)).link).toContain('/set-password/')
  await choose(page, 'End locks')
  await expect(page.getByText('No lock keeps Nora Locked out any more')).toBeVisible()
  await choose(page, 'Take the authenticator away…')
  await confirm('Take the authenticator away')
  await expect(page.getByText('Nora Locked can set up another authenticator')).toBeVisible()
  await choose(page, 'Make a plain user…')
  await confirm('Make a plain user')
  await expect(page.getByText('Nora Locked is no administrator any more')).toBeVisible()
  await choose(page, 'Switch sign-in off…')
  await confirm('Switch sign-in off')
  await expect(page.getByText('No login')).toBeVisible()
  await menu(page).click()
  await expect(page.getByRole('menuitem')).toHaveText(['Switch sign-in on…'])
})

test('a person gets a sign-in with a password, every mistake lands on its field, and the person signs in', async ({
  page,
  account,
  people,
}) => {
  const { id, email } = await addNora(account.partnerId)
  await openPage(page, id)
  await expect(page.getByText('No login')).toBeVisible()
  await choose(page, 'Switch sign-in on…')
  const address = dialog(page).getByLabel('Sign-in address')
  const secret = dialog(page).getByLabel('Password', { exact: true })
  const submit = dialog(page).getByRole('button', { name: 'Switch on' })
  await expect(address).toBeFocused()
  await expect(address).toHaveValue(email)
  await expect(dialog(page).getByRole('radio', { name: 'Send an invitation' })).toBeDisabled()
  await expect(dialog(page).getByText('Invitations are for administrators')).toBeVisible()

  await submit.click()
  await expect(secret).toBeFocused()
  await expect(dialog(page)).toContainText('Enter a password.')
  await secret.fill('Nora Locked is her name 1')
  await expect(dialog(page).getByText('Easy to guess: it holds the name')).toBeVisible()
  await expect(dialog(page).getByRole('listitem').first()).toContainText('done')
  await submit.click()
  await expect(secret).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog(page).getByText('The password does not follow the rules')).toBeVisible()
  await secret.fill(newPassword)

  for (const [wrong, said] of [
    ['', 'A sign-in needs an e-mail address.'],
    ['nora at velvet', 'Type a whole address'],
    ['nora..locked@velvet.example', 'Enter one e-mail address.'],
    [people.member.email, 'taken'],
  ] as const) {
    await address.fill(wrong)
    await submit.click()
    await expect(dialog(page).getByText(said)).toBeVisible()
    await expect(address).toHaveAttribute('aria-invalid', 'true')
    await expect(address).toBeFocused()
  }
  await expectAccessible(page)

  await address.fill(email)
  await address.press('Enter')
  await expect(page.getByText(`Nora Locked can sign in with ${email} now`)).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
  await expect(page.getByText('Login on')).toBeVisible()
  await expect(menu(page)).toBeFocused()
  expect((await readMail(email)).text).not.toContain(newPassword)

  await page.context().clearCookies()
  await signInAs(page, { email, password: newPassword })
  await expect(heading(page, 'My account')).toBeVisible()
})

test('an administrator gets a sign-in by an invitation, and signs in with the password chosen by its link', async ({
  page,
  account,
}) => {
  const { id, email } = await addNora(account.partnerId, { isAdmin: true })
  await openPage(page, id)
  await choose(page, 'Switch sign-in on…')
  await expect(dialog(page).getByRole('radio', { name: 'Send an invitation' })).toBeChecked()
  await expect(dialog(page).getByText('They choose a password by a link')).toBeVisible()
  await expect(dialog(page).getByLabel('Password', { exact: true })).toHaveCount(0)
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Switch on' }).click()
  await expect(page.getByText(`An invitation goes to ${email}`)).toBeVisible()
  await expect(page.getByText('Login on')).toBeVisible()
  await expect(menu(page)).toBeFocused()

  await page.context().clearCookies()
  await page.goto((await readMail(email)).link)
  await setPassword(page, newPassword)
  await goOnToSignIn(page, 'Your new password is set', { email, password: newPassword })
  await expect(heading(page, 'Users')).toBeVisible()
})

test('somebody who signs in to another account is asked to join, and shown as invited', async ({ page, account }) => {
  const { email } = await newAccount()
  const { id } = await addNora(account.partnerId, { email })
  await openPage(page, id)
  await choose(page, 'Switch sign-in on…')
  await dialog(page).getByLabel('Password', { exact: true }).fill(newPassword)
  await dialog(page).getByRole('button', { name: 'Switch on' }).click()
  await expect(page.getByText('The person was asked to join')).toBeVisible()
  await expect(page.getByText('Invited', { exact: true })).toBeVisible()
  expect((await readMail(email)).link).toContain('/accept-invitation/')
})

test('without a mail server the dialog says that the link of an invitation is handed over, and where it is', async ({
  page,
  installation,
}) => {
  test.slow()
  const { address } = installation
  await setUp(page, installation, 'ann@acme.example')
  await page.goto(`${address}/users?add=1`)
  const drawer = page.getByRole('dialog', { name: 'Add user' })
  await drawer.getByLabel('E-mail').fill('nora@acme.example')
  await drawer.getByLabel('First name').fill('Nora')
  await drawer.getByLabel('Last name').fill('Locked')
  await drawer.getByRole('button', { name: 'Add user' }).click()
  await expect(drawer).toHaveCount(0)
  await page.goto(`${address}/users/nora@acme.example`)
  await untilAlive(page)
  await page.getByRole('switch', { name: 'Administrator' }).press('Space')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()

  await choose(page, 'Switch sign-in on…')
  await expect(dialog(page).getByText('No mail server is set. Hand over the link')).toBeVisible()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Switch on' }).click()
  await expect(page.getByText('The invitation for nora@acme.example is under Mail')).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'Mail' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'nora@acme.example' }).first()).toBeVisible()
})

test('S11 what was typed for a sign-in is kept while the own password is asked for', async ({ page, account }) => {
  const { id, email } = await addNora(account.partnerId, { isAdmin: true })
  await openPage(page, id)
  letProofsGrowOld(account.partnerId)
  await choose(page, 'Switch sign-in on…')
  await dialog(page).getByRole('radio', { name: 'Set a password now' }).check()
  const secret = dialog(page).getByLabel('Password', { exact: true })
  await secret.fill(newPassword)
  await secret.press('Enter')
  const question = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(secret).toHaveValue(newPassword)
  await secret.press('Enter')
  await question.getByRole('textbox', { name: 'Your password' }).fill(password)
  await question.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByText(`Nora Locked can sign in with ${email} now`)).toBeVisible()
  await expect(dialog(page)).toHaveCount(0)
})

/** As if the people of the account had typed their passwords long ago. */
function letProofsGrowOld(partnerId: number) {
  const database = openDatabase()
  database.prepare('update browser_sessions set proven_at = 0 where partner_id = ?').run(partnerId)
  database.close()
}

test('a group and somebody who is blocked get no sign-in', async ({ page, account }) => {
  const { partnerId } = account
  const { id } = await addNora(partnerId)
  await usher('user.update', { partnerId, userId: id, 'user.status': 0 })
  const group = `choir-${randomUUID()}`
  await usher('user.add', { partnerId, 'user.id': group, 'user.type': 1 })
  for (const one of [id, group]) {
    await openPage(page, one)
    await expect(page.getByRole('button', { name: 'Delete…' })).toBeVisible()
    await expect(menu(page)).toHaveCount(0)
  }
})

test('beside the list, Escape answers the question on top and leaves the person below open', async ({ page, people }) => {
  await page.goto(`/users?user=${encodeURIComponent(people.member.email)}`)
  await untilAlive(page)
  const drawer = page.getByRole('dialog', { name: people.member.email, exact: true })
  const dialogs = page.getByRole('dialog')
  await choose(page, 'Switch sign-in off…')
  await expect(dialogs).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(dialogs).toHaveCount(1)
  await page.getByRole('button', { name: 'Block…' }).click()
  await expect(dialogs).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(dialogs).toHaveCount(1)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await expect(dialogs).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(dialogs).toHaveCount(1)
  await drawer.getByRole('button', { name: 'Close' }).click()
  await expect(drawer).toHaveCount(0)
})

forEveryLook(({ name }) => {
  test(`a sign-in is switched on beside the list, and Escape closes what is on top alone (${name})`, async ({
    page,
    account,
  }) => {
    const { id } = await addNora(account.partnerId)
    await page.goto(`/users?user=${id}`)
    await untilAlive(page)
    const drawer = page.getByRole('dialog', { name: 'Nora Locked', exact: true })
    await choose(page, 'Switch sign-in on…')
    await dialog(page).getByLabel('Password', { exact: true }).fill('short')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toHaveCount(0)
    await expect(menu(page)).toBeFocused()
    // Had the drawer begun to close, it would be gone by now.
    await choose(page, 'Switch sign-in on…')
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(menu(page)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(drawer).toHaveCount(0)
  })
})
