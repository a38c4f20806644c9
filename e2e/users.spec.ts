import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll, forEveryLook, test, untilAlive } from './fixtures'
import { addPeople } from './people'

/** What an administrator does with people, a thousand of them, in the browser. Each story has a person of its own. */

test.use({ only: 'of a thousand' })

test.beforeAll(async ({ account, people, baseURL }) => {
  test.setTimeout(180_000)
  expect(people.owner.email).toBeTruthy()
  await addPeople(baseURL ?? '', account)
})

test.beforeEach(({ signInAs }) => signInAs('owner'))

/** 1,000 of the file, the owner and the member. */
const everybody = '1,002 users'

const rows = (page: Page) => page.getByRole('table', { name: 'Users' }).getByRole('row')
const rowOf = (page: Page, name: string) => rows(page).filter({ has: page.getByRole('link', { name, exact: true }) })
const results = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: /users?$/ })).toHaveText(text)

async function find(page: Page, text: string) {
  await page.getByRole('searchbox', { name: 'Search users' }).fill(text)
  await expect(page).toHaveURL((url) => (url.searchParams.get('q') ?? '') === text)
}

/** The page of the one person whom a search finds. */
async function openPage(page: Page, id: string) {
  await page.goto(`/users/${id}`)
  await untilAlive(page)
}

async function chooseFilter(page: Page, filter: string, value: string) {
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('combobox', { name: filter, exact: true }).click()
  await page.getByRole('option', { name: value, exact: true }).click()
  await page.keyboard.press('Escape')
}

test('an administrator finds people by any part of their name, whatever the accents', async ({ page }) => {
  await results(page, everybody)
  await find(page, 'schro')
  await expect(rowOf(page, 'Jürgen Schröder')).toBeVisible()
  await expect(rowOf(page, 'Jürgen Schröder').locator('mark').first()).toHaveText('Schrö')
  await results(page, /^\d+ users?$/)

  await find(page, '大輔 高')
  await expect(rowOf(page, '大輔 高橋').first()).toBeVisible()
  await find(page, 'emp-100011')
  await expect(rowOf(page, 'محمد عبدالله')).toBeVisible()

  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('emp-100011')
  await expect(rowOf(page, 'محمد عبدالله')).toBeVisible()
  await find(page, 'nobody is called this')
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Clear search and filters' }).click()
  await results(page, everybody)
})

test('sorting, pages and their size are in the address, and back undoes each', async ({ page }) => {
  await find(page, 'wolf')
  const name = page.getByRole('columnheader', { name: 'Name' })
  const names = () => rows(page).getByRole('link').allTextContents()
  await name.getByRole('button').click()
  await expect(name).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => isSorted(await names())).toBe(true)
  await name.getByRole('button').click()
  await expect(name).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(async () => isSorted((await names()).reverse())).toBe(true)

  await find(page, '')
  await results(page, everybody)
  // The id: times in a row move on by themselves.
  const top = rows(page).nth(1).getByRole('cell').nth(1)
  const first = await top.textContent()
  const next = page.getByRole('button', { name: 'Next page' })
  const previous = page.getByRole('button', { name: 'Previous page' })
  await expect(previous).toBeDisabled()
  await next.click()
  await expect(top).not.toHaveText(first ?? '')
  await expect(page).toHaveURL(/cursor=/)
  const second = await top.textContent()
  await page.reload()
  await expect(top).toHaveText(second ?? '')
  await untilAlive(page)
  await previous.click()
  await expect(top).toHaveText(first ?? '')

  await page.getByRole('combobox', { name: 'Rows on a page' }).click()
  await page.getByRole('option', { name: '100', exact: true }).click()
  await expect(rows(page)).toHaveCount(101)
  await page.goBack()
  await expect(rows(page)).toHaveCount(26)
  await page.goBack()
  await expect(top).toHaveText(second ?? '')
})

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

function isSorted(names: string[]) {
  const keys = names.map(folded)
  return keys.length > 1 && keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') <= key)
}

