import type { Text } from '../text/en'
import { exactTime } from '../text/times'

type Words = Pick<Text, 'users' | 'language'>

/** How a field's value reads: names for numbers and role ids, dates for times, no keys of ours. Empty text for nothing. */
export function shownValue(
  { users: text, language }: Words,
  roleNames: Map<string, string>,
  field: string,
  value: unknown,
): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? text.admins.yes : text.admins.no
  if (Array.isArray(value)) return value.map((item) => shownValue({ users: text, language }, roleNames, field, item)).join(', ')
  // Which login it is says nothing to people, only whether there is one.
  if (field === 'loginDataId') return text.logins.enabled
  if (field === 'roleIds') return namesOf(roleNames, String(value))
  if (field === 'userMode') return value === 0 ? text.admins.no : text.admins.yes
  if (typeof value === 'number') return shownNumber({ users: text, language }, field, value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function namesOf(roleNames: Map<string, string>, ids: string) {
  return ids
    .split(',')
    .map((id) => roleNames.get(id.trim()) ?? id)
    .join(', ')
}

function shownNumber({ users: text, language }: Words, field: string, value: number) {
  const named: Record<string, (string | undefined)[]> = {
    gender: [text.genders.unknown, text.genders.male, text.genders.female],
    type: [text.types.user, text.types.group, text.types.applicativeGroup],
    status: [text.status.blocked, text.status.active, text.status.deleted],
  }
  if (field === 'dateOfBirth') return isoDay(value)
  // Rows keep times as epoch milliseconds.
  if (/(At|Until)$/.test(field)) return exactTime(language, Math.floor(value / 1000))
  return named[field]?.[value] ?? String(value)
}

/** Epoch seconds as a calendar day, `1990-01-31`. */
export function isoDay(at: number) {
  const date = new Date(at * 1000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10)
}
