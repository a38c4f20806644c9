import 'server-only'
import { addGroupUser, deleteGroupUser } from '@/db/queries/group-users'
import { findUser, type UserRow } from '@/db/queries/users'
import type { PartnerContext } from '@/lib/action/context'
import { ActionError } from '@/lib/action/errors'
import { forbidden } from '@/lib/action/forbidden'
import { allows } from '@/lib/action/permissions'
import { isGroup } from '@/lib/group/find-group'
import { recordLink } from '@/lib/group-user/record-link'
import { addUser } from '@/lib/user/actions/add-user'
import { UserType } from '@/lib/user/enums'
import { call, RowRefused } from './row-refused'
import { type Column, membershipOf, userDataOf } from './user-columns'

type Values = ReadonlyMap<Column, string>

/**
 * Puts the row's user into the row's group, or takes him out of it when a `-` stands before its name (§10.2). A group that is missing is
 * made, with the capabilities of the row. A membership that is as it should be is left alone.
 */
export async function applyGroup(ctx: PartnerContext, userId: string, values: Values) {
  const given = values.get('group') ?? ''
  const isRemoval = given.startsWith('-')
  const groupId = isRemoval ? given.slice(1).trim() : given
  if (!allows(ctx.actor.grants, ['ADMIN_USER_UPDATE'])) throw forbidden(isRemoval ? 'groupUser.delete' : 'groupUser.add')

  const user = await findUser(ctx.partner.id, userId)
  if (!user || isGroup(user)) throw new ActionError('USER_NOT_FOUND')
  const group = (await findUser(ctx.partner.id, groupId)) ?? (isRemoval ? null : await newGroup(ctx, groupId, values))
  if (!group || !isGroup(group)) throw new RowRefused('INVALID_FIELD_VALUE', `There is no group "${groupId.slice(0, 100)}".`)

  if (isRemoval) await leave(ctx, user, group)
  else await join(ctx, user, group, values)
}

async function newGroup(ctx: PartnerContext, id: string, values: Values) {
  const { capabilities } = userDataOf(values)
  await call(ctx, addUser, { user: { id, type: UserType.GROUP, capabilities } })
  return findUser(ctx.partner.id, id)
}

async function join(ctx: PartnerContext, user: UserRow, group: UserRow, values: Values) {
  const link = { partnerId: ctx.partner.id, groupKey: group.key, userKey: user.key }
  const added = await addGroupUser({ ...link, ...membershipOf(values), createdAt: ctx.now, updatedAt: ctx.now })
  if (added) await recordLink(ctx, 'groupUser.add', user, { after: group.id })
}

async function leave(ctx: PartnerContext, user: UserRow, group: UserRow) {
  const isGone = await deleteGroupUser(ctx.partner.id, group.key, user.key)
  if (isGone) await recordLink(ctx, 'groupUser.delete', user, { before: group.id })
}
