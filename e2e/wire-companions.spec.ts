import { createHash, randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { usher } from './usher'
import { type Account, clientOf, ksVersion2 } from './wire-client'
import { actionsOf, playInOneRequest, playSingly, type Story } from './wire-story'

/** The services that programs call beside `user` (appendix A), each action by the official client: alone, and in one request with others. */
const { appToken, group, groupUser, partner, permission, session, system, user, userRole } = kaltura.services
const { AppToken, AppTokenFilter, FilterPager, Group, GroupFilter, GroupUser, GroupUserFilter } = kaltura.objects
const { PermissionFilter, User, UserRole, UserRoleFilter } = kaltura.objects
const { SessionType } = kaltura.enums

let account: Account
let client: Client
let address: string

test.beforeAll(async ({ baseURL }) => {
  address = baseURL ?? ''
  const owner = { adminEmail: `${randomUUID()}@companions.example`, adminPassword: 'A-winding-stair-8' }
  account = await usher<Account>('partner.create', { name: 'Companions', ...owner })
  client = clientOf(address, ksVersion2(account, { userId: account.adminUserId }))
})

const isKs = expect.stringMatching(/^djJ8/)
const isEpoch = expect.any(Number)

const roles: Story = [
  [
    'userRole.add',
    ({ own }) => userRole.add(new UserRole({ name: own('Ushers'), permissionNames: 'ADMIN_BASE', tags: 'doors' })),
    { objectType: 'KalturaUserRole', status: 1, permissionNames: 'ADMIN_BASE', createdAt: isEpoch },
  ],
  ['userRole.get', ({ from }) => userRole.get(from('userRole.add', 'id')), { objectType: 'KalturaUserRole', tags: 'doors' }],
  [
    'userRole.update',
    ({ from }) => userRole.update(from('userRole.add', 'id'), new UserRole({ description: 'At the doors' })),
    { description: 'At the doors', permissionNames: 'ADMIN_BASE' },
  ],
  [
    'userRole.list',
    ({ from }) => userRole.listAction(new UserRoleFilter({ idEqual: from('userRole.add', 'id') })),
    { objectType: 'KalturaUserRoleListResponse', totalCount: 1, objects: [{ description: 'At the doors' }] },
  ],
  [
    'userRole.clone',
    ({ from }) => userRole.cloneAction(from('userRole.add', 'id')),
    { name: expect.stringContaining(' copy ('), permissionNames: 'ADMIN_BASE' },
  ],
  // The answer of an action that only does something is null.
  ['userRole.delete of the copy', ({ from }) => userRole.deleteAction(from('userRole.clone', 'id')), { status: 3 }],
  ['userRole.delete', ({ from }) => userRole.deleteAction(from('userRole.add', 'id')), { status: 3 }],
  [
    'permission.list',
    () => permission.listAction(new PermissionFilter({ nameEqual: 'ADMIN_BASE' })),
    { objectType: 'KalturaPermissionListResponse', totalCount: 1, objects: [{ name: 'ADMIN_BASE', partnerId: 0 }] },
  ],
]

const groups: Story = [
  ['user.add', ({ own }) => user.add(new User({ id: own('grace') })), { objectType: 'KalturaUser' }],
  [
    'group_group.add',
    ({ own }) => group.add(new Group({ id: own('choir'), screenName: 'Choir' })),
    { objectType: 'KalturaGroup', screenName: 'Choir', membersCount: 0 },
  ],
  [
    'groupUser.add',
    ({ from }) => groupUser.add(new GroupUser({ userId: from('user.add', 'id'), groupId: from('group_group.add', 'id') })),
    { objectType: 'KalturaGroupUser', status: 0 },
  ],
  [
    'groupUser.list',
    ({ from }) => groupUser.listAction(new GroupUserFilter({ groupIdEqual: from('group_group.add', 'id') })),
    { objectType: 'KalturaGroupUserListResponse', totalCount: 1 },
  ],
  ['group_group.get', ({ from }) => group.get(from('group_group.add', 'id')), { objectType: 'KalturaGroup', membersCount: 1 }],
  ['groupUser.delete', ({ from }) => groupUser.deleteAction(from('user.add', 'id'), from('group_group.add', 'id')), null],
  [
    'groupUser.sync',
    ({ from }) => groupUser.sync(from('user.add', 'id'), from('group_group.add', 'id')),
    { objectType: 'KalturaBulkUpload', status: 5, numOfObjects: 1 },
  ],
  [
    'group_group.update',
    ({ from }) => group.update(from('group_group.add', 'id'), new Group({ description: 'Sings' })),
    { screenName: 'Choir', description: 'Sings', membersCount: 1 },
  ],
  [
    'group_group.list',
    ({ from }) => group.listAction(new GroupFilter({ idEqual: from('group_group.add', 'id') }), new FilterPager({ pageSize: 5 })),
    { objectType: 'KalturaGroupListResponse', totalCount: 1, objects: [{ description: 'Sings' }] },
  ],
  [
    'group_group.delete',
    ({ from }) => group.deleteAction(from('group_group.add', 'id')),
    { objectType: 'KalturaGroup', status: 2 },
  ],
]

const tokens: Story = [
  [
    'appToken.add',
    () => appToken.add(new AppToken({ hashType: 'SHA256', sessionDuration: 600, description: 'Door sign' })),
    { objectType: 'KalturaAppToken', token: expect.stringMatching(/^[0-9a-f]{32}$/), status: 2, hashType: 'SHA256' },
  ],
  ['appToken.get', ({ from }) => appToken.get(from('appToken.add', 'id')), { sessionDuration: 600 }],
  [
    'appToken.update',
    ({ from }) => appToken.update(from('appToken.add', 'id'), new AppToken({ description: 'Hall sign' })),
    { description: 'Hall sign', sessionDuration: 600 },
  ],
  [
    'appToken.list',
    ({ from }) => appToken.listAction(new AppTokenFilter({ idEqual: from('appToken.add', 'id') })),
    { objectType: 'KalturaAppTokenListResponse', totalCount: 1, objects: [{ description: 'Hall sign' }] },
  ],
  ['appToken.delete', ({ from }) => appToken.deleteAction(from('appToken.add', 'id')), null],
]

const sessions: Story = [
  [
    'session.start',
    () => session.start(account.adminSecret, 'wire', SessionType.ADMIN, account.partnerId, 600, 'edit:a,edit:b'),
    isKs,
  ],
  [
    'session.get',
    ({ from }) => session.get(from('session.start')),
    { objectType: 'KalturaSessionInfo', userId: 'wire', sessionType: 2, expiry: isEpoch, privileges: 'edit:a/b' },
  ],
  [
    'session.impersonate',
    () => session.impersonate(account.adminSecret, account.partnerId, 'somebody', SessionType.USER, account.partnerId),
    isKs,
  ],
  ['session.get of the other', ({ from }) => session.get(from('session.impersonate')), { userId: 'somebody', sessionType: 0 }],
  [
    'session.startWidgetSession',
    () => session.startWidgetSession(`_${account.partnerId}`),
    { objectType: 'KalturaStartWidgetSessionResponse', ks: isKs, userId: 0 },
  ],
  ['partner.get', () => partner.get(), { objectType: 'KalturaPartner', name: 'Companions', status: 1 }],
  ['partner.getInfo', () => partner.getInfo(), { objectType: 'KalturaPartner', name: 'Companions' }],
  ['partner.list', () => partner.listAction(), { objectType: 'KalturaPartnerListResponse', totalCount: 1 }],
  [
    'partner.listPartnersForUser',
    () => partner.listPartnersForUser(),
    { objectType: 'KalturaPartnerListResponse', totalCount: 1, objects: [{ name: 'Companions' }] },
  ],
  ['system.ping', () => system.ping(), true],
  ['system.getTime', () => system.getTime(), isEpoch],
  ['system.getVersion', () => system.getVersion(), expect.stringMatching(/^\d+\.\d+\.\d+$/)],
  ['session.end', () => session.end(), null],
]

const stories = { roles, groups, tokens, sessions }

for (const [name, story] of Object.entries(stories)) {
  // The last story ends its session.
  const playing = () => (name === 'sessions' ? newSession() : client)

  test(`B1 the story of ${name}, call by call`, async () => {
    await playSingly(story, playing())
  })

  test(`B2 the story of ${name} in one request, later calls referring to earlier ones`, async () => {
    await playInOneRequest(story, playing())
  })
}

test('B1 B2 a program that holds an application token starts its session from a widget session', async () => {
  const given = new AppToken({ hashType: 'SHA256', sessionUserId: 'door-sign', sessionType: SessionType.USER })
  const { id, token } = (await appToken.add(given).execute(client)) as { id: string; token: string }

  const program = clientOf(address)
  const { ks } = (await session.startWidgetSession(`_${account.partnerId}`).execute(program)) as { ks: string }
  program.setKs(ks)
  const tokenHash = createHash('sha256')
    .update(ks + token)
    .digest('hex')
  const started = { objectType: 'KalturaSessionInfo', ks: isKs, userId: 'door-sign', sessionType: 0 }
  const own = (await appToken.startSession(id, tokenHash).execute(program)) as { ks: string }
  expect(own).toMatchObject(started)

  const atOnce = await appToken.startSession(id, tokenHash).add(user.get()).execute(program)
  expect(atOnce).toMatchObject([started, { code: 'INVALID_USER_ID' }])
  program.setKs(own.ks)
  expect(await user.get().execute(program)).toMatchObject({ id: 'door-sign' })
})

test('every action of these services is in a story', async ({ request }) => {
  const played = actionsOf(...Object.values(stories)).add('appToken.startSession')
  // Told in other stories of the wire, or Usher's own.
  const own =
    /^(user|bulkupload_bulk|exportcsv|account|audit|mail|job)\.|^partner\.(setUp|getSettings|updateSettings|showSecrets)$/
  const { paths } = (await (await request.get('/api/openapi.json')).json()) as { paths: Record<string, unknown> }
  const served = Object.keys(paths).map((path) => path.replace(/^\/service\/(\w+)\/action\/(\w+)$/, '$1.$2'))
  expect(served.filter((name) => !own.test(name) && !played.has(name))).toEqual([])
})

const newSession = () => clientOf(address, ksVersion2(account, { userId: account.adminUserId }))
