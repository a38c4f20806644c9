import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { BulkResultListResponse } from '@/lib/bulk-upload/schema'
import type { Job, JobListResponse } from '@/lib/jobs/schema'
import { actionQuery, readAction } from '../action-query'
import { type JobsView, toListInput } from './jobs-view'

/** While work goes on, milliseconds. */
const refreshEvery = { list: 4_000, one: 1_500 }

export const isOpen = ({ state }: Job) => state === 'waiting' || state === 'running'

/** The rows of a view, looked at again while any of them is not over. */
export function jobsQuery(view: JobsView) {
  return queryOptions({
    ...actionQuery<JobListResponse>('job', 'list', toListInput(view)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.objects.some(isOpen) ? refreshEvery.list : false),
  })
}

/** One job, looked at again until it is over. */
export function jobQuery(id: number) {
  return queryOptions({
    ...actionQuery<Job>('job', 'get', { id }),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? refreshEvery.one : false),
  })
}

/** Refused rows that are shown on the page of their import. */
export const refusedShown = 20

/** The first refused rows of an import. Its key counts them, so that it is asked for anew until there are as many as are shown. */
export function refusedQuery({ id, type, failedRows }: Job) {
  const input = { id, onlyFailed: true, pageSize: refusedShown }
  return queryOptions({
    queryKey: ['bulkupload_bulk', 'listResults', id, Math.min(failedRows, refusedShown)] as const,
    queryFn: ({ signal }) =>
      readAction<BulkResultListResponse>('bulkupload_bulk', 'listResults', input, { signal, isByItself: true }),
    enabled: type === 'import' && failedRows > 0,
    placeholderData: keepPreviousData,
  })
}
