import { expect, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll, test, untilAlive } from './fixtures'

/** What an integrator does with the explorer of the API. */

test.beforeEach(({ signInAs }) => signInAs('owner'))

const actions = (page: Page) => page.getByRole('navigation', { name: 'Actions' })
const answer = (page: Page) => page.getByRole('region', { name: 'The answer in JSON' })
const run = (page: Page) => page.getByRole('button', { name: 'Run as me' })

async function open(page: Page, query = '') {
  await page.goto(`/api-explorer${query}`)
  await untilAlive(page)
}

test('a person finds user.list, fills the size of a page, runs it and copies it for curl', async ({
  page,
  context,
  people,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('link', { name: 'API explorer' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'API explorer' })).toBeVisible()
  await untilAlive(page)

  await page.keyboard.press('/')
  await page.keyboard.type('lists users by')
  await expect(actions(page).getByRole('link')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'user.list' })).toBeFocused()

  await page.getByLabel('pageSize').fill('1')
  await run(page).click()
  await expect(page.getByText(/^Answered in \d+ ms$/).first()).toBeVisible()
  const list = JSON.parse(await answer(page).innerText())
  expect(list).toMatchObject({ objectType: 'KalturaUserListResponse', totalCount: 2 })
  expect(list.objects).toHaveLength(1)
  expect(list.objects[0]).not.toHaveProperty('version')
  await expect(page.getByText(/^Request \S+$/)).toBeVisible()

  await page.getByRole('button', { name: 'Copy as curl' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(
    `curl '${baseURL}/api_v3/service/user/action/list' \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"ks":"YOUR_KS","format":1,"pager":{"pageSize":1}}'`,
  )

  await page.getByRole('tab', { name: 'PHP' }).click()
  await expect(page.getByRole('region', { name: 'The call for PHP' })).toContainText('$client->user->listAction(null, $pager);')
  await page.reload()
  await expect(page.getByLabel('pageSize')).toHaveValue('1')
  await expect(page.getByRole('tab', { name: 'PHP' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('searchbox', { name: 'Search actions' })).toHaveValue('lists users by')

  await page.getByRole('button', { name: 'Clear the search' }).click()
  await actions(page).getByRole('link', { name: 'get', exact: true }).first().click()
  await page.getByLabel('userId').fill(people.member.email)
  await run(page).click()
  await expect(answer(page)).toContainText(`"id": "${people.member.email}"`)
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'user.list' })).toBeVisible()
  await expect(page.getByLabel('pageSize')).toHaveValue('1')
})

test('a field of a large object is added, filled and taken out again', async ({ page, people }) => {
  await open(page, '?service=user&action=list')
  await page.getByRole('combobox', { name: 'Add a field of filter' }).click()
  await page.keyboard.type('idE')
  await page.getByRole('option', { name: 'idEqual', exact: true }).click()
  await expect(page.getByRole('textbox', { name: /^idEqual/ })).toBeFocused()
  await page.keyboard.type(people.member.email)
  await page.keyboard.press('Enter')
  await expect(answer(page)).toContainText('"totalCount": 1')
  await expect(page).toHaveURL(/p\.filter\.idEqual=/)
  await page.getByRole('button', { name: 'Remove idEqual' }).click()
  await run(page).click()
  await expect(answer(page)).toContainText('"totalCount": 2')
})

test('what changes data asks first, and the list of users knows of it', async ({ page }) => {
  await open(page, '?service=user&action=add&p.user.id=explored&p.user.firstName=Explored')
  await run(page).click()
  const dialog = page.getByRole('dialog', { name: 'Run user.add?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(dialog).toContainText('"id": "explored"')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Run the action to see what it answers.')).toBeVisible()

  await run(page).click()
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(answer(page)).toContainText('"objectType": "KalturaUser"')
  await run(page).click()
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText(/^Refused with DUPLICATE_USER_BY_ID/).first()).toBeVisible()
  await expect(answer(page)).toContainText('"UID": "explored"')

  await open(page, '?service=user&action=delete&p.userId=explored')
  await run(page).click()
  await page.getByRole('dialog', { name: 'Run user.delete?' }).getByRole('button', { name: 'Run', exact: true }).click()
  await expect(answer(page)).toContainText('"status": 2')
})

