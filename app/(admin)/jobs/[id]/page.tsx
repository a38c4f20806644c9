import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { endPage } from '@/app/end-page'
import { JobPage } from '@/components/jobs/job-page'
import { jobQuery } from '@/components/jobs/jobs-query'
import { requireSession } from '@/lib/auth/session'
import { getJob } from '@/lib/jobs/server-actions'

type Props = PageProps<'/jobs/[id]'>

export async function generateMetadata({ params }: Props) {
  const job = await getJob({ id: await idIn(params) })
  return job.ok ? { title: job.data.fileName } : endPage(job)
}

export default async function OneJobPage({ params }: Props) {
  const id = await idIn(params)
  await requireSession(`/jobs/${id}`)
  const job = await getJob({ id })
  if (!job.ok) endPage(job)
  const queries = new QueryClient()
  queries.setQueryData(jobQuery(id).queryKey, job.data)

  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <JobPage id={id} />
    </HydrationBoundary>
  )
}

async function idIn(params: Props['params']) {
  const { id } = await params
  if (!/^\d{1,15}$/.test(id)) notFound()
  return Number(id)
}
