import 'server-only'
import { findJobOfKinds } from '@/db/queries/jobs'
import { defineAction } from '@/lib/action/define-action'
import { ActionError } from '@/lib/action/errors'
import { GetJobInput, Job } from '../schema'
import { jobPermissions, toJobs, visibleKinds } from '../to-job'

/** One import or export, and how far it is. `INVALID_OBJECT_ID`, also for one that the caller may not see. */
export const getJob = defineAction({
  name: 'job.get',
  summary: 'Gives one import or export, and how far it is.',
  kind: 'query',
  audience: 'partner',
  permission: jobPermissions,
  input: GetJobInput,
  output: Job,
  errors: [],

  async handle(ctx, { id }) {
    const row = await findJobOfKinds(ctx.partner.id, visibleKinds(ctx), id)
    const [job] = row ? await toJobs(ctx, [row]) : []
    if (!job) throw new ActionError('INVALID_OBJECT_ID', { ID: id })
    return job
  },
})
