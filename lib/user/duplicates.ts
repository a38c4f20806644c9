import 'server-only'
import { uniqueViolation } from '@/db/sql'
import { ActionError } from '@/lib/action/errors'

/** What a write violated, as the contract names it: `DUPLICATE_USER_BY_ID`, `DUPLICATE_USER_BY_LOGIN_ID`. */
export function refuseDuplicate({ id, email }: { id: string; email?: string | null }) {
  return (error: unknown): never => {
    const violated = uniqueViolation(error)
    if (violated === 'users_id') throw new ActionError('DUPLICATE_USER_BY_ID', { UID: id }).at('user.id')
    if (violated === 'users_login_data') throw duplicateLogin(email)
    throw error
  }
}

export function duplicateLogin(email: string | null | undefined) {
  return new ActionError('DUPLICATE_USER_BY_LOGIN_ID', { EMAIL: email ?? '' }).at('user.email')
}
