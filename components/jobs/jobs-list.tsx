'use client'

import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { PageHeader } from '../layout/page-header'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'
import { PageTurn } from '../ui/page-turn'
import { useView } from '../use-view'
import { JobsEmpty } from './jobs-empty'
import { jobsQuery } from './jobs-query'
import { JobsTable, JobsTableSkeleton } from './jobs-table'
import { type JobsView, jobsHref, readJobsView } from './jobs-view'

const kind = { read: readJobsView, href: jobsHref } as const

/** The page of all imports and exports; the address is its state. */
export function JobsList() {
  const text = useText().jobs
  const { view, show } = useView<JobsView>(kind)
  const { data, error, isPlaceholderData, refetch } = useQuery(jobsQuery(view))
  const [first, last] = [data?.objects[0], data?.objects.at(-1)]

  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <Group mb="md">
        <Select
          aria-label={text.type}
          placeholder={text.anyType}
          data={Object.entries(text.types).map(([value, label]) => ({ value, label }))}
          value={view.type ?? null}
          onChange={(type) => show({ type: (type as JobsView['type']) ?? undefined })}
          clearable
          w={220}
        />
      </Group>
      {error && (
        <LoadFailure error={error} title={text.empty.failed} forbidden={text.empty.forbidden} onRetry={() => void refetch()} />
      )}
      {!data && !error && <JobsTableSkeleton />}
      {data && data.objects.length === 0 && !error && <JobsEmpty view={view} onShow={show} />}
      {data && data.objects.length > 0 && (
        <>
          <JobsTable jobs={data.objects} isStale={isPlaceholderData} />
          <Group component="nav" aria-label={text.pages} justify="flex-end" gap="xs" pt="sm">
            <PageTurn
              to="previous"
              label={text.newer}
              isPossible={data.hasNewer}
              onClick={() => show({ after: first?.id, before: undefined })}
            />
            <PageTurn
              to="next"
              label={text.older}
              isPossible={data.hasOlder}
              onClick={() => show({ before: last?.id, after: undefined })}
            />
          </Group>
        </>
      )}
    </>
  )
}
