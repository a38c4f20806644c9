import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import kaltura, { type Client } from 'kaltura-client'
import { readMail } from './mailbox'
import { usher } from './usher'
import { type Account, clientOf, errorOf, ksVersion2, raw, session, user } from './wire-client'

/** Every error code of the contract (§12) as the official client sees it: the code, the exact arguments, at HTTP 200. */
const { appToken, bulk, exportcsv, group, groupUser, partner, userRole } = kaltura.services
const { AppToken, Group, GroupUser, User, UserLoginDataFilter, UserRole } = kaltura.objects

const domain = `${randomUUID()}.example`
const password = 'A-frozen-meadow-6'

/** An ordinary account, one of the same owner that allows little, and one that asks for codes and new passwords. */
let plain: Account
let strict: Account
let careful: Account
/** Sessions that the accounts signed for nobody in particular; `owner` is the person who owns the ordinary one. */
let client: Client
let strictClient: Client
let carefulClient: Client
let owner: Client
let nobody: Client
let address: string

test.beforeAll(async ({ baseURL }) => {
  // Five commands, each a process of its own.
  test.setTimeout(240_000)
  address = baseURL ?? ''
  const made = (name: string, login: Record<string, string>) => usher<Account>('partner.create', { name, ...login })
  const adminEmail = `plain-owner@${domain}`
  ;[plain, careful] = await Promise.all([
    made('Plain', { adminEmail, adminPassword: password }),
    made('Careful', { adminEmail: `careful-owner@${domain}`, adminPassword: password }),
  ])
  strict = await made('Strict', { adminEmail })
  const limits = { maxLoginAttempts: 2, adminLoginUsersQuota: 1, allowedAdminEmailDomains: domain, hashExternalIds: true }
  const rules = { secondFactor: 'nonAdmins', passwordReplaceFrequency: 1, previousPasswordsKept: 3 }
  await Promise.all([
    usher('partner.update', { partnerId: strict.partnerId, ...limits, sso: true, directLoginBlocked: true }),
    usher('partner.update', { partnerId: careful.partnerId, ...rules, adminLoginUsersQuota: -1 }),
  ])
  client = clientOf(address, ksVersion2(plain))
  strictClient = clientOf(address, ksVersion2(strict))
  carefulClient = clientOf(address, ksVersion2(careful))
  owner = clientOf(address, ksVersion2(plain, { userId: plain.adminUserId }))
  nobody = clientOf(address)
})

type Refused = [args: object, call: () => Promise<unknown>]

/** What a call by its names is refused with. */
const run = (service: string, action: string, params: object = {}, as = client) => raw(service, action, params).execute(as)

const add = (values: object, as = client) => user.add(new User(values)).execute(as)

/** Somebody who can sign in, under an id of his own. */
async function person(values: object = {}, as = client) {
  const id = `p-${randomUUID()}`
  const email = `${id}@${domain}`
  await add({ id, email, password, ...values }, as)
  return { id, email }
}

const login = (partnerId: number, id: string, given = password) => user.login(partnerId, id, given).execute(nobody)
const file = (text: string) => Buffer.from(text)
const csv = file('*action,userId\n')

