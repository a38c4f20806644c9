import { z } from 'zod'
import { anyText, bool, explain, int, list, object, stringEnum } from '@/lib/action/fields'
import { jobStates, jobTypes } from './enums'

/** The long work of an account: imports and exports of users. Usher's own. Safe to import in the browser. */

export const GetJobInput = z.object({ id: int() })

export const ListJobsInput = z.object({
  typeEqual: explain(stringEnum('UsherJobType', jobTypes).nullish(), 'Only imports, or only exports.'),
  beforeKey: explain(int().nullish(), 'The jobs older than this one.'),
  afterKey: explain(int().nullish(), 'The jobs newer than this one; `beforeKey` goes before it.'),
  pageSize: int(1, 200).default(30),
})

export const Job = object('UsherJob', {
  id: int(),
  type: stringEnum('UsherJobType', jobTypes),
  state: stringEnum('UsherJobState', jobStates),
  fileName: anyText(1000),
  /** Empty for a session without a user and for the operator. */
  requestedBy: anyText(1000),
  /** How many were handled. */
  rows: int(),
  /** How many there are, once that is known; null for an export. */
  totalRows: int().nullish(),
  failedRows: int(),
  /** Bytes of the file. */
  size: int().nullish(),
  /** Why the work as a whole stopped, or is tried again. */
  error: anyText(4096).nullish(),
  /** The file of an export, or that of an import with the results of its rows, is there. */
  hasFile: bool(),
  /** Epoch seconds. */
  createdAt: int(),
  finishedAt: int().nullish(),
  /** Epoch seconds at which a finished file is swept; null where there is none. */
  expiresAt: int().nullish(),
})
export type Job = z.output<typeof Job>

export const JobListResponse = object('UsherJobListResponse', {
  objects: list(Job),
  hasOlder: bool(),
  hasNewer: bool(),
})
export type JobListResponse = z.output<typeof JobListResponse>
