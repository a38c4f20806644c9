import 'server-only'
import type { UserRow } from '@/db/queries/users'

/** What an account's own server is told, by the contract's numbers (§8.18). */
export type Notification = {
  type: number
  name: string
  objectType: number
  objectId: string
  data: Record<string, string | null>
}

export function banNotification({ id, screenName, email }: UserRow): Notification {
  return { type: 26, name: 'user_banned', objectType: 3, objectId: id, data: { screen_name: screenName, email } }
}