const refusals: Record<string, Refused> = {
  ACCOUNT_OWNER_NEEDS_PARTNER_ADMIN_ROLE: [[], () => run('user', 'update', { userId: plain.adminUserId, user: { roleIds: '' } })],
  ACTION_DOES_NOT_EXISTS: [{ ACTION_NAME: 'dance', SERVICE_NAME: 'user' }, () => run('user', 'dance')],
  ACTION_FORBIDDEN: [
    { ACTION_NAME: 'removeSecondFactor' },
    async () => {
      const { id: userId } = await person({}, carefulClient)
      return run('account', 'removeSecondFactor', { password, ks: ksVersion2(careful, { userId }) }, nobody)
    },
  ],
  ACTION_NOT_SPECIFIED: [[], () => ask('service=user')],
  ADMIN_LOGIN_USERS_QUOTA_EXCEEDED: [[], () => person({ isAdmin: true }, strictClient)],
  APPLICATIVE_USER_TYPE_CANNOT_BE_UPDATED: [
    [],
    async () => {
      await add({ id: 'applicative', type: 2 })
      return run('user', 'update', { userId: 'applicative', user: { type: 0 } })
    },
  ],
  APP_TOKEN_EXPIRED: [
    { ID: expect.stringMatching(/./) },
    async () => {
      const { id } = (await appToken.add(new AppToken({ expiry: 1 })).execute(client)) as { id: string }
      return appToken.startSession(id, 'x').execute(client)
    },
  ],
  APP_TOKEN_ID_NOT_FOUND: [{ ID: '0_none' }, () => appToken.get('0_none').execute(client)],
  APP_TOKEN_NOT_ACTIVE: [
    { ID: expect.stringMatching(/./) },
    async () => {
      const { id: sessionUserId } = await person()
      const { id } = (await appToken.add(new AppToken({ sessionUserId })).execute(client)) as { id: string }
      await run('user', 'update', { userId: sessionUserId, user: { status: 0 } })
      return appToken.startSession(id, 'x').execute(client)
    },
  ],
  BULK_UPLOAD_NOT_FOUND: [{ ID: '999999' }, () => bulk.get(999_999).execute(client)],
  CANNOT_CHANGE_OWN_ROLE: [[], () => run('user', 'update', { userId: plain.adminUserId, user: { roleIds: '' } }, owner)],
  CANNOT_DELETE_OR_BLOCK_ROOT_ADMIN_USER: [[], () => user.deleteAction(plain.adminUserId).execute(client)],
  CANNOT_DISABLE_LOGIN_FOR_ADMIN_USER: [[], () => user.disableLogin(plain.adminUserId).execute(client)],
  CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION: [
    { USER_ID: 'other' },
    () =>
      session
        .start(plain.userSecret, 'me', 0, plain.partnerId)
        .add(raw('user', 'get', { userId: 'other', ks: '{1:result}' }))
        .execute(nobody),
  ],
  CANNOT_SET_ROOT_ADMIN_AS_NO_ADMIN: [[], () => user.demoteAdmin(plain.adminUserId).execute(client)],
  CANNOT_UPDATE_ADMIN_LOGIN_DATA: [[], () => user.loginDataResetPassword(plain.adminUserId, 'Another-meadow-7').execute(client)],
  COMMON_PASSWORD: [[], () => person({ password: 'p@ssw0rd' })],
  DEMOTE_ONLY_ADMIN: [[], async () => user.demoteAdmin((await person()).id).execute(client)],
  DIRECT_LOGIN_BLOCKED: [[], async () => loginByLoginId((await person({}, strictClient)).email)],
  DUPLICATE_GROUP_BY_ID: [
    { ID: 'twice' },
    () =>
      group
        .add(new Group({ id: 'twice' }))
        .add(group.add(new Group({ id: 'twice' })))
        .execute(client),
  ],
  DUPLICATE_USER_BY_ID: [
    { UID: 'double' },
    () =>
      user
        .add(new User({ id: 'double' }))
        .add(user.add(new User({ id: 'double' })))
        .execute(client),
  ],
  DUPLICATE_USER_BY_LOGIN_ID: [
    { EMAIL: `same@${domain}` },
    async () => {
      await person({ email: `same@${domain}` })
      return person({ email: `same@${domain}` })
    },
  ],
  EMAIL_DOMAIN_IS_NOT_ALLOWED_FOR_ADMINS: [[], () => person({ isAdmin: true, email: 'ada@elsewhere.example' }, strictClient)],
  FEATURE_FORBIDDEN: [
    { FEATURE: 'varConsole' },
    () => user.checkLoginDataExists(new UserLoginDataFilter({ loginEmailEqual: 'x@x.example' })).execute(client),
  ],
  GROUP_NOT_FOUND: [
    [],
    async () => groupUser.add(new GroupUser({ userId: (await person()).id, groupId: 'no-group' })).execute(client),
  ],
  GROUP_USER_ALREADY_EXISTS: [[], twiceInGroup],
  GROUP_USER_DOES_NOT_EXISTS: [
    { USER: 'apart', GROUP: 'apart-group' },
    async () => {
      await add({ id: 'apart' })
      await group.add(new Group({ id: 'apart-group' })).execute(client)
      return groupUser.deleteAction('apart', 'apart-group').execute(client)
    },
  ],
  ID_AND_EXTERNAL_ID_ARE_MUTUALLY_EXCLUSIVE: [[], () => add({ id: 'a', externalId: 'b' })],
  INTERNAL_SERVER_ERROR: [{ ERR_TEXT: expect.stringMatching(/./) }, () => user.loginByKs(99_999_999).execute(owner)],
  INVALID_ACCESS_TO_PARTNER_SPECIFIC_SEARCH: [
    { PID: expect.stringMatching(/^\d+$/) },
    async () => user.validateHashKey(await passwordKey()).execute(strictClient),
  ],
  INVALID_APP_TOKEN_HASH: [
    [],
    async () => {
      const { id } = (await appToken.add(new AppToken()).execute(client)) as { id: string }
      return appToken.startSession(id, 'wrong').execute(client)
    },
  ],
  INVALID_ENUM_VALUE: [
    { ENUM_VAL: '7', PARAM_NAME: 'gender', ENUM_TYPE: 'KalturaGender' },
    () => run('user', 'add', { user: { id: 'x', gender: 7 } }),
  ],
  INVALID_FIELD_VALUE: [{ FIELD_NAME: 'id' }, () => add({ id: 'with space' })],
  INVALID_FILE_TYPE: [{ FILE_NAME: 'chunk' }, () => user.addFromBulkUpload(file('%PDF-1.7')).execute(client)],
  INVALID_GROUP_ID: [{ ID: 'no-group' }, () => group.get('no-group').execute(client)],
  INVALID_HASH: [[], () => user.generateQrCode('damaged').execute(nobody)],
  INVALID_ID: [{ ID: '../a.csv' }, () => exportcsv.serveCsv('../a.csv').execute(client)],
  INVALID_KS: [
    { KSID: 'garbage', ERR_CODE: '-1', ERR_DESC: 'INVALID_STR' },
    () => run('user', 'list', { ks: 'garbage' }, nobody),
  ],
  INVALID_LANGUAGE_CODE: [{ LANG: 'xyz' }, () => run('user', 'list', { language: 'xyz' })],
  INVALID_METADATA_PROFILE: [{ PROFILE_ID: '7' }, () => user.exportToCsv(null, 7).execute(owner)],
  INVALID_OBJECT_ID: [{ ID: '999999' }, () => userRole.get(999_999).execute(client)],
  INVALID_OTP: [[], async () => loginByLoginId((await person({}, carefulClient)).email, '000000')],
  INVALID_PARAMETER_CHAR: [{ XML_FIELD: 'city' }, () => add({ id: 'x', city: 'bell\u0007' })],
  INVALID_PARTNER_ID: [{ PID: '0' }, () => run('user', 'login', { partnerId: 0, userId: 'x', password: 'x' })],
  INVALID_USER_ID: [[], () => user.get('no-one').execute(client)],
  INVALID_WIDGET_ID: [{ WIDGET_ID: '_99999999' }, () => session.startWidgetSession('_99999999').execute(nobody)],
  LOGIN_BLOCKED: [[], () => wrongly(3)],
  LOGIN_DATA_NOT_FOUND: [[], () => user.getByLoginId('no-one@x.example').execute(client)],
  LOGIN_RETRIES_EXCEEDED: [[], () => wrongly(2)],
  METADATA_PROFILE_NOT_SPECIFIED: [
    [],
    () => run('user', 'exportToCsv', { additionalFields: [{ fieldName: 'a', xpath: 'b' }] }, owner),
  ],
  MISSING_KS: [[], () => user.listAction().execute(nobody)],
  MISSING_MANDATORY_PARAMETER: [{ PARAM_NAME: 'user' }, () => run('user', 'add')],
  MISSING_OTP: [[], async () => loginByLoginId((await person({}, carefulClient)).email)],
  NEW_LOGIN_REQUIRED: [[], () => user.loginByKs(strict.partnerId).execute(owner)],
  NEW_PASSWORD_HASH_KEY_INVALID: [
    [],
    async () => {
      const key = await passwordKey()
      const [loginDataId, expiry] = Buffer.from(key, 'base64').toString().split('|')
      const forged = Buffer.from(`${loginDataId}|${expiry}|${'0'.repeat(40)}`).toString('base64')
      return user.validateHashKey(forged).execute(nobody)
    },
  ],
  OBJECT_TYPE_ABSTRACT: [
    { OBJ_TYPE: 'KalturaBulkUploadJobData' },
    () => user.addFromBulkUpload(csv, { objectType: 'KalturaBulkUploadJobData' }).execute(client),
  ],
  PARTNER_ACCESS_FORBIDDEN: [
    { ACCESSING_PID: expect.stringMatching(/^\d+$/), ACCESSED_PID: expect.stringMatching(/^\d+$/) },
    () => session.get(ksVersion2(strict)).execute(client),
  ],
  PARTNER_CHANGE_ACCOUNT_DISABLED: [
    [],
    () => {
      const ks = ksVersion2(plain, { userId: plain.adminUserId, privileges: 'enablechangeaccount:1' })
      return run('user', 'loginByKs', { requestedPartnerId: strict.partnerId, ks }, nobody)
    },
  ],
  PASSWORD_ALREADY_USED: [
    [],
    async () => user.loginDataResetPassword((await person({}, carefulClient)).email, password).execute(carefulClient),
  ],
  PASSWORD_EXPIRED: [
    [],
    async () => {
      const { email } = await person({ isAdmin: true }, carefulClient)
      await expect.poll(() => loginByLoginId(email).catch(({ code }) => code)).toBe('PASSWORD_EXPIRED')
      return loginByLoginId(email)
    },
  ],
  PASSWORD_STRUCTURE_INVALID: [{ RULES: expect.stringMatching(/8/) }, () => person({ password: 'short' })],
  PERMISSION_NOT_FOUND: [
    { ERR_TEXT: 'FLY' },
    () => userRole.add(new UserRole({ name: 'Pilots', permissionNames: 'FLY' })).execute(client),
  ],
  PROPERTY_VALIDATION_CANNOT_BE_NULL: [{ PROP_NAME: 'userId' }, () => user.disableLogin().execute(client)],
  PROPERTY_VALIDATION_MAX_LENGTH: [
    { PROP_NAME: 'KalturaUser::description', MAX_LEN: '8192' },
    () => add({ id: 'x', description: 'x'.repeat(8_193) }),
  ],
  PROPERTY_VALIDATION_NOT_UPDATABLE: [
    { PROP_NAME: 'KalturaUser::createdAt' },
    () => run('user', 'add', { user: { id: 'x', createdAt: 9 } }),
  ],
  PROPERTY_VALIDATION_WRONG_FORMAT: [{ PROP_NAME: 'user', FORMAT: 'array' }, () => run('user', 'add', { user: 'text' })],
  QUERY_EXCEEDED_MAX_MATCHES_ALLOWED: [[], () => user.listAction(null, { pageSize: 500, pageIndex: 22 }).execute(client)],
  ROLE_IS_BEING_USED: [
    [],
    async () => {
      const { id } = (await newRole('Held')) as { id: number }
      await person({ roleIds: String(id) })
      return userRole.deleteAction(id).execute(client)
    },
  ],
  ROLE_NAME_ALREADY_EXISTS: [
    [],
    async () => {
      await newRole('Named twice')
      return newRole('Named twice')
    },
  ],
  SERVICE_DOES_NOT_EXISTS: [{ SRV_NAME: 'kitchen' }, () => run('kitchen', 'list')],
  SERVICE_FORBIDDEN: [{ SERVICE: 'user->list' }, () => run('user', 'list', { ks: ksVersion2(plain, { type: 0 }) }, nobody)],
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: [[], () => login(99_999_999, 'x')],
  SERVICE_NOT_SPECIFIED: [[], () => ask('')],
  SETTING_SSO_PER_USER_NOT_ALLOWED: [[], () => add({ id: 'x', isSsoExcluded: true }, strictClient)],
  START_SESSION_ERROR: [
    { PID: expect.stringMatching(/^\d+$/) },
    () => session.start('wrong', '', 2, plain.partnerId).execute(nobody),
  ],
  UNKNOWN_PARTNER_ID: [{ PID: '99999999' }, () => partner.get(99_999_999).execute(client)],
  UNKNOWN_ROLE_ID: [
    { ID: '999999' },
    () => session.start(plain.adminSecret, '', 2, plain.partnerId, 60, 'setrole:999999').execute(nobody),
  ],
  UNSAFE_HTML_TAGS: [{ CLASS_NAME: 'kuser', PROPERTY_NAME: 'city' }, () => add({ id: 'x', city: '<b>x' })],
  UPDATING_USER_ID_FOR_HASHED_USER_NOT_ALLOWED: [
    [],
    async () => {
      const { id } = (await add({ externalId: 'from-elsewhere' }, strictClient)) as { id: string }
      return run('user', 'update', { userId: id, user: { id: 'renamed' } }, strictClient)
    },
  ],
  UPLOAD_ERROR: [[], () => run('user', 'addFromBulkUpload', { fileData: 'no file' })],
  USER_BLOCKED: [
    [],
    async () => {
      const { id: userId } = await person({ status: 0 })
      return run('user', 'get', { ks: ksVersion2(plain, { userId }) }, nobody)
    },
  ],
  USER_DATA_ERROR: [[], () => user.updateLoginData(`no-one@${domain}`, 'x', '', 'Another-meadow-7').execute(nobody)],
  USER_EMAIL_NOT_FOUND: [
    { USER_ID: 'no-mail' },
    () => run('user', 'exportToCsv', { ks: ksVersion2(plain, { userId: 'no-mail' }) }, nobody),
  ],
  USER_IS_BLOCKED: [[], async () => login(plain.partnerId, (await person({ status: 0 })).id)],
  USER_LOGIN_ALREADY_DISABLED: [
    [],
    async () => {
      await add({ id: 'no-login' })
      return user.disableLogin('no-login').execute(client)
    },
  ],
  USER_LOGIN_ALREADY_ENABLED: [
    [],
    async () => {
      const { id, email } = await person()
      return user.enableLogin(id, email, password).execute(client)
    },
  ],
  USER_NOT_FOUND: [[], () => login(plain.partnerId, 'no-one')],
  USER_ROLE_NOT_FOUND: [[], () => add({ id: 'x', roleIds: '999999' })],
  USER_WRONG_PASSWORD: [[], async () => login(plain.partnerId, (await person()).id, 'wrong')],
  VERSION_CONFLICT: [
    { VERSION: expect.stringMatching(/^\d+$/) },
    async () => run('user', 'update', { userId: (await person()).id, user: { city: 'Rome' }, version: 999 }),
  ],
}

