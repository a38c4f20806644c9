import 'server-only'
import { findUser, findUserForUpdate, type UserRow } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import { ActionError } from '@/lib/action/errors'
import { UserType } from '@/lib/user/enums'

export const isGroup = (user: Pick<UserRow, 'type'>) => user.type !== UserType.USER

/** A group of the account. `INVALID_GROUP_ID`, also for the id of a person. */
export async function getGroupRow(partnerId: number, id: string): Promise<UserRow> {
  return checked(await findUser(partnerId, id), id)
}

/** The same, held until the transaction ends. */
export async function getGroupForUpdate(partnerId: number, id: string): Promise<UserRow> {
  return checked(await findUserForUpdate(partnerId, id), id)
}

/** A taken id: `DUPLICATE_GROUP_BY_ID`. */
export function refuseTakenId(id: string) {
  return (error: unknown): never => {
    if (uniqueViolation(error) === 'users_id') throw new ActionError('DUPLICATE_GROUP_BY_ID', { ID: id }).at('group.id')
    throw error
  }
}

function checked(user: UserRow | null, id: string) {
  if (!user || !isGroup(user)) throw new ActionError('INVALID_GROUP_ID', { ID: id })
  return user
}