test('S12 a secret is sent but neither in the address nor in what is copied', async ({ page, people }) => {
  const { email, password } = people.owner
  await open(page, '?service=user&action=loginByLoginId&code=javascript&p.password=from-a-link')
  await page.getByLabel('loginId').fill(email)
  await expect(page.getByRole('textbox', { name: /^password/ })).toHaveValue('')
  await run(page).click()
  await expect(page.getByText('Fill this in')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^password/ })).toBeFocused()

  await page.keyboard.type(password)
  expect(page.url()).not.toContain('Velvet')
  await expect(page.getByRole('region', { name: 'The call for JavaScript' })).toContainText(`"${email}", "YOUR_PASSWORD"`)
  await run(page).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('YOUR_PASSWORD')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(answer(page)).toContainText('"djJ8')
})

test('the OpenAPI document lists the same actions', async ({ page, request }) => {
  const response = await request.get('/api/openapi.json')
  expect(response.headers()).toMatchObject({ 'content-type': 'application/json', etag: expect.stringMatching(/^".+"$/) })
  const { openapi, paths, servers } = await response.json()
  expect(openapi).toMatch(/^3\.1/)
  expect(servers[0].url).toMatch(/\/api_v3$/)
  const again = await request.get('/api/openapi.json', { headers: { 'if-none-match': response.headers()['etag'] ?? '' } })
  expect(again.status()).toBe(304)

  await open(page)
  await expect(actions(page).getByRole('link')).toHaveCount(Object.keys(paths).length)
})

const looks = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'dark', colorScheme: 'dark', width: 1440 },
  { name: 'a tablet', colorScheme: 'light', width: 820 },
  { name: 'a phone', colorScheme: 'light', width: 390 },
  { name: 'a dark phone', colorScheme: 'dark', width: 390 },
] as const

for (const { name, colorScheme, width } of looks) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport: { width, height: 844 } })

    test(`axe finds nothing in the explorer (${name}), in both directions of writing`, async ({ page }) => {
      test.slow()
      const isFine = async () => {
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
      }
      await open(page)
      await isFine()
      await page.getByRole('searchbox', { name: 'Search actions' }).fill('no such action')
      await expect(page.getByText('No action matches')).toBeVisible()
      await isFine()
      await open(page, '?service=user&action=fly')
      await expect(page.getByRole('alert').filter({ hasText: 'There is no such action' })).toBeVisible()
      await isFine()

      await open(page, '?service=user&action=list&p.filter.statusEqual=1&p.filter.isAdminEqual=1&p.pager.pageSize=5')
      await run(page).click()
      await expect(answer(page)).toContainText('KalturaUserListResponse')
      for (const part of ['Who may call it', 'What it answers', 'Errors']) await page.getByRole('button', { name: part }).click()
      await isFine()
      await open(page, '?service=user&action=update&code=python&p.user.capabilities=%7B')
      await run(page).click()
      await expect(page.getByText('Enter a list in JSON, such as []')).toBeVisible()
      await isFine()
      await open(page, '?service=user&action=delete&p.userId=nobody')
      await run(page).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await isFine()
      await page.keyboard.press('Escape')
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
      await isFine()
    })
  })
}

test('on a phone the list gives way to the action, and comes back', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page)
  await actions(page).getByRole('link', { name: 'list', exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'user.list' })).toBeVisible()
  await expect(actions(page)).toBeHidden()
  await page.getByRole('link', { name: 'All actions' }).click()
  await expect(actions(page)).toBeVisible()
})
