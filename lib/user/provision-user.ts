import 'server-only'
import { transaction } from '@/db/client'
import { findUser, insertUser, type NewUser, type UserRow } from '@/db/queries/users'
import { uniqueViolation } from '@/db/sql'
import { userStatus } from '@/db/statuses'
import type { PartnerContext } from '@/lib/action/context'
import { recordChange } from '@/lib/audit/record-change'

type Fields = Partial<Omit<NewUser, 'partnerId' | 'id'>>

/** A user to be stored as nobody in particular: active, without rights and sign-in, called like the id. */
export function newUserRow({ partner, now }: PartnerContext, id: string, fields: Fields = {}): NewUser {
  return {
    partnerId: partner.id,
    id,
    screenName: id,
    isHashed: false,
    type: 0,
    status: userStatus.active,
    statusUpdatedAt: now,
    capabilities: [],
    userMode: 0,
    isAdmin: false,
    isGuest: false,
    isSsoExcluded: false,
    roleIds: '',
    lastLoginAt: 0,
    sessionsValidFrom: 0,
    createdAt: now,
    updatedAt: now,
    ...fields,
  }
}

/** The user of an id, which must be a valid one (`isUserId`); made now if there is none, as the contract does silently (§2.4). */
export async function provisionUser(ctx: PartnerContext, id: string, fields: Fields = { firstName: id }): Promise<UserRow> {
  const known = await findUser(ctx.partner.id, id)
  if (known) return known
  // Two calls may name a new user at once: the second finds here what the first has added, or runs into it.
  return transaction(async () => {
    const added = await findUser(ctx.partner.id, id)
    return added ?? transaction(() => addUser(ctx, id, fields)).catch((error) => addedMeanwhile(ctx, id, error))
  })
}

async function addUser(ctx: PartnerContext, id: string, fields: Fields) {
  const user = await insertUser(newUserRow(ctx, id, fields))
  const target = { type: 'user', id, key: user.key }
  await recordChange(ctx, { action: 'user.add', target, after: user, reason: 'Named before it was added' })
  return user
}

async function addedMeanwhile({ partner }: PartnerContext, id: string, error: unknown) {
  const user = uniqueViolation(error) === 'users_id' ? await findUser(partner.id, id) : null
  if (!user) throw error
  return user
}
