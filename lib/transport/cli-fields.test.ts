import { describe, expect, it } from 'vitest'
import { findAction } from '@/lib/action/registry'
import { readFields, refuseAlone, refuseUnknown } from './cli-fields'

describe('the words of a command', () => {
  it('are fields, in objects and as JSON where they say so; a name alone is true', () => {
    const words = ['--partnerId', '101', '--user.id=ann', '--user.tags', 'a,b', '--ids', '[1,2]', '--json', '--user.title=']
    expect(readFields(words)).toEqual({
      fields: { partnerId: '101', user: { id: 'ann', tags: 'a,b', title: '' }, ids: [1, 2], json: 'true' },
      alone: ['json'],
    })
  })

  it('stand alone where they are named so, not where they say "true"', () => {
    expect(readFields(['--user.title', '--user.isAdmin']).alone).toEqual(['user.title', 'user.isAdmin'])
    expect(readFields(['--user.title', 'true', '--user.city=true']).alone).toEqual([])
  })

  it('begin with two dashes', () => {
    expect(() => readFields(['101'])).toThrow('Expected --field before "101".')
  })

  it.each([
    [['--__proto__.isAdmin', 'true']],
    [['--__proto__={"isAdmin":true}']],
    [['--user', '{"id":"ann"}', '--user.__proto__.isAdmin', 'true']],
  ])('I05 %j changes no other object: it did, for all later commands of a batch', (words) => {
    expect(() => readFields(words)).toThrow('There is no field with the name __proto__.')
    expect({}).not.toHaveProperty('isAdmin')
  })
})

describe('a name that the action does not have', () => {
  it.each([
    ['user', 'get', { partnerId: '101', id: 'ann' }, 'There is no --id in user.get. It takes --userId.'],
    ['user', 'add', { user: { idd: 'ann' } }, 'There is no --user.idd in user.add. It takes --user.id, '],
    ['user', 'get', { constructor: '1' }, 'There is no --constructor in user.get. It takes --userId.'],
    ['user', 'get', JSON.parse('{"__proto__":{}}'), 'There is no --__proto__ in user.get. It takes --userId.'],
    ['system', 'ping', { partnerId: '101' }, 'There is no --partnerId in system.ping. It takes no fields.'],
  ])('%s.%s %j is refused, and told what there is', (service, action, fields, sentence) => {
    expect(() => refuseUnknown(findAction(service, action), fields)).toThrow(sentence)
  })

  it('is no other one that the action takes', () => {
    const user = { objectType: 'KalturaUser', id: 'ann', screenName__null: '' }
    expect(() => refuseUnknown(findAction('user', 'update'), { partnerId: '101', userId: 'ann', user })).not.toThrow()
  })
})

describe('a name without a value', () => {
  it.each([
    ['user', 'update', 'user.title'],
    ['user', 'update', 'user'],
    ['user', 'update', 'partnerId'],
    ['user', 'list', 'pager.pageSize'],
    ['user', 'list', 'filter.statusEqual'],
    ['user', 'get', 'userId'],
  ])('%s.%s refuses --%s: it set a title to "true", and listed a page of no users', (service, action, name) => {
    expect(() => refuseAlone(findAction(service, action), [name])).toThrow(`--${name} needs a value.`)
  })

  it('is enough for what is true or false, and to clear a field', () => {
    expect(() => refuseAlone(findAction('user', 'add'), ['user.isAdmin'])).not.toThrow()
    expect(() => refuseAlone(findAction('partner', 'update'), ['sso'])).not.toThrow()
    expect(() => refuseAlone(findAction('user', 'update'), ['user.screenName__null'])).not.toThrow()
  })
})
