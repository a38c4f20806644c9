import 'server-only'
import type { Service } from '@/lib/action/define-action'
import { getJob } from './actions/get-job'
import { listJobs } from './actions/list-jobs'

/** The long work of an account. Usher's own: what is done with an import or an export stands in their services. */
export const jobService = {
  get: getJob,
  list: listJobs,
} satisfies Service
