import { describe, expect, it } from 'vitest'
import { grantsOf } from '@/lib/action/permissions'
import { describeApi } from './describe-api'
import type { FieldDoc } from './schema'

const api = describeApi(grantsOf(['*']))
const find = (service: string, name: string) =>
  api.services.find((one) => one.name === service)?.actions.find((action) => action.name === name)

describe('the description of the API', () => {
  it('tells parameters by type, default and need', () => {
    expect(find('user', 'loginByLoginId')?.parameters).toMatchObject([
      { name: 'loginId', kind: 'string', isRequired: true, isSecret: false },
      { name: 'password', kind: 'string', isRequired: true, isSecret: true },
      { name: 'partnerId', kind: 'int', isRequired: false },
      { name: 'expiry', kind: 'int', isRequired: false, default: 86_400 },
      { name: 'privileges', kind: 'string', default: '*' },
      { name: 'otp', kind: 'string', isSecret: true },
    ])
  })

  it('refers to objects that are there', () => {
    const fields = (doc: FieldDoc): FieldDoc[] => [doc, ...(doc.item ? fields(doc.item) : [])]
    const all = [
      ...api.services.flatMap(({ actions }) => actions.flatMap(({ parameters, answer }) => [...parameters, answer])),
      ...Object.values(api.types).flat(),
    ].flatMap(fields)
    const objects = all.filter(({ kind }) => kind === 'object')
    expect(objects.length).toBeGreaterThan(5)
    for (const { fields: key = '', name } of objects) expect(Object.keys(api.types), name).toContain(key)
  })

  it('tells the user that is sent from the user that is answered', () => {
    const [user] = find('user', 'add')?.parameters ?? []
    const { answer } = find('user', 'add') ?? {}
    expect(user).toMatchObject({ type: 'KalturaUser', choices: [{ value: 'KalturaUser' }, { value: 'KalturaAdminUser' }] })
    expect(api.types[user?.fields ?? '']?.map(({ name }) => name)).toContain('password')
    expect(api.types[answer?.fields ?? '']?.map(({ name }) => name)).not.toContain('password')
  })

  it('Z04 leaves the operator’s actions out, and says what the reader may not call', () => {
    expect(find('partner', 'create')).toBeUndefined()
    const plain = describeApi(grantsOf(['BASE_USER_SESSION_PERMISSION']))
    const allowed = plain.services.flatMap(({ actions }) => actions).filter(({ isAllowed }) => isAllowed)
    const names = allowed.map(({ service, name }) => `${service}.${name}`)
    expect(names).toContain('user.get')
    expect(names).toContain('session.start')
    expect(names).not.toContain('user.add')
  })

  it('O02 tells nothing that only pages get', () => {
    const told = Object.values(api.types).flatMap((fields) => fields.map(({ name }) => name))
    for (const name of ['lockedUntil', 'blockReason', 'isTotalExact', 'nextCursor']) expect(told).not.toContain(name)
  })
})
