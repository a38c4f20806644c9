import type { input } from 'zod'
// The small build of zod, as in the list of users.
import * as z from 'zod/mini'
import { jobTypes } from '@/lib/jobs/enums'
import type { ListJobsInput } from '@/lib/jobs/schema'

/** What the list of jobs shows: all of it is in the address, so that back, reload and a pasted link show the same. */

const orNothing = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined)
const key = orNothing(z.coerce.number().check(z.int(), z.minimum(1)))

const View = z.object({
  type: orNothing(z.enum(jobTypes)),
  /** Older than this job, or newer; see `job.list`. */
  before: key,
  after: key,
})
export type JobsView = z.output<typeof View>

/** Every field has a fallback: an address with nonsense in it shows the plain list. */
export function readJobsView(params: Record<string, string | string[] | undefined>): JobsView {
  return View.parse(
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])),
  )
}

/** The address of the list with some of it changed. Another type begins at the newest. */
export function jobsHref(view: JobsView, changes: Partial<JobsView>) {
  const next = { ...view, ...('type' in changes && atNewest), ...changes }
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(next)) if (value !== undefined) params.set(name, String(value))
  const query = params.toString()
  return query ? `/jobs?${query}` : '/jobs'
}

export const atNewest = { before: undefined, after: undefined }

/** The list action's input. */
export function toListInput({ type, before, after }: JobsView): input<typeof ListJobsInput> {
  return { typeEqual: type, beforeKey: before, afterKey: after, pageSize: 30 }
}
