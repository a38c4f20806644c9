import 'server-only'
import type { UserData } from '@/lib/user/schema'

/** The columns of a file of users: the contract's (§10.1) and every other field that can be written. Nothing else reaches a user. */

/** A cell that its column cannot hold. The message is a sentence for the uploader. */
export class BadCell extends Error {
  override name = 'BadCell'
  readonly column: string

  constructor(column: string, cell: string, wanted: string) {
    super(`"${column}" cannot be "${cell.slice(0, 100)}". ${wanted}`)
    this.column = column
  }
}

type Read<T> = (cell: string, column: string) => T

const text: Read<string> = (cell) => cell

const oneOf =
  <const T extends number>(...values: T[]): Read<T> =>
  (cell, column) => {
    const value = values.find((each) => String(each) === cell)
    if (value === undefined) throw new BadCell(column, cell, `Use ${values.join(', ').replace(/, (\d)$/, ' or $1')}.`)
    return value
  }

const words: Record<string, boolean> = { true: true, yes: true, '1': true, false: false, no: false, '0': false }

const yesOrNo: Read<boolean> = (cell, column) => {
  const value = words[cell.toLowerCase()]
  if (value === undefined) throw new BadCell(column, cell, 'Use true or false.')
  return value
}

/** Epoch seconds of the first date in the cell, at 00:00 UTC. */
const date: Read<number> = (cell, column) => {
  const [day] = /[12][0-9]{3}-[01][0-9]-[0-3][0-9]/.exec(cell) ?? []
  const at = Date.parse(`${day}T00:00:00Z`)
  // Some dates that there are not, such as the 30th of February, are read as the days after.
  if (!day || Number.isNaN(at) || !new Date(at).toISOString().startsWith(day))
    throw new BadCell(column, cell, 'Write the date as 1990-12-31.')
  return at / 1000
}

const capabilities: Read<{ capability: '0' }[]> = (cell, column) =>
  cell.split(/[,;]/).map((item) => {
    if (item.trim() !== '0') throw new BadCell(column, cell, 'The one capability there is has the number 0.')
    return { capability: '0' }
  })

type Field = Exclude<keyof UserData, 'id' | 'password'>

/** Columns that are fields of a user, and how their cells are read. */
const fields = {
  externalId: text,
  screenName: text,
  fullName: text,
  firstName: text,
  lastName: text,
  email: text,
  title: text,
  company: text,
  description: text,
  tags: text,
  thumbnailUrl: text,
  dateOfBirth: date,
  gender: oneOf(0, 1, 2),
  language: text,
  country: text,
  state: text,
  city: text,
  zip: text,
  partnerData: text,
  registrationInfo: text,
  attendanceInfo: text,
  status: oneOf(0, 1, 2),
  type: oneOf(0, 1, 2),
  isAdmin: yesOrNo,
  roleIds: text,
  userMode: oneOf(0, 1),
  capabilities,
  ksPrivileges: text,
  isSsoExcluded: yesOrNo,
  isGuest: yesOrNo,
  allowedPartnerIds: text,
  allowedPartnerPackages: text,
} satisfies { [K in Field]?: Read<UserData[K]> }

type FieldColumn = keyof typeof fields

/** Columns that say what to do. */
const instructions = ['action', 'userId', 'group', 'groupUserCreationMode', 'userRole', 'passwordHash'] as const

export type Column = FieldColumn | (typeof instructions)[number]

// A map, not an object: a name such as `__proto__` finds nothing (F07).
const columns = new Map<string, Column>([
  ...[...instructions, ...(Object.keys(fields) as FieldColumn[])].map((name) => [name, name] as const),
  // What an export writes above the columns that everybody has (§11), blanks left out.
  ['UserID', 'userId'],
  ['FirstName', 'firstName'],
  ['LastName', 'lastName'],
  ['Email', 'email'],
])

export const columnNamed = (name: string): Column | null => columns.get(name) ?? null

/** Columns of the reference's extensions, such as `metadata::PROFILE::field`: they may stand in a file and mean nothing here. */
export const isPlugin = (name: string) => name.includes('::')

/** The fields of a user that a row sets; empty cells set nothing. Throws `BadCell`. */
export function userDataOf(values: ReadonlyMap<Column, string>): UserData {
  const user: Record<string, unknown> = {}
  for (const [column, cell] of values) if (isField(column)) user[column] = fields[column](cell, column)
  return user
}

const isField = (column: Column): column is FieldColumn => Object.hasOwn(fields, column)

/** How the row's user is to be a member of the row's group. Throws `BadCell`. */
export function membershipOf(values: ReadonlyMap<Column, string>) {
  const read = (column: Column, unset: 1 | 2) => {
    const cell = values.get(column)
    return cell === undefined ? unset : oneOf(1, 2)(cell, column)
  }
  return { creationMode: read('groupUserCreationMode', 2), userRole: read('userRole', 1) }
}
