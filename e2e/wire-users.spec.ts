import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { readMail } from './mailbox'
import { usher } from './usher'
import { type Account, clientOf, ksVersion2, raw, user } from './wire-client'
import { actionsOf, playInOneRequest, playSingly, type Story } from './wire-story'

/** Every action of the user service by the official client: alone, and in one request with others. */
const { User, UserFilter, UserLoginDataFilter } = kaltura.objects

const domain = `${randomUUID()}.example`
const password = 'A-quiet-harbour-3'
const second = 'A-louder-harbour-4'
const third = 'A-calmer-harbour-5'

let account: Account
let client: Client

test.beforeAll(async ({ baseURL }) => {
  const owner = { adminEmail: `owner@${domain}`, adminPassword: password }
  account = await usher<Account>('partner.create', { name: 'Users', ...owner })
  const { partnerId } = account
  const settings = { features: 'FEATURE_VAR_CONSOLE_LOGIN', adminLoginUsersQuota: -1, secondFactor: 'admins' }
  await usher('partner.update', { partnerId, ...settings })
  client = clientOf(baseURL ?? '', ksVersion2(account, { userId: account.adminUserId }))
})

const isKs = expect.stringMatching(/^djJ8/)

const people: Story = [
  [
    'user.add',
    ({ own }) => user.add(new User({ id: own('grace'), firstName: 'Grace', tags: 'sea' })),
    { objectType: 'KalturaUser', firstName: 'Grace', status: 1, isAdmin: false, loginEnabled: false },
  ],
  ['user.get', ({ from }) => user.get(from('user.add', 'id')), { objectType: 'KalturaUser', firstName: 'Grace', tags: 'sea' }],
  [
    'user.update',
    ({ from }) => user.update(from('user.add', 'id'), new User({ lastName: 'Hopper', tags: '' })),
    { firstName: 'Grace', lastName: 'Hopper', tags: '' },
  ],
  ['user.index', ({ from }) => user.index(from('user.add', 'id')), expect.stringMatching(/^grace-/)],
  [
    'user.list',
    ({ from }) => user.listAction(new UserFilter({ idEqual: from('user.add', 'id') })),
    { objectType: 'KalturaUserListResponse', totalCount: 1, objects: [{ lastName: 'Hopper' }] },
  ],
  [
    'user.enableLogin',
    ({ own, from }) => user.enableLogin(from('user.add', 'id'), `${own('grace')}@${domain}`, password),
    { loginEnabled: true, email: expect.stringContaining(domain), encryptedSeed: '' },
  ],
  [
    'user.getByLoginId',
    ({ from }) => user.getByLoginId(from('user.enableLogin', 'email')),
    { objectType: 'KalturaUser', lastName: 'Hopper' },
  ],
  [
    'user.checkLoginDataExists',
    ({ from }) => user.checkLoginDataExists(new UserLoginDataFilter({ loginEmailEqual: from('user.enableLogin', 'email') })),
    true,
  ],
  ['user.login', ({ from }) => user.login(account.partnerId, from('user.add', 'id'), password), isKs],
  ['user.loginByLoginId', ({ from }) => user.loginByLoginId(from('user.enableLogin', 'email'), password), isKs],
  [
    'user.updateLoginData',
    ({ from }) => user.updateLoginData(from('user.enableLogin', 'email'), password, '', second, 'Amazing'),
    null,
  ],
  [
    'user.loginDataResetPassword',
    ({ from }) => user.loginDataResetPassword(from('user.enableLogin', 'email'), third),
    { objectType: 'KalturaUser', firstName: 'Amazing' },
  ],
  [
    'user.login with the newest password',
    ({ from }) => user.login(account.partnerId, from('user.add', 'id'), third, 600, 'edit:a'),
    isKs,
  ],
  ['user.resetPassword', ({ from }) => user.resetPassword(from('user.enableLogin', 'email')), null],
  [
    'user.disableLogin',
    ({ from }) => user.disableLogin(from('user.add', 'id')),
    { loginEnabled: false, email: expect.stringContaining(domain) },
  ],
  [
    'user.delete',
    ({ from }) => user.deleteAction(from('user.add', 'id')),
    { objectType: 'KalturaUser', status: 2, deletedAt: expect.any(Number) },
  ],
  [
    'user.add of an administrator',
    ({ own }) => user.add(new User({ id: own('ada'), isAdmin: true, email: `${own('ada')}@${domain}`, password })),
    { isAdmin: true, loginEnabled: true, roleIds: expect.stringMatching(/^\d+$/), roleNames: expect.stringMatching(/./) },
  ],
  [
    'user.demoteAdmin',
    ({ from }) => user.demoteAdmin(from('user.add of an administrator', 'id')),
    { isAdmin: false, loginEnabled: true, roleIds: '' },
  ],
  [
    'user.loginByKs to the same account',
    () => user.loginByKs(account.partnerId),
    { objectType: 'KalturaSessionResponse', ks: isKs },
  ],
]

