import { and, eq } from 'drizzle-orm'
import { db } from '../client'
import { itemsOf } from '../comma-list'
import { userRoles, type users, userTags } from '../schema/people'
import { fold } from '../search-text'
import { inParts } from './in-parts'

/** The roles and tags of users: lists in a column, and rows by which users are found. */

type Linked = Pick<typeof users.$inferSelect, 'partnerId' | 'key' | 'roleIds' | 'tags'>

/** Adds the roles and tags of these users to what is looked up. */
export async function insertLinks(stored: Linked[]) {
  const roles = stored.flatMap(({ partnerId, key, roleIds }) =>
    roleIdsOf(roleIds).map((roleId) => ({ partnerId, userKey: key, roleId })),
  )
  const tags = stored.flatMap((user) => tagsOf(user.tags).map((tag) => ({ partnerId: user.partnerId, userKey: user.key, tag })))
  for (const part of inParts(roles)) await db().insert(userRoles).values(part)
  for (const part of inParts(tags)) await db().insert(userTags).values(part)
}

/** Takes them out again. */
export async function deleteLinks(user: Linked) {
  await db()
    .delete(userRoles)
    .where(and(eq(userRoles.partnerId, user.partnerId), eq(userRoles.userKey, user.key)))
  await db()
    .delete(userTags)
    .where(and(eq(userTags.partnerId, user.partnerId), eq(userTags.userKey, user.key)))
}

/** Distinct tags as they are looked up. */
export const tagsOf = (tags: string | null | undefined) => [...new Set(itemsOf(tags).map(fold).filter(Boolean))]

/** The distinct role ids of a comma-separated list. */
export const roleIdsOf = (roleIds: string | null | undefined) => [
  ...new Set(
    itemsOf(roleIds)
      .map(Number)
      .filter((id) => id > 0 && Number.isSafeInteger(id)),
  ),
]
