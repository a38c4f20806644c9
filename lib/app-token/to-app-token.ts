import 'server-only'
import type { z } from 'zod'
import type { ListedAppToken } from '@/db/queries/app-tokens'
import type { PartnerContext } from '@/lib/action/context'
import { seconds } from '@/lib/action/listing'
import { seal, unseal } from '@/lib/auth/seal'
import { coversToken } from './rights'
import { type AppToken, AppTokenStatus } from './schema'

/** A stored token as it is answered (appendix A). What it proves itself with is told only to callers who have its rights. */
export async function toAppToken(ctx: PartnerContext, row: ListedAppToken): Promise<z.input<typeof AppToken>> {
  return {
    objectType: 'KalturaAppToken',
    id: row.id,
    token: (await coversToken(ctx, row)) ? tokenOf(row) : null,
    partnerId: row.partnerId,
    createdAt: seconds(row.createdAt),
    updatedAt: seconds(row.updatedAt),
    status: isActive(row) ? AppTokenStatus.ACTIVE : AppTokenStatus.DISABLED,
    expiry: row.expiresAt === null ? null : seconds(row.expiresAt),
    sessionType: row.sessionType as AppToken['sessionType'],
    sessionUserId: row.sessionUserId,
    sessionDuration: row.sessionDuration,
    sessionPrivileges: row.sessionPrivileges,
    hashType: row.hashType,
    description: row.description,
  }
}

/** A token is as active as the user whose sessions it starts. */
export const isActive = ({ userStatus }: ListedAppToken) => userStatus === null || userStatus === 1

/** The 32 hex digits. */
export const tokenOf = ({ partnerId, id, secret }: Sealed) => unseal(secret, label(partnerId, id))
export const sealToken = (partnerId: number, id: string, token: string) => seal(token, label(partnerId, id))

type Sealed = Pick<ListedAppToken, 'partnerId' | 'id' | 'secret'>

const label = (partnerId: number, id: string) => `app-token:${partnerId}:${id}`
