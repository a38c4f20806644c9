import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '@/db/testing'
import { ksOf, newAccount, startWire } from '@/lib/testing'

freshDatabase()

let wire: Awaited<ReturnType<typeof startWire>>
let ks: string

beforeAll(async () => {
  wire = await startWire()
  ks = await ksOf(await newAccount())
  await ask('add', { user: { id: 'ann', firstName: 'Ann', capabilities: [{ capability: '0' }] } })
})
afterAll(() => wire.stop())

async function ask(action: string, params: object) {
  const body = JSON.stringify({ ks, format: 1, ...params })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${wire.url}/api_v3/service/user/action/${action}`, { method: 'POST', headers, body })
  expect(response.status).toBe(200)
  return response.json()
}

const including = (fields: string) => ({ objectType: 'KalturaDetachedResponseProfile', type: 1, fields })
const excluding = (fields: string) => ({ ...including(fields), type: 2 })
const get = (responseProfile: unknown) => ask('get', { userId: 'ann', responseProfile })

describe('response profiles (§1.9)', () => {
  it('include the fields they list; the type of the object stays', async () => {
    expect(await get(including(' id , firstName,nonsense,'))).toEqual({ id: 'ann', firstName: 'Ann', objectType: 'KalturaUser' })
  })

  it('exclude the fields they list', async () => {
    const { id: _, ...rest } = (await get(undefined)) as { id: string }
    expect(await get(excluding('id,objectType'))).toEqual(rest)
  })

  it('hold for the items of a list and not for the list', async () => {
    const profile = including('id')
    expect(await ask('list', { filter: { idEqual: 'ann' }, responseProfile: profile })).toEqual({
      totalCount: 1,
      objects: [{ id: 'ann', objectType: 'KalturaUser' }],
      objectType: 'KalturaUserListResponse',
    })
    const { totalCount, objects } = (await ask('list', {
      filter: { idEqual: 'ann' },
      responseProfile: excluding('totalCount,id'),
    })) as {
      totalCount: number
      objects: object[]
    }
    expect(totalCount).toBe(1)
    expect(objects[0]).not.toHaveProperty('id')
  })

  it('take what is inside of an object with it', async () => {
    const { capabilities } = (await get(undefined)) as { capabilities: object[] }
    expect(capabilities).toHaveLength(1)
    expect(await get(including('capabilities'))).toEqual({ capabilities, objectType: 'KalturaUser' })
  })

  it('show nothing that is not shown without them', async () => {
    expect(await get(including('id,version,loginId,passwordHash,partner_id'))).toEqual({ id: 'ann', objectType: 'KalturaUser' })
  })

  it('restrict nothing without fields, and are not needed', async () => {
    const whole = await get(undefined)
    for (const profile of [including(''), { type: 1 }, '', null, {}]) expect(await get(profile)).toEqual(whole)
  })

  const bad: [what: string, profile: unknown, code: string, args: object][] = [
    [
      'of an unknown type',
      { type: 3, fields: 'id' },
      'INVALID_ENUM_VALUE',
      { PARAM_NAME: 'type', ENUM_TYPE: 'KalturaResponseProfileType' },
    ],
    [
      'without a type',
      { fields: 'id' },
      'PROPERTY_VALIDATION_CANNOT_BE_NULL',
      { PROP_NAME: 'KalturaDetachedResponseProfile::type' },
    ],
    ['that are a text', 'id', 'PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: 'responseProfile' }],
    ['whose fields are a list', { type: 1, fields: ['id'] }, 'PROPERTY_VALIDATION_WRONG_FORMAT', {}],
    ['that are stored, as none are', { id: 5 }, 'INVALID_OBJECT_ID', { ID: '5' }],
    ['that are stored under a name', { systemName: 'short' }, 'INVALID_OBJECT_ID', { ID: 'short' }],
  ]
  it.each(bad)('I06 %s are refused', async (_what, profile, code, args) => {
    expect(await get(profile)).toMatchObject({ code, args })
  })

  it('I06 are judged before anything is done', async () => {
    expect(await ask('add', { user: { id: 'bob' }, responseProfile: { id: 5 } })).toMatchObject({ code: 'INVALID_OBJECT_ID' })
    expect(await ask('get', { userId: 'bob' })).toMatchObject({ code: 'INVALID_USER_ID' })
  })
})
