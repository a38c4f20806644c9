import 'server-only'
import { ActionError } from '@/lib/action/errors'
import type { User, UserData } from './schema'

const readOnly = [
  'partnerId',
  'createdAt',
  'updatedAt',
  'lastLoginTime',
  'statusUpdatedAt',
  'deletedAt',
  'storageSize',
  'roleNames',
  'encryptedSeed',
] as const

/** Set when the user is added, never afterwards. A password is changed by the actions made for it. */
const insertOnly = ['isGuest', 'externalId', 'password'] as const

type Fixed = (typeof readOnly)[number] | (typeof insertOnly)[number]

/** Refuses what nobody sets (§3.2): `PROPERTY_VALIDATION_NOT_UPDATABLE`. */
export function refuseReadOnly(user: UserData) {
  for (const field of readOnly) if (isPresent(user[field])) throw notUpdatable(field)
}

/** The same for an update, where an unchanged value may come back with the rest of a fetched object. */
export function refuseFixedChanges(user: UserData, stored: Partial<Record<keyof User, unknown>>) {
  for (const field of [...readOnly, ...insertOnly]) {
    const isUnchanged = field !== 'password' && user[field] === stored[field]
    if (isPresent(user[field]) && !isUnchanged) throw notUpdatable(field)
  }
}

const isPresent = (value: unknown) => value !== undefined && value !== null

function notUpdatable(field: Fixed) {
  return new ActionError('PROPERTY_VALIDATION_NOT_UPDATABLE', { PROP_NAME: `KalturaUser::${field}` }).at(`user.${field}`)
}