/** Codes that stand in the catalogue and are not shown here, and why. */
const unseen: Record<string, string> = {
  ACTION_BLOCKED: 'a flood of failures from this address, which would shut out all other stories',
  ERROR_IN_QR_GENERATION: 'a failure of ours',
  FAILED_TO_INIT_OBJECT: 'a failure of the reference server that there is none of here',
  INTERNAL_DATABASE_ERROR: 'a failure of ours',
  INTERNAL_SERVERL_ERROR: 'a failure of ours',
  LOCK_TIMED_OUT: 'two writers wait for each other here, however long it takes',
  LOGIN_ID_ALREADY_USED: 'every action hides it or has a code of its own for it',
  NEW_PASSWORD_HASH_KEY_EXPIRED: 'a day has to pass; told with a clock of its own beside the action',
  NOT_ALLOWED_TO_CHANGE_ROLE: 'of the system console, which there is none of here',
  ONLY_ONE_ROLE_PER_USER_ALLOWED: 'declared by the contract, raised by none of its rules',
  PROPERTY_VALIDATION_MIN_LENGTH: 'no parameter has a shortest length',
  PROOF_REQUIRED: 'asked of people in the console only, see step-up.spec.ts',
  RESOURCE_IS_RESERVED: 'a flood of jobs or mails; hidden by user.resetPassword',
  ROLE_ID_MISSING: 'declared by the contract, raised by none of its rules',
  SERVICE_ACCESS_CONTROL_RESTRICTED: 'accounts limit no addresses; a KS that does is INVALID_KS',
}

