import { randomUUID } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { type Authenticator, scan } from './authenticator'
import { type Account, fillSignIn, type Person, untilAlive } from './fixtures'
import { usher } from './usher'

/** What the stories of getting in have in common: accounts and people of their own, and the steps that many take. */

export const password = 'Velvet-rope 27 steps'
export const newPassword = 'Velvet-rope 28 steps'

export const newEmail = () => `recovery-${randomUUID()}@velvet.example`

/** An account of the story's own, as its settings are the story. Its owner signs in with `password`. */
export async function newAccount(settings: Record<string, string | number> = {}) {
  const email = newEmail()
  const name = `Recovery ${randomUUID().slice(0, 8)}`
  const { partnerId, adminSecret } = await usher<Account>('partner.create', { name, adminEmail: email, adminPassword: password })
  if (Object.keys(settings).length > 0) await usher('partner.update', { partnerId, ...settings })
  return { partnerId, adminSecret, name, email }
}

/** Invites an administrator, by mail. */
export async function invite(partnerId: number, email: string) {
  await usher('user.add', { partnerId, 'user.id': email, 'user.email': email, 'user.firstName': 'Ida', 'user.isAdmin': true })
}

/** On the page that the link opened. */
export async function setPassword(page: Page, secret: string) {
  await page.getByRole('textbox', { name: 'New password' }).fill(secret)
  await page.getByRole('button', { name: 'Set the password' }).click()
}

/** Asks for a link to a new password, for an address that need not be known. */
export async function askForLink(page: Page, email: string) {
  await page.goto('/forgot')
  await untilAlive(page)
  // The page still knows of one that was asked for a moment ago.
  const other = page.getByRole('button', { name: 'Use another address' })
  if (await other.isVisible()) await other.click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeFocused()
}

export async function signInAs(page: Page, person: Person) {
  await page.goto('/sign-in')
  await fillSignIn(page, person)
}

/** Makes the first account of a new installation by the one-time link; its owner, who has `password`, is signed in. */
export async function setUp(page: Page, { address, setUpLink }: { address: string; setUpLink: string }, email: string) {
  await page.goto(setUpLink)
  await page.getByLabel('Account name').fill('Acme University')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page).toHaveURL(`${address}/users`)
}

/** On the page of an authenticator, for whoever is signed in with `password`. Every session ends with that. */
export async function enrol(page: Page): Promise<Authenticator> {
  await untilAlive(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const app = await scan(page.getByRole('img', { name: 'QR code for the authenticator' }))
  await page.keyboard.type(await app.nextCode())
  await page.getByRole('button', { name: 'I have kept them' }).click()
  return app
}

/** On the sign-in page that something else led to, which says so. */
export async function goOnToSignIn(page: Page, said: string, person: Person) {
  await expect(page.getByText(said)).toBeVisible()
  await untilAlive(page)
  await fillSignIn(page, person)
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
