import 'server-only'
import { findAppToken, findAppTokenForUpdate } from '@/db/queries/app-tokens'
import { ActionError } from '@/lib/action/errors'

/** A token of the account. `APP_TOKEN_ID_NOT_FOUND`. */
export async function getToken(partnerId: number, id: string) {
  return (await findAppToken(partnerId, id)) ?? refuse(id)
}

/** The same, held until the transaction ends. */
export async function getTokenForUpdate(partnerId: number, id: string) {
  return (await findAppTokenForUpdate(partnerId, id)) ?? refuse(id)
}

/** How the audit log names a token. */
export const tokenTarget = (id: string) => ({ type: 'appToken', id })

function refuse(id: string): never {
  throw new ActionError('APP_TOKEN_ID_NOT_FOUND', { ID: id })
}
