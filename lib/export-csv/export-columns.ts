import 'server-only'
import { fieldOf } from '@/lib/action/fields'
import { User } from '@/lib/user/schema'
import type { MappedField } from './schema'

/** A user as it is answered; only its public fields become cells (F10). */
type Shown = Record<string, unknown>

type Column = { title: string; cellOf: (user: Shown) => string }

/** What every export has (§11). */
const always: Column[] = [
  { title: 'User ID', cellOf: (user) => textOf(user.id) },
  { title: 'First Name', cellOf: (user) => textOf(user.firstName) },
  { title: 'Last Name', cellOf: (user) => textOf(user.lastName) },
  { title: 'Email', cellOf: (user) => textOf(user.email) },
]

export function columnsOf(mapped: readonly MappedField[]): Column[] {
  return [...always, ...mapped.map(mappedColumn)]
}

/** The fields that programs get of a user anyway: what is kept beside them, such as secrets, has no name here. */
const exportable = exportableFields()

function exportableFields() {
  const field = fieldOf(User)
  if (field?.kind !== 'object') throw new Error('A user is not an object')
  return new Set(Object.keys(field.shape).filter((name) => !field.pageOnly.includes(name) && name !== 'encryptedSeed'))
}

/** `property` or `property:sub`, the latter for a property that holds JSON. What is missing is an empty cell. */
function mappedColumn({ key, value, predefinedFormat }: MappedField): Column {
  const source = value || key || ''
  const colon = source.indexOf(':')
  const [name, sub] = colon < 0 ? [source, null] : [source.slice(0, colon), source.slice(colon + 1)]
  return {
    title: key ?? '',
    cellOf(user) {
      const property = exportable.has(name) ? user[name] : undefined
      if (sub !== null) return textOf(partOf(property, sub))
      return (predefinedFormat && formatted(name, property)) || textOf(property)
    },
  }
}

function partOf(property: unknown, sub: string): unknown {
  try {
    const parsed: unknown = JSON.parse(String(property))
    const isObject = typeof parsed === 'object' && parsed !== null
    return isObject && Object.hasOwn(parsed, sub) ? (parsed as Shown)[sub] : undefined
  } catch {
    return undefined
  }
}

const statuses = ['Blocked', 'Active', 'Deleted']

function formatted(name: string, property: unknown) {
  if (typeof property !== 'number') return undefined
  if (name === 'status') return statuses[property]
  if (name !== 'createdAt' && name !== 'lastLoginTime') return undefined
  return new Date(property * 1000).toISOString().slice(0, 19).replace('T', ' ')
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
