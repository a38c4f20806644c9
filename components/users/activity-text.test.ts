import { getTableColumns } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { users } from '@/db/schema/people'
import { allActions } from '@/lib/action/registry'
import { unlisted } from '@/lib/audit/record-change'
import { en } from '../text/en'
import { shownValue } from './shown-value'

const text = en.users

/** Why an action that changes something is never told among what happened to a person. */
const untold: Record<string, string> = {
  'appToken.add': 'about a token',
  'appToken.delete': 'about a token',
  'appToken.update': 'about a token',
  'appToken.startSession': 'a session of a program, which the audit log does not hold',
  'bulkupload_bulk.abort': 'about an import',
  'exportcsv.abort': 'about an export',
  'exportcsv.renewLink': 'about an export',
  'mail.resend': 'about a mail',
  'mail.showLink': 'about a mail',
  'partner.create': 'about an account',
  'partner.setUp': 'about an account',
  'partner.showSecrets': 'about an account',
  'partner.update': 'about an account',
  'partner.updateSettings': 'about an account',
  'session.end': 'about a session',
  'session.impersonate': 'a session of a program, which the audit log does not hold',
  'session.start': 'a session of a program, which the audit log does not hold',
  'session.startWidgetSession': 'a session of a program, which the audit log does not hold',
  'user.addFromBulkUpload': 'about an import',
  'user.exportToCsv': 'about an export',
  'userRole.add': 'about a role',
  'userRole.clone': 'about a role',
  'userRole.delete': 'about a role',
  'userRole.update': 'about a role',
}

describe('what happened to a person', () => {
  const mutations = allActions().filter(({ kind }) => kind === 'mutation')

  it.each(mutations.map(({ name }) => name))('%s has words, or a reason to need none', (name) => {
    expect(text.activityList.did[name] ?? untold[name]).toBeTruthy()
    expect(name in text.activityList.did && name in untold).toBe(false)
  })

  it('has words for actions that there are', () => {
    const known = new Set<string>(mutations.map(({ name }) => name))
    const others = [...Object.keys(text.activityList.did), ...Object.keys(untold)].filter((name) => !known.has(name))
    expect(others.filter((name) => !name.startsWith('browser.'))).toEqual([])
  })

  it('is told by fields that have a name', () => {
    const named = { ...text.field, ...text.storedField }
    const fields = Object.keys(getTableColumns(users)).filter((field) => !unlisted.test(field))
    expect(fields.filter((field) => !(field in named) && !text.unlistedFields.includes(field))).toEqual([])
  })

  it('tells that there is a login, not its number', () => {
    expect(shownValue(en, new Map(), 'loginDataId', 2)).toBe('Login on')
    expect(shownValue(en, new Map(), 'loginDataId', null)).toBe('')
  })
})