for (const [code, [args, call]] of Object.entries(refusals)) {
  test(`${code} is told with its arguments`, async () => {
    // The client takes an answer of any status but 2xx for something else. What stands last in one request with others is the refusal.
    const answer = await call().catch((error: unknown) => error)
    const refused = Array.isArray(answer) ? answer.at(-1) : answer
    expect(refused).toEqual({ code, args, message: expect.stringMatching(/./), objectType: 'KalturaAPIException' })
  })
}

test('every code of the catalogue is shown here, or said why not', () => {
  const text = readFileSync(fileURLToPath(new URL('../lib/action/errors.ts', import.meta.url)), 'utf8')
  const codes = [...text.matchAll(/^ {2}([A-Z_]{3,}): entry\(/gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(80)
  expect(codes.toSorted()).toEqual([...Object.keys(refusals), ...Object.keys(unseen)].toSorted())
})

const loginByLoginId = (email: string, otp?: string) => user.loginByLoginId(email, password, null, 60, '', otp).execute(nobody)

/** The last answer to so many wrong passwords. */
async function wrongly(times: number) {
  const { id } = await person({}, strictClient)
  for (let time = 1; time < times; time++) await errorOf(login(strict.partnerId, id, 'wrong'))
  return login(strict.partnerId, id, 'wrong')
}

async function passwordKey() {
  const { email } = await person()
  await user.resetPassword(email).execute(nobody)
  const { link } = await readMail(email, /password/i)
  return decodeURIComponent(new URL(link).pathname.split('/').at(-1) ?? '')
}

/** A request that the client cannot make: it always names a service and an action. */
const ask = async (words: string) => (await fetch(`${address}/api_v3/?format=1&${words}`)).json()

const newRole = (name: string) => userRole.add(new UserRole({ name, permissionNames: 'ADMIN_BASE' })).execute(client)

async function twiceInGroup() {
  await add({ id: 'member' })
  await group.add(new Group({ id: 'members' })).execute(client)
  const enter = () => groupUser.add(new GroupUser({ userId: 'member', groupId: 'members' }))
  return enter().add(enter()).execute(client)
}
