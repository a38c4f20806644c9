import 'server-only'
import { itemsOf } from '@/db/comma-list'
import type { UserChanges } from '@/db/queries/users'
import { ActionError } from '@/lib/action/errors'
import { personalTexts } from './personal-fields'
import { type UserData, userIdPattern } from './schema'

/** Fields that are stored as they are sent. */
const plainFields = [...personalTexts, 'language', 'allowedPartnerIds', 'allowedPartnerPackages', 'ksPrivileges'] as const

/** What a caller sent as column values: absent fields are left out, `null` clears. Roles, status and sign-in are the actions' own. */
export function storedFields(user: UserData): UserChanges {
  const changes: UserChanges = {}
  for (const field of plainFields) if (user[field] !== undefined) Object.assign(changes, { [field]: user[field] })
  if (user.tags !== undefined) changes.tags = tidyTags(user.tags)
  if (user.dateOfBirth !== undefined) changes.dateOfBirth = calendarDate(user.dateOfBirth)
  if (user.capabilities !== undefined)
    changes.capabilities = [...new Set((user.capabilities ?? []).map((item) => item.capability))]
  if (user.userMode !== undefined) changes.userMode = user.userMode ?? 0
  if (user.isSsoExcluded !== undefined) changes.isSsoExcluded = user.isSsoExcluded ?? false
  return { ...changes, ...namesOf(user) }
}

/** `fullName` counts only without a first name: it is split at the first blank (§3.2). */
function namesOf({ fullName, firstName }: UserData): UserChanges {
  if (!fullName || firstName) return {}
  const [first = '', ...rest] = fullName.trim().split(' ')
  return { firstName: first, lastName: rest.join(' ') || null }
}

/** Tags in the order given, each once. */
function tidyTags(tags: string | null) {
  return tags === null ? null : [...new Set(itemsOf(tags))].join(',')
}

const daySeconds = 86_400

function calendarDate(epochSeconds: number | null) {
  return epochSeconds === null ? null : Math.floor(epochSeconds / daySeconds) * daySeconds
}

/** Whether the text can be an id: 1–100 of the contract's characters (§3.3). */
export function isUserId(id: string | null | undefined): id is string {
  // A path step of dots leads elsewhere in every browser.
  return !!id && userIdPattern.test(id) && id !== '.' && id !== '..'
}

/** `INVALID_FIELD_VALUE` for a text that cannot be an id. */
export function refuseBadId(id: string | null | undefined): asserts id is string {
  if (isUserId(id)) return
  throw new ActionError('INVALID_FIELD_VALUE', { FIELD_NAME: 'id' }).at('user.id', { code: 'USER_ID', args: {} })
}
