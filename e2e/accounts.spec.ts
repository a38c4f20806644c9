import { expect } from '@playwright/test'
import { goOnToSignIn, heading, invite, newAccount, password, signInAs } from './entry-steps'
import { expectAccessible, test, untilAlive } from './fixtures'
import { readMail } from './mailbox'
import { usher } from './usher'

test('Z11 S15 a login of elsewhere joins an account, which is chosen once on the device and changed in the console', async ({
  page,
}) => {
  test.slow()
  const [home, other] = [await newAccount(), await newAccount()]
  await invite(other.partnerId, home.email)
  const { link } = await readMail(home.email, /invites you/)
  await page.goto(link)
  await expect(heading(page, `Join ${other.name}`)).toBeVisible()
  await expect(page).toHaveURL(/\/accept-invitation$/)
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Your password' }).fill('wrong')
  await page.getByRole('button', { name: 'Accept' }).click()
  await expect(page.getByText('The password is not right')).toBeVisible()
  await page.getByRole('textbox', { name: 'Your password' }).fill(password)
  await page.getByRole('button', { name: 'Accept' }).click()
  await goOnToSignIn(page, 'The invitation is accepted', { email: home.email, password })
  await expect(heading(page, 'Choose an account')).toBeVisible()
  await untilAlive(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: other.name }).click()
  await expect(page.getByRole('banner')).toContainText(other.name)

  await page.context().clearCookies()
  await signInAs(page, { email: home.email, password })
  await expect(page.getByRole('banner')).toContainText(other.name)
  await untilAlive(page)
  await page.getByRole('button', { name: /Change account/ }).click()
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: home.name }).click()
  await expect(page.getByRole('banner')).toContainText(home.name)

  await usher('partner.update', { partnerId: other.partnerId, secondFactor: 'all' })
  await untilAlive(page)
  await page.getByRole('button', { name: /Change account/ }).click()
  await page.getByRole('menuitem', { name: other.name }).click()
  await goOnToSignIn(page, 'This account asks for a sign-in of its own.', { email: home.email, password })
  await expect(heading(page, 'Set up an authenticator first')).toBeVisible()
  await expectAccessible(page)

  await page.goto(link)
  await expect(heading(page, 'This invitation is not open any more')).toBeVisible()
})
