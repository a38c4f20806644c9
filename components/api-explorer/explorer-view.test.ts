import { describe, expect, it } from 'vitest'
import type { FieldDoc } from '@/lib/explorer/schema'
import { hrefOf, readView } from './explorer-view'
import { readForm, withoutSecrets, withPlaceholders } from './form-values'

const read = (query: string) => readView(new URLSearchParams(query))

describe('the address of the explorer', () => {
  it('tells the whole view, and is read back the same', () => {
    const query = '/api-explorer?q=log&service=user&action=list&code=php&p.pager.pageSize=5&p.filter.idIn=%26+%3D'
    const view = read(query.slice(query.indexOf('?')))
    expect(view).toEqual({
      q: 'log',
      service: 'user',
      action: 'list',
      language: 'php',
      values: { 'pager.pageSize': '5', 'filter.idIn': '& =' },
    })
    expect(hrefOf(view)).toBe(query)
  })

  it('shows the plain page for nonsense, and keeps what is too long out', () => {
    expect(read('?code=cobol&p.=x&service=&x=1')).toMatchObject({ q: '', language: 'curl' })
    const long = { ...read(''), service: 'user', action: 'get', values: { userId: 'x'.repeat(2_001), other: '' } }
    expect(hrefOf(long)).toBe('/api-explorer?service=user&action=get&p.other=')
  })
})

const field = (name: string, kind: FieldDoc['kind'], more: Partial<FieldDoc> = {}): FieldDoc => ({
  name,
  kind,
  isRequired: false,
  isSecret: false,
  ...more,
})
const types = { Person: [field('name', 'string'), field('password', 'string', { isSecret: true }), field('age', 'int')] }
const docs = [
  field('id', 'string', { isRequired: true }),
  field('person', 'object', { type: 'KalturaPerson', fields: 'Person' }),
  field('isOld', 'bool'),
  field('file', 'file', { isRequired: true }),
]

describe('the form', () => {
  it('sends what is there, an empty text too, and nothing else', () => {
    const { sent, problems } = readForm(docs, types, { id: 'ada', 'person.name': '', 'person.age': '', stranger: 'x' })
    expect(problems).toEqual({})
    expect(sent).toEqual([
      ['id', { kind: 'plain', value: 'ada' }],
      ['person', { kind: 'object', type: 'KalturaPerson', isChosen: false, fields: [['name', { kind: 'plain', value: '' }]] }],
      ['file', { kind: 'file' }],
    ])
  })

  it('says what is missing or is no number', () => {
    expect(readForm(docs, types, { 'person.age': '9007199254740993' }).problems).toEqual({
      id: 'required',
      'person.age': 'notANumber',
    })
  })

  it('S12 takes secrets out of the address and out of what is copied', () => {
    const values = { id: 'ada', 'person.password': 'Velvet-rope 27' }
    expect(withoutSecrets(docs, types, values)).toEqual({ id: 'ada' })
    expect(withPlaceholders(docs, types, values)).toEqual({ id: 'ada', 'person.password': 'YOUR_PASSWORD' })
    expect(withPlaceholders(docs, types, {})).toEqual({ id: 'YOUR_ID' })
  })
})