test('B1 the story of a user, call by call', () => playSingly(people, client))

test('B2 the story of a user in one request, later calls referring to earlier ones', () => playInOneRequest(people, client))

const authentication = { objectType: 'KalturaAuthentication' }

/** What people do with the keys of mailed links. */
const keys = (ofPassword: string, ofEnrolment: string): Story => [
  ['user.validateHashKey', () => user.validateHashKey(ofPassword), authentication],
  ['user.setInitialPassword', () => user.setInitialPassword(ofPassword, second), authentication],
  [
    'user.validateHashKey of a used key',
    () => user.validateHashKey(ofPassword),
    { code: 'NEW_PASSWORD_HASH_KEY_INVALID', args: [], objectType: 'KalturaAPIException' },
  ],
  ['user.generateQrCode', () => user.generateQrCode(ofEnrolment), expect.stringMatching(/^iVBORw0KGgo/)],
]

test('B1 B12 the keys of mailed links, call by call', async () => {
  const refused = 'user.validateHashKey of a used key'
  const story = keys(await passwordKey('alan'), await enrolmentKey('edith'))
  // The client rejects with what stands inside the answers of one request.
  await playSingly(
    story.filter(([step]) => step !== refused),
    client,
  )
})

test('B2 B12 the keys of mailed links, in one request', async () => {
  await playInOneRequest(keys(await passwordKey('barbara'), await enrolmentKey('frances')), client)
})

test('every action of the user service is in a story', async ({ request }) => {
  const played = actionsOf(people, keys('', ''))
  const toldWithFiles = ['user.addFromBulkUpload', 'user.exportToCsv', 'user.serveCsv', 'user.notifyBan']
  const ownOfUsher = ['user.restore', 'user.acceptInvitation', 'user.unlock', 'user.resetSecondFactor']
  const others = [...toldWithFiles, ...ownOfUsher]
  const { paths } = (await (await request.get('/api/openapi.json')).json()) as { paths: Record<string, unknown> }
  const served = Object.keys(paths).map((path) => path.replace(/^\/service\/(\w+)\/action\/(\w+)$/, '$1.$2'))
  const missing = served.filter((name) => name.startsWith('user.') && !played.has(name) && !others.includes(name))
  expect(missing).toEqual([])
})

/** The key of the link that a new person's reset mail brings. */
async function passwordKey(id: string) {
  const email = `${id}@${domain}`
  await user.add(new User({ id, email, password })).execute(client)
  await user.resetPassword(email).execute(client)
  return keyOf((await readMail(email, /password/i)).link)
}

/** The key of the link that an administrator is mailed to enrol an authenticator with. */
async function enrolmentKey(id: string) {
  const email = `${id}@${domain}`
  await user.add(new User({ id, email, password, isAdmin: true })).execute(client)
  await raw('user', 'resetSecondFactor', { userId: id }).execute(client)
  return keyOf((await readMail(email, /set up your second factor/i)).link)
}

const keyOf = (link: string) => decodeURIComponent(new URL(link).pathname.split('/').at(-1) ?? '')
