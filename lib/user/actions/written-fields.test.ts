import { beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { runAction } from '@/lib/action/run-action'
import { makeRole } from '@/lib/auth/testing'
import { type Account, asAdmin, codeOf, contextOf, data, newAccount, storedUser } from '@/lib/testing'
import { UserData } from '../schema'
import { addUser } from './add-user'
import { deleteUser } from './delete-user'
import { updateUser } from './update-user'

freshDatabase()

/** Fields of the object that nobody writes (§3.2), each with a value that it does not have. */
const fixed = {
  partnerId: 1,
  createdAt: 1,
  updatedAt: 1,
  lastLoginTime: 1,
  statusUpdatedAt: 1,
  deletedAt: 1,
  storageSize: 1,
  roleNames: 'Publisher Administrator',
  encryptedSeed: 'x',
}

/** Written with the user and never afterwards. */
const insertOnly = { isGuest: true, externalId: 'x', password: 'correct-horse-7' }

/** Read, and left alone: what the account or the sign-in says, and what older clients send. */
const ignored = {
  isAccountOwner: true,
  loginEnabled: true,
  adminTags: 'x',
  indexedPartnerDataInt: 1,
  indexedPartnerDataString: 'x',
}

/** Another value for each field that is written. */
const written: UserData = {
  screenName: 'New',
  firstName: 'New',
  lastName: 'New',
  email: 'new@x.example',
  title: 'New',
  company: 'New',
  description: 'New',
  tags: 'new',
  thumbnailUrl: 'https://x.example/new',
  dateOfBirth: 86_400,
  gender: 2,
  language: 'de',
  country: 'CH',
  state: 'ZH',
  city: 'New',
  zip: '8000',
  partnerData: 'new',
  registrationInfo: 'new',
  attendanceInfo: 'new',
  type: 1,
  roleIds: '2',
  userMode: 1,
  capabilities: [{ capability: '0' }],
  ksPrivileges: 'edit:a',
  isSsoExcluded: true,
  allowedPartnerIds: '1',
  allowedPartnerPackages: '1',
}

/** Looked at elsewhere: names of the user, what opens and closes the account to him, and what is split into others. */
const judged = ['id', 'objectType', 'fullName', 'status', 'isAdmin']

let account: Account
beforeAll(async () => {
  account = await newAccount({ ssoPerUserAllowed: true })
  data(await asAdmin(account, addUser, { user: { id: 'ann', firstName: 'Ann' } }))
})

describe('Z06 what a caller writes', () => {
  it('every field of the object is in one of the lists above', () => {
    const listed = [fixed, insertOnly, ignored, written].flatMap((fields) => Object.keys(fields))
    expect([...listed, ...judged].sort()).toEqual(Object.keys(UserData.shape).sort())
  })

  it.each(Object.entries(fixed))('%s is refused, new and later', async (field, value) => {
    const before = await storedUser(account, 'ann')
    const added = await asAdmin(account, addUser, { user: { id: 'new', [field]: value } })
    const updated = await asAdmin(account, updateUser, { userId: 'ann', user: { [field]: value } })
    for (const result of [added, updated]) {
      expect(codeOf(result)).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
      expect(result).toMatchObject({ error: { args: { PROP_NAME: `KalturaUser::${field}` } } })
    }
    expect(await storedUser(account, 'new')).toBeNull()
    expect(await storedUser(account, 'ann')).toEqual(before)
  })

  it.each(Object.entries(insertOnly))('%s is refused later', async (field, value) => {
    const before = await storedUser(account, 'ann')
    const updated = await asAdmin(account, updateUser, { userId: 'ann', user: { [field]: value } })
    expect(codeOf(updated)).toBe('PROPERTY_VALIDATION_NOT_UPDATABLE')
    expect(await storedUser(account, 'ann')).toEqual(before)
  })

  it.each(Object.entries(ignored))('%s changes nothing', async (field, value) => {
    const { version: _, updatedAt: _at, ...before } = (await storedUser(account, 'ann')) ?? {}
    data(await asAdmin(account, updateUser, { userId: 'ann', user: { [field]: value } }))
    expect(await storedUser(account, 'ann')).toMatchObject(before)
  })

  it('all others are written, and nothing but them', async () => {
    data(await asAdmin(account, addUser, { user: { id: 'bob' } }))
    const before = (await storedUser(account, 'bob')) ?? {}
    data(await asAdmin(account, updateUser, { userId: 'bob', user: written }))
    const after = (await storedUser(account, 'bob')) ?? {}
    const changed = Object.entries(after).flatMap(([field, value]) =>
      JSON.stringify(value) === JSON.stringify(before[field as keyof typeof before]) ? [] : [field],
    )
    const derived = ['screenNameKey', 'firstNameKey', 'lastNameKey', 'fullNameKey', 'emailKey', 'searchText']
    const counted = ['version', 'updatedAt', 'sessionsValidFrom']
    expect(changed.filter((field) => !derived.includes(field) && !counted.includes(field)).sort()).toEqual(
      Object.keys(written).sort(),
    )
  })

  it('is judged by the caller’s rights, field by field, new and later', async () => {
    const role = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_ADD', 'ADMIN_USER_UPDATE'])
    data(await asAdmin(account, addUser, { user: { id: 'editor', roleIds: String(role) } }))
    const callers = {
      'nobody in particular': { type: 0 },
      'another person': { type: 0, userId: 'ann' },
      'the person himself': { type: 0, userId: 'target' },
      'who may add and change': { userId: 'editor' },
      'an administrator': {},
    } as const
    const fields = { ...fixed, ...insertOnly, ...ignored, ...written, fullName: 'New Name', status: 0, isAdmin: true }
    const answers: Record<string, Record<string, string>> = {}
    for (const [caller, who] of Object.entries(callers)) {
      const ofCaller: Record<string, string> = {}
      for (const [field, value] of Object.entries(fields)) {
        data(await asAdmin(account, addUser, { user: { id: 'target', email: 'target@x.example' } }))
        const before = await storedUser(account, 'target')
        const ctx = await contextOf(account, who)
        const named = field === 'externalId' ? {} : { id: 'made' }
        const user = { ...named, email: `${field}@x.example`.toLowerCase(), [field]: value }
        const added = codeOf(await runAction(addUser, ctx, { user }))
        const updated = codeOf(await runAction(updateUser, ctx, { userId: 'target', user: { [field]: value } }))
        if (added !== 'OK') expect(await storedUser(account, 'made')).toBeNull()
        if (updated !== 'OK') expect(await storedUser(account, 'target')).toEqual(before)
        for (const userId of ['target', 'made', 'x']) await asAdmin(account, deleteUser, { userId })
        ofCaller[field] = `${added}, ${updated}`
      }
      answers[caller] = ofCaller
    }

    const all = (of: object, answer: string) => Object.fromEntries(Object.keys(of).map((field) => [field, answer]))
    const closed = all(fields, 'SERVICE_FORBIDDEN, SERVICE_FORBIDDEN')
    const open = {
      ...all(fields, 'OK, OK'),
      ...all(fixed, 'PROPERTY_VALIDATION_NOT_UPDATABLE, PROPERTY_VALIDATION_NOT_UPDATABLE'),
      ...all(insertOnly, 'OK, PROPERTY_VALIDATION_NOT_UPDATABLE'),
    }
    expect(answers).toEqual({
      'nobody in particular': closed,
      'another person': closed,
      'the person himself': closed,
      'who may add and change': { ...open, ...all({ roleIds: 1, isAdmin: 1 }, 'SERVICE_FORBIDDEN, SERVICE_FORBIDDEN') },
      'an administrator': open,
    })
  })

  it('Z07 Z08 rights are given by those who have them, whatever the field', async () => {
    const role = await makeRole(account.partnerId, ['ADMIN_BASE', 'ADMIN_USER_ADD', 'ADMIN_USER_UPDATE'])
    data(await asAdmin(account, addUser, { user: { id: 'helper', roleIds: String(role) } }))
    const helper = await contextOf(account, { userId: 'helper' })
    for (const rights of [{ roleIds: '1' }, { isAdmin: true }, { roleIds: `${role},1` }, { roleIds: ' 1 ' }]) {
      const before = await storedUser(account, 'ann')
      const user = { ...rights, email: 'z07@x.example' }
      expect(codeOf(await runAction(addUser, helper, { user: { ...user, id: 'made' } }))).toBe('SERVICE_FORBIDDEN')
      expect(codeOf(await runAction(updateUser, helper, { userId: 'ann', user }))).toBe('SERVICE_FORBIDDEN')
      expect(await storedUser(account, 'ann')).toEqual(before)
      expect(await storedUser(account, 'made')).toBeNull()
    }
  })
})
