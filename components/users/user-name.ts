import type { User } from '@/lib/user/schema'

/** What a person is called: the full name, else the screen name, else the id. */
export function nameOf(user: Pick<User, 'fullName' | 'screenName' | 'id'>) {
  return user.fullName || user.screenName || user.id
}

export const userHref = (id: string) => `/users/${encodeURIComponent(id)}`
