import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { getText } from '@/app/get-text'
import { JobsList } from '@/components/jobs/jobs-list'
import { jobsQuery } from '@/components/jobs/jobs-query'
import { jobsHref, readJobsView, toListInput } from '@/components/jobs/jobs-view'
import { requireSession } from '@/lib/auth/session'
import { listJobs } from '@/lib/jobs/server-actions'

export const generateMetadata = async () => ({ title: (await getText()).jobs.title })

export default async function JobsPage({ searchParams }: PageProps<'/jobs'>) {
  const view = readJobsView(await searchParams)
  await requireSession(jobsHref(view, {}))
  const queries = new QueryClient()
  const rows = await listJobs(toListInput(view))
  if (rows.ok) queries.setQueryData(jobsQuery(view).queryKey, rows.data)

  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <JobsList />
    </HydrationBoundary>
  )
}
