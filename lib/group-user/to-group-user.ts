import 'server-only'
import type { z } from 'zod'
import type { ListedGroupUser } from '@/db/queries/group-users'
import { seconds } from '@/lib/action/listing'
import { type GroupUser, GroupUserStatus } from './schema'

type GroupUserAnswer = z.input<typeof GroupUser>

/** A stored link as it is answered; its id is made of both sides' ids, which hold no colon. */
export function toGroupUser(link: ListedGroupUser): GroupUserAnswer {
  return {
    objectType: 'KalturaGroupUser',
    id: `${link.userId}:${link.groupId}`,
    userId: link.userId,
    groupId: link.groupId,
    status: GroupUserStatus.ACTIVE,
    partnerId: link.partnerId,
    createdAt: seconds(link.createdAt),
    updatedAt: seconds(link.updatedAt),
    creationMode: link.creationMode as GroupUserAnswer['creationMode'],
    userRole: link.userRole as GroupUserAnswer['userRole'],
    groupType: link.groupType as GroupUserAnswer['groupType'],
  }
}