test('filters narrow the list, each can be taken away, and a link shows the same to a colleague', async ({ page }) => {
  await chooseFilter(page, 'Login', 'Login on')
  await results(page, '2 users')
  await chooseFilter(page, 'Administrator', 'Yes')
  await results(page, '1 user')
  const link = page.url()

  await page.getByRole('button', { name: 'Remove filter: Administrator: Yes' }).click()
  await results(page, '2 users')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await results(page, everybody)

  await page.goto(link)
  await results(page, '1 user')
  await expect(rows(page).nth(1)).toContainText('Owner')
  await page.goto('/users?status=nonsense&size=3&sort=password&cursor=')
  await results(page, everybody)
})

test('columns are chosen and stay chosen', async ({ page }) => {
  await page.getByRole('button', { name: 'Columns' }).click()
  // The box is ticked when the address says so, a moment after the click.
  await page.getByRole('checkbox', { name: 'City' }).click()
  await expect(page.getByRole('checkbox', { name: 'City' })).toBeChecked()
  await page.getByRole('checkbox', { name: 'Roles' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'City' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Roles' })).toHaveCount(0)
  await find(page, 'emp-100003')
  await expect(rowOf(page, 'Leonie Wolf')).toContainText('Köln')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'City' })).toBeVisible()
})

test('a row opens the drawer, the name the page, and with a modifier a tab of its own', async ({ page, context }) => {
  await find(page, 'emp-100006')
  await rowOf(page, 'Jessica Williams').getByRole('cell').nth(2).click()
  const drawer = page.getByRole('dialog', { name: 'Jessica Williams' })
  await expect(drawer).toContainText('jessica.williams5000042@us.example')
  await expect(page).toHaveURL(/user=emp-100006/)
  await page.keyboard.press('Escape')
  await expect(drawer).toHaveCount(0)
  await expect(page).not.toHaveURL(/user=/)

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    rowOf(page, 'Jessica Williams')
      .getByRole('cell')
      .nth(2)
      .click({ modifiers: ['ControlOrMeta'] }),
  ])
  await expect(tab.getByRole('heading', { level: 1, name: 'Jessica Williams' })).toBeVisible()
  await tab.close()

  await page.getByRole('link', { name: 'Jessica Williams' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Jessica Williams' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('searchbox')).toHaveValue('emp-100006')
})

