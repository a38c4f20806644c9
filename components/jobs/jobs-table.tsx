'use client'

import { Anchor, Skeleton, Table, Text } from '@mantine/core'
import Link from 'next/link'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import { CardsTable } from './cards-table'
import { JobBadge } from './job-badge'
import { JobProgress } from './job-progress'
import classes from './jobs-table.module.css'

const columns = ['file', 'type', 'by', 'state', 'progress', 'created'] as const

/** The rows of the list; each leads to its page. */
export function JobsTable({ jobs, isStale }: { jobs: Job[]; isStale: boolean }) {
  const text = useText().jobs
  return (
    <CardsTable caption={text.title} columns={columns} heads={text.column} isStale={isStale}>
      {jobs.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </CardsTable>
  )
}

function JobRow({ job }: { job: Job }) {
  const text = useText().jobs
  return (
    <Table.Tr role="row" className={classes['row']}>
      <Table.Td role="cell" data-column="file">
        <Anchor component={Link} href={`/jobs/${job.id}`} size="sm" fw={600} dir="auto">
          {job.fileName}
        </Anchor>
        {job.error && (
          <Text size="xs" c="dimmed">
            {job.error}
          </Text>
        )}
      </Table.Td>
      <Table.Td role="cell" data-column="type">
        {text.types[job.type]}
      </Table.Td>
      <Table.Td role="cell" data-column="by" dir="auto">
        {job.requestedBy || text.nobody}
      </Table.Td>
      <Table.Td role="cell" data-column="state">
        <JobBadge job={job} />
      </Table.Td>
      <Table.Td role="cell" data-column="progress">
        <JobProgress job={job} />
      </Table.Td>
      <Table.Td role="cell" data-column="created">
        <RelativeTime at={job.createdAt} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Rows to come, shown only when there has never been a list. */
export function JobsTableSkeleton() {
  const text = useText().jobs
  return (
    <div className={classes['skeleton']} role="status" aria-label={text.loading}>
      {Array.from({ length: 6 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: six lines that never change
        <Skeleton key={row} height={34} m="sm" radius="sm" />
      ))}
    </div>
  )
}
