import 'server-only'
import type { z } from 'zod'
import { findListedUser, type ListedUser } from '@/db/queries/list-users'
import { listRolesByIds } from '@/db/queries/roles'
import { roleIdsOf } from '@/db/queries/user-links'
import { fullNameOf, type UserRow } from '@/db/queries/users'
import { userStatus } from '@/db/statuses'
import type { Partner } from '@/lib/action/context'
import type { User } from './schema'

type UserAnswer = z.input<typeof User>

/** A stored user as it is answered (§3.2). `objectType` is that of the deprecated subclass if it was asked with it. */
export async function toUser(partner: Partner, row: UserRow, objectType?: string | null): Promise<UserAnswer> {
  const listed = await findListedUser(partner.id, row.key)
  const [user] = await toUsers(partner, listed ? [listed] : [])
  if (!user) throw new Error(`User ${row.key} vanished while it was answered`)
  return objectType === 'KalturaAdminUser' ? { ...user, objectType } : user
}

export async function toUsers(partner: Partner, rows: ListedUser[]): Promise<UserAnswer[]> {
  const names = await roleNamesOf(partner.id, rows)
  return rows.map((row) => answerOf(partner, row, names))
}

function answerOf(partner: Partner, row: ListedUser, roleNames: Map<number, string>): UserAnswer {
  return {
    objectType: 'KalturaUser',
    id: row.id,
    partnerId: row.partnerId,
    screenName: row.screenName,
    fullName: fullNameOf(row),
    firstName: row.firstName ?? '',
    lastName: row.lastName ?? '',
    email: row.email,
    title: row.title,
    company: row.company,
    description: row.description ?? '',
    tags: row.tags,
    thumbnailUrl: row.thumbnailUrl,
    dateOfBirth: row.dateOfBirth,
    gender: row.gender as UserAnswer['gender'],
    language: row.language,
    country: row.country ?? '',
    state: row.state,
    city: row.city,
    zip: row.zip,
    partnerData: row.partnerData,
    registrationInfo: row.registrationInfo,
    attendanceInfo: row.attendanceInfo,
    externalId: row.externalId,
    status: row.status as UserAnswer['status'],
    statusUpdatedAt: seconds(row.statusUpdatedAt),
    type: row.type as UserAnswer['type'],
    isAdmin: row.isAdmin,
    isGuest: row.isGuest,
    isAccountOwner: row.key === partner.ownerKey,
    isSsoExcluded: row.isSsoExcluded,
    roleIds: row.roleIds,
    roleNames: roleIdsOf(row.roleIds)
      .flatMap((id) => roleNames.get(id) ?? [])
      .join(','),
    userMode: row.userMode as UserAnswer['userMode'],
    capabilities: row.capabilities.map((capability) => ({ capability: capability as '0' })),
    ksPrivileges: row.ksPrivileges,
    allowedPartnerIds: row.allowedPartnerIds,
    allowedPartnerPackages: row.allowedPartnerPackages,
    loginEnabled: row.loginDataId !== null,
    lastLoginTime: row.lastLoginAt === 0 ? null : seconds(row.lastLoginAt),
    storageSize: 0,
    createdAt: seconds(row.createdAt),
    updatedAt: seconds(row.updatedAt),
    deletedAt: seconds(row.deletedAt),
    version: row.version,
    loginId: row.loginId,
    lockedUntil: seconds(row.lockedUntil),
    // A deleted user keeps his block for the time that he can be restored.
    blockReason: row.status === userStatus.blocked ? row.blockReason : null,
    blockedUntil: row.status === userStatus.blocked ? seconds(row.blockedUntil) : null,
    invitedUntil: seconds(row.invitedUntil),
  }
}

/** Epoch milliseconds as kept → epoch seconds as the contract speaks. */
function seconds(at: number | null) {
  return at === null ? null : Math.floor(at / 1000)
}

async function roleNamesOf(partnerId: number, rows: ListedUser[]) {
  const ids = [...new Set(rows.flatMap((row) => roleIdsOf(row.roleIds)))]
  const roles = await listRolesByIds(partnerId, ids)
  return new Map(roles.map((role) => [role.key, role.name]))
}
