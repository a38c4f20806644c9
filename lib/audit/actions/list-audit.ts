import 'server-only'
import { listAuditEntries } from '@/db/queries/audit'
import { findNewestUser } from '@/db/queries/users'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { AuditListResponse, ListAuditInput } from '../schema'

/** Lists what was changed, newest first; for one user or by one actor if asked. */
export const listAudit = defineAction({
  name: 'audit.list',
  summary: 'Lists what was changed, by whom, newest first.',
  kind: 'query',
  audience: 'partner',
  permission: ['ADMIN_BASE'],
  input: ListAuditInput,
  output: AuditListResponse,
  errors: ['INVALID_USER_ID'],

  async handle({ partner }, { filter, beforeKey, pageSize }) {
    const target = filter?.userId ? await targetOf(partner.id, filter.userId) : {}
    const query = { ...target, actorId: filter?.actorId ?? undefined, beforeKey: beforeKey ?? undefined }
    const entries = await listAuditEntries(partner.id, query, pageSize + 1)
    return { objects: entries.slice(0, pageSize), hasMore: entries.length > pageSize }
  },
})

async function targetOf(partnerId: number, userId: string) {
  const user = await findNewestUser(partnerId, userId)
  if (!user) throw new ActionError('INVALID_USER_ID')
  return { targetType: 'user', targetKey: user.key }
}
