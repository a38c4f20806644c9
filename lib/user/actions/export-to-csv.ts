import 'server-only'
import { z } from 'zod'
import { transaction } from '@/db/client'
import { countOpenJobs } from '@/db/queries/jobs'
import type { PartnerContext } from '@/lib/action/context'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { recordChange } from '@/lib/audit/record-change'
import { requireFreshProof } from '@/lib/auth/fresh-proof'
import { rememberCaller } from '@/lib/auth/later-caller'
import { exportName } from '@/lib/export-csv/export-file'
import type { ExportOrder } from '@/lib/export-csv/export-order'
import { enqueue } from '@/lib/jobs/queue'
import { ExportToCsvInput } from '../schema'
import { toQuery } from '../to-query'

/** Exports of an account that may wait at once. */
const mostWaiting = 20

/**
 * Writes the users that match to a CSV file (§8.8, §11) and mails the caller a link to it; answers his address. `USER_EMAIL_NOT_FOUND` for a
 * caller without one, `INVALID_METADATA_PROFILE`, `METADATA_PROFILE_NOT_SPECIFIED`, `RESOURCE_IS_RESERVED`.
 */
export const exportToCsv = defineAction({
  name: 'user.exportToCsv',
  summary: 'Writes the users that match to a CSV file and mails the caller a link to it.',
  kind: 'mutation',
  audience: 'partner',
  permission: ['ADMIN_BASE', 'ACCOUNT_BASE', 'CAPTURE_DEVICE_PERMISSION'],
  input: ExportToCsvInput,
  output: z.string(),
  errors: ['INVALID_METADATA_PROFILE', 'METADATA_PROFILE_NOT_SPECIFIED', 'RESOURCE_IS_RESERVED', 'USER_EMAIL_NOT_FOUND'],
  changes: ['exportcsv', 'job'],

  async handle(ctx, { filter, metadataProfileId, additionalFields, mappedFields, options, requestId }) {
    const user = callerWithEmail(ctx)
    requireFreshProof(ctx)
    // No account has metadata profiles.
    if (metadataProfileId) throw new ActionError('INVALID_METADATA_PROFILE', { PROFILE_ID: metadataProfileId })
    if (additionalFields?.length) throw new ActionError('METADATA_PROFILE_NOT_SPECIFIED')
    // Refused now, not when the job runs.
    await toQuery(ctx.partner.id, filter ?? {})
    if ((await countOpenJobs(ctx.partner.id, 'exportCsv')) >= mostWaiting)
      throw new ActionError('RESOURCE_IS_RESERVED', { RESOURCE_ID: 'exportToCsv' })

    const payload: ExportOrder = {
      caller: rememberCaller(ctx.actor, user),
      filter: filter ?? {},
      columns: mappedFields ?? [],
      hasTitle: options?.defaultHeader === true,
      recipient: user.email,
    }
    await transaction(async () => {
      const { job, isNew } = await enqueue(ctx, { kind: 'exportCsv', payload, requestId })
      if (!isNew) return
      const target = { type: 'export', id: exportName(job), key: job.key }
      await recordChange(ctx, { action: 'user.exportToCsv', target, after: { filter: payload.filter, columns: payload.columns } })
    })
    return user.email
  },
})

/** A caller who does not exist yet would be made without an address, so nobody is made. */
function callerWithEmail({ actor }: PartnerContext) {
  const user = actor.kind === 'user' ? actor.user : null
  if (user?.email) return { ...user, email: user.email }
  throw new ActionError('USER_EMAIL_NOT_FOUND', { USER_ID: actor.kind === 'user' ? actor.userId : '' })
}
