import { expect } from '@playwright/test'
import { type Account, fillSignIn, test, untilAlive } from './fixtures'
import { usher } from './usher'

/** The picture in the README: made by every run, and kept where USHER_PICTURE says (`npm run picture`). */

const ann = { email: 'ann@acme.test', password: 'Velvet-rope 27 steps' }
const name = { 'user.firstName': 'Ann', 'user.lastName': 'Marlow' }

test('the list of users is as the README shows it', async ({ page }, run) => {
  const account = { name: 'Acme University', adminEmail: ann.email, adminPassword: ann.password }
  const { partnerId, adminUserId } = await usher<Account>('partner.create', account)
  await usher('user.update', { partnerId, userId: adminUserId, ...name })
  await usher('sample', { partnerId, users: 3000, seed: 7 })

  await page.goto('/sign-in')
  await fillSignIn(page, ann)
  await expect(page.getByRole('link', { name: 'Ann Marlow' })).toBeVisible()
  await untilAlive(page)
  await page.mouse.move(0, 0)
  await expect(page.getByRole('table', { name: 'Users' }).getByRole('row')).toHaveCount(26)
  await page.screenshot({ path: process.env.USHER_PICTURE || run.outputPath('users.png'), animations: 'disabled' })
})