test('an administrator adds people one after the other, and every mistake lands on its field', async ({ page }) => {
  await page.getByRole('button', { name: 'Add user' }).click()
  const drawer = page.getByRole('dialog', { name: 'Add user' })
  const email = drawer.getByLabel('E-mail')
  const id = drawer.getByLabel('User id')
  await drawer.getByRole('button', { name: 'Add user' }).click()
  await expect(id).toHaveAttribute('aria-invalid', 'true')
  await email.fill('grace at velvet')
  await expect(id).not.toHaveAttribute('aria-invalid')
  await drawer.getByRole('button', { name: 'Add user' }).click()
  await expect(drawer).toContainText('Type a whole address')
  await expect(email).toBeFocused()
  await email.fill('grace@velvet.example')
  await expect(id).toHaveValue('grace@velvet.example')
  await id.fill('emp-100007')
  await email.fill('grace.hopper@velvet.example')
  await expect(id).toHaveValue('emp-100007')
  await drawer.getByLabel('First name').fill('Grace')
  await drawer.getByLabel('Last name').fill('Hopper')
  await drawer.getByRole('button', { name: 'Add user' }).click()
  await expect(id)
    .toHaveAccessibleErrorMessage(/taken/)
    .catch(() => expect(drawer).toContainText('is taken'))
  await expect(id).toBeFocused()

  await id.fill('grace')
  await drawer.getByRole('radio', { name: 'Set a password now' }).check()
  await drawer.getByLabel('Password', { exact: true }).fill('short')
  await drawer.getByRole('button', { name: 'Save and add another' }).click()
  await expect(drawer.getByLabel('Password', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await drawer.getByLabel('Password', { exact: true }).fill('Velvet-rope 28 steps')
  await drawer.getByRole('button', { name: 'Save and add another' }).click()
  await expect(page.getByText('Grace Hopper was added')).toBeVisible()
  await expect(email).toBeFocused()
  await expect(id).toHaveValue('')

  await email.fill('ada@velvet.example')
  await drawer.getByLabel('First name').fill('Ada')
  await drawer.getByLabel('Last name').fill('Lovelace')
  await drawer.getByRole('switch', { name: 'Administrator' }).check()
  await expect(drawer.getByRole('radio', { name: 'Send an invitation' })).toBeChecked()
  await drawer.getByRole('button', { name: 'Add user' }).click()
  await expect(drawer).toHaveCount(0)

  await find(page, 'lovelace')
  await expect(rowOf(page, 'Ada Lovelace')).toContainText('Admin')
  await find(page, 'hopper')
  await expect(rowOf(page, 'Grace Hopper')).toContainText('Login on')
})

test('what is edited is counted, saved, and told in the activity field by field', async ({ page }) => {
  await openPage(page, 'emp-100008')
  const company = page.getByLabel('Company')
  await company.fill('Analytical Engines')
  await page.getByLabel('City').fill('Sevilla')
  await expect(page.getByRole('status').filter({ hasText: 'not saved' })).toHaveText('2 changes not saved')
  await page.getByLabel('City').fill('Córdoba')
  await expect(page.getByRole('status').filter({ hasText: 'not saved' })).toHaveText('1 change not saved')

  await page.getByRole('link', { name: 'Users' }).first().click()
  const warning = page.getByRole('dialog', { name: 'Leave without saving?' })
  await expect(warning).toBeVisible()
  await warning.getByRole('button', { name: 'Stay' }).last().click()
  await expect(company).toHaveValue('Analytical Engines')

  await company.fill('Analytical <b>Engines</b>')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(company).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('Remove what looks like HTML')).toBeVisible()
  await company.fill('Analytical Engines')
  await page.getByLabel('Date of birth').fill('1990-02-28')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Unsaved changes' })).toHaveCount(0)

  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(page).toHaveURL(/tab=activity/)
  const entry = page.getByRole('listitem').filter({ hasText: 'Changed' }).first()
  await expect(entry.getByRole('row', { name: /Company/ })).toHaveText(/Company.*empty.*Analytical Engines/)
  await expect(entry.getByRole('row', { name: /Date of birth/ })).toContainText('1990-02-28')
  await expect(page.getByRole('listitem').last()).toContainText('Added')
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Activity' })).toHaveAttribute('aria-selected', 'true')
})

test('of two who save the same person the later one chooses field by field', async ({ page, context }) => {
  await openPage(page, 'emp-100010')
  const other = await context.newPage()
  await openPage(other, 'emp-100010')

  await page.getByLabel('Company').fill('Mine')
  await page.getByLabel('City').fill('Pune West')
  await page.getByLabel('Title', { exact: true }).fill('Mine too')
  await other.getByLabel('Company').fill('Theirs')
  await other.getByLabel('Title', { exact: true }).fill('Theirs too')
  await other.getByLabel('State').fill('MH')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Saved', { exact: true })).toBeVisible()

  await page.bringToFront()
  await page.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this user' })
  await expect(dialog.getByRole('radiogroup')).toHaveCount(2)
  await expect(dialog).toContainText('Only you changed')
  await expect(dialog.getByText('State: MH')).toBeVisible()
  await expectAccessible(page)
  await dialog
    .getByRole('radiogroup', { name: 'Company' })
    .getByRole('radio', { name: /Theirs/ })
    .click()
  await dialog.getByRole('button', { name: 'Save the choice' }).click()
  await expect(dialog).toHaveCount(0)

  await page.reload()
  await expect(page.getByLabel('Company')).toHaveValue('Theirs')
  await expect(page.getByLabel('Title', { exact: true })).toHaveValue('Mine too')
  await expect(page.getByLabel('City')).toHaveValue('Pune West')
  await expect(page.getByLabel('State')).toHaveValue('MH')
})

test('a person is blocked with a reason and an end, undone, and unblocked', async ({ page }) => {
  await openPage(page, 'emp-100013')
  const header = page.getByRole('main')
  await page.getByRole('button', { name: 'Block…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Block Mia Wagner?' })
  await dialog.getByLabel('Reason').fill('Left the project')
  await dialog.getByRole('radio', { name: '7 days' }).check()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  await expect(header.getByText(/^Blocked until/).first()).toBeVisible()
  await expect(header).toContainText('Left the project')

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Block…' })).toBeVisible()

  await page.getByRole('button', { name: 'Block…' }).click()
  await dialog.getByRole('radio', { name: 'A date' }).check()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(dialog).toContainText('Choose a day in the future')
  await dialog.getByRole('radio', { name: 'No end' }).check()
  await dialog.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByRole('button', { name: 'Unblock' }).click()
  await expect(header.getByText('Active', { exact: true }).first()).toBeVisible()

  // What was changed beside the form does not count as somebody else's change.
  await page.getByLabel('Company').fill('Back again')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
})

test('a deleted person is gone, can be taken back at once, and later', async ({ page }) => {
  await find(page, 'emp-100014')
  await page.getByRole('button', { name: 'Details of Anders Olsson' }).click()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Anders Olsson?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rowOf(page, 'Anders Olsson')).toBeVisible()

  await page.getByRole('link', { name: 'Anders Olsson' }).click()
  await untilAlive(page)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page).toHaveURL(/\/users$/)

  await page.goto('/users?status=deleted&q=emp-100014')
  await untilAlive(page)
  await expect(page.getByRole('link', { name: 'Anders Olsson' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Details of Anders Olsson' }).click()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Anders Olsson is back')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Nobody matches' })).toBeVisible()
  await openPage(page, 'emp-100014')
  await expect(page.getByRole('heading', { level: 1, name: 'Anders Olsson' })).toBeVisible()
})

test.describe('somebody who is not there', () => {
  // What the browser says of a page that is not found.
  test.use({ expectedError: /status of 404/ })

  test('has a page that says so within the console, and leads to the deleted', async ({ page }) => {
    await page.goto('/users/nobody-at-all')
    await expect(page.getByRole('heading', { level: 1, name: 'There is no such user' })).toBeVisible()
    await expect(page).toHaveTitle('There is no such user · Usher')
    await expect(page.getByRole('main')).toHaveCount(1)
    await expectAccessible(page)
    await untilAlive(page)
    await page.getByRole('link', { name: 'See deleted users' }).click()
    await expect(page).toHaveURL(/status=deleted/)
  })
})

test.describe('on a small laptop', () => {
  test.use({ viewport: { width: 1280, height: 800 } })

  test('the columns of the beginning fit, to the time by which they are sorted', async ({ page }) => {
    await find(page, 'emp-10001')
    await results(page, /^\d+ users?$/)
    const table = page.getByRole('region', { name: 'Users' })
    await expect(table.getByRole('columnheader', { name: 'Created' })).toBeInViewport({ ratio: 1 })
    expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the end of the filters is reached, and Escape closes the choice before the filters', async ({ page }) => {
    const panel = page.getByRole('dialog', { name: 'Filters' })
    await page.getByRole('button', { name: 'Filters' }).click()
    await panel.getByRole('combobox', { name: 'Sort' }).click()
    await expect(panel.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel.getByRole('option')).toHaveCount(0)
    await expect(panel).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
  })
})

test('neither the owner nor oneself can be blocked or deleted, and the page says why', async ({ page, people }) => {
  await openPage(page, people.owner.email)
  await expect(page.getByText('The account owner cannot be blocked or deleted.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Block…' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Delete…' })).toBeDisabled()
  await expect(page.getByText('You cannot change your own roles.')).toBeVisible()
})

test.describe('a server that fails', () => {
  test.use({ expectedError: /status of 500|Failed to load resource/ })

  test('leaves the list on the screen, says so with a request id, and is asked again', async ({ page }) => {
    const error = {
      code: 'INTERNAL_SERVERL_ERROR',
      message: 'Something went wrong on our side.',
      args: {},
      fields: {},
      requestId: 'req-42',
    }
    await page.route('**/api/user/list*', (route) => route.fulfill({ status: 500, json: { ok: false, error } }))
    await page.getByRole('columnheader', { name: 'E-mail' }).getByRole('button').click()
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toContainText('req-42')
    await page.unroute('**/api/user/list*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'could not be loaded' })).toHaveCount(0)
    await expect(rows(page)).toHaveCount(26)
  })
})

test('an administrator finds, looks at, edits and blocks a person by keyboard alone', async ({ page }) => {
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('emp-100015')
  await expect(rows(page)).toHaveCount(2)

  const details = page.getByRole('button', { name: 'Details of Elizabeth Scott' })
  await tabTo(page, details)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Elizabeth Scott' })).toBeVisible()
  await tabTo(page, page.getByRole('link', { name: 'Open page' }))
  await page.keyboard.press('Escape')
  await expect(details).toBeFocused()

  await tabTo(page, page.getByRole('link', { name: 'Elizabeth Scott' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Elizabeth Scott' })).toBeVisible()
  await untilAlive(page)

  await tabTo(page, page.getByLabel('First name'))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Eliza')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Eliza Scott' })).toBeVisible()

  await tabTo(page, page.getByRole('button', { name: 'Block…' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Reason')).toBeFocused()
  await page.keyboard.type('By keyboard')
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Block', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Block…' })).toBeVisible()
})

test('an administrator is added by keyboard alone: Enter opens the roles, and sends the form from a line of text', async ({
  page,
}) => {
  await tabTo(page, page.getByRole('button', { name: 'Add user' }))
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: 'Add user' })
  await expect(drawer.getByLabel('E-mail')).toBeFocused()
  await page.keyboard.type('mary@velvet.example')
  await tabTo(page, drawer.getByRole('switch', { name: 'Administrator' }))
  await page.keyboard.press('Space')
  const roles = drawer.getByRole('combobox', { name: 'Role' })
  await tabTo(page, roles)
  await page.keyboard.press('Enter')
  await expect(roles).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Enter')
  await expect(drawer.getByRole('button', { name: 'Add user' })).toBeEnabled()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(roles).toHaveAttribute('aria-expanded', 'false')
  await tabTo(page, drawer.getByRole('combobox', { name: 'Type' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: 'Person' })).toBeVisible()
  await page.keyboard.press('Escape')

  await tabTo(page, drawer.getByLabel('First name'), 'Shift+Tab')
  await page.keyboard.type('Mary')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Mary was added')).toBeVisible()
  await expect(drawer).toHaveCount(0)
  await find(page, 'mary@velvet.example')
  await expect(rowOf(page, 'Mary')).toContainText('Admin')
  await expect(rowOf(page, 'Mary').getByRole('cell').nth(3)).not.toBeEmpty()
})

test('a new person that is typed half is not dropped without a question, nor given a password that holds the name', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Add user' }).click()
  const drawer = page.getByRole('dialog', { name: 'Add user' })
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await drawer.getByLabel('Last name').fill('Archer')
  await drawer.getByRole('radio', { name: 'Set a password now' }).check()
  await drawer.getByLabel('Password', { exact: true }).fill('annarcher-7')
  await expect(drawer.getByText('Easy to guess: it holds the name')).toBeVisible()

  await page.keyboard.press('Escape')
  await expect(question).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(drawer.getByLabel('Last name')).toHaveValue('Archer')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(drawer).toHaveCount(0)
})

forEveryLook(({ name }) => {
  test(`whoever tabs through a form sees where he is (${name})`, async ({ page }) => {
    await openPage(page, 'emp-100016')
    const firstName = page.getByLabel('First name')
    await firstName.fill('Seen')
    await expect(page.getByRole('region', { name: 'Unsaved changes' })).toBeVisible()
    await expectSeenOnTheWay(page, page.getByLabel('Attendance data'))
    await expectSeenOnTheWay(page, firstName, 'Shift+Tab')

    await page.getByRole('button', { name: 'Discard' }).click()
    // The bar comes up while the last field in sight is typed into.
    const city = page.getByLabel('City')
    await city.evaluate((field) => field.scrollIntoView({ block: 'end' }))
    // As what fills in forms does: it moves no caret that the browser would follow.
    await city.fill('x')
    await expect(page.getByRole('region', { name: 'Unsaved changes' })).toBeVisible()
    await expect.poll(() => coverOfFocused(page)).toBeNull()
    await page.getByRole('button', { name: 'Discard' }).click()

    await page.goto('/users?add=1')
    const email = page.getByRole('dialog', { name: 'Add user' }).getByLabel('E-mail')
    await expect(email).toBeFocused()
    await expectSeenOnTheWay(page, page.getByRole('dialog').getByRole('button', { name: 'Add user' }))
    await expectSeenOnTheWay(page, email, 'Shift+Tab')
  })
})

/** Nothing covers what has the focus, at any step. */
async function expectSeenOnTheWay(page: Page, end: Locator, key = 'Tab') {
  await tabTo(page, end, key, async () => expect(await coverOfFocused(page)).toBeNull())
}

/** What covers the middle of the field that has the focus, or null. */
function coverOfFocused(page: Page) {
  return page.evaluate(() => {
    const focused = document.activeElement
    // What is drawn in place of a switch or a radio button stands beside it.
    const shown = focused?.closest('label, .mantine-Switch-root, .mantine-Radio-root, .mantine-InputWrapper-root') ?? focused
    if (!focused || !shown || !focused.matches('input, textarea')) return null
    const { x, y, width, height } = focused.getBoundingClientRect()
    const top = document.elementFromPoint(x + width / 2, y + height / 2)
    return top && (shown.contains(top) || top.contains(focused))
      ? null
      : `${focused.getAttribute('name')} is covered by ${top?.className}`
  })
}

const mostSteps = 60

/** Goes on with the key until the place has the focus, as a person does who cannot point. */
async function tabTo(page: Page, place: Locator, key = 'Tab', onStep: () => unknown = () => {}) {
  for (let step = 0; step < mostSteps; step++) {
    await page.keyboard.press(key)
    await onStep()
    if (await place.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`Not reached with ${mostSteps} times ${key}`)
}

forEveryLook(({ name }) => {
  test(`axe finds nothing on the users' pages (${name}), in both directions of writing`, async ({ page }) => {
    const isFine = async () => {
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    await results(page, /users$/)
    await isFine()
    await page.getByRole('button', { name: 'Filters' }).click()
    await expect(page.getByRole('dialog', { name: 'Filters' })).toBeVisible()
    await isFine()

    for (const path of ['/users?q=schro&status=all', '/users?q=nobody+is+called+this']) {
      await page.goto(path)
      await isFine()
    }
    await page.goto('/users?user=emp-100011')
    await expect(page.getByRole('dialog').getByRole('button', { name: 'Block…' })).toBeVisible()
    await isFine()
    await page.goto('/users?add=1')
    await expect(page.getByRole('dialog', { name: 'Add user' }).getByLabel('E-mail')).toBeVisible()
    await isFine()

    await openPage(page, 'emp-100011')
    await page.getByLabel('Company').fill('شركة')
    await expect(page.getByRole('button', { name: 'Save' })).toBeVisible()
    await isFine()
    await page.getByRole('button', { name: 'Delete…' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await isFine()
    await page.goto('/users/emp-100011?tab=activity')
    await expect(page.getByRole('listitem').filter({ hasText: 'Added' })).toBeVisible()
    await isFine()

    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await isFine()
    await page.goto('/users')
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await isFine()
  })
})
