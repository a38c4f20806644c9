import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Job, JobListResponse } from '@/lib/jobs/schema'
import { actionQuery } from '../action-query'
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
