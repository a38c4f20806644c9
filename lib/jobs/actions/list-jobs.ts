import 'server-only'
import { listJobs as readJobs } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { JobListResponse, ListJobsInput } from '../schema'
import { jobPermissions, toJobs, visibleKinds } from '../to-job'

/** Lists the imports and exports of the account that the caller may see, newest first. */
export const listJobs = defineAction({
  name: 'job.list',
  summary: 'Lists the imports and exports of the account, newest first, and how far each is.',
  kind: 'query',
  audience: 'partner',
  permission: jobPermissions,
  input: ListJobsInput,
  output: JobListResponse,
  errors: [],

  async handle(ctx, { typeEqual, beforeKey, afterKey, pageSize }) {
    const isUpward = typeof afterKey === 'number' && typeof beforeKey !== 'number'
    const place = isUpward ? { afterKey } : { beforeKey: beforeKey ?? undefined }
    const kinds = visibleKinds(ctx, typeEqual ?? undefined)
    const rows = await readJobs(ctx.partner.id, { kinds, ...place }, pageSize + 1)
    const hasMore = rows.length > pageSize
    const shown = isUpward ? rows.slice(-pageSize) : rows.slice(0, pageSize)
    return {
      objects: await toJobs(ctx, shown),
      hasOlder: isUpward || hasMore,
      hasNewer: isUpward ? hasMore : typeof beforeKey === 'number',
    }
  },
})
