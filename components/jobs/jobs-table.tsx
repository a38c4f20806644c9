'use client'

import { Anchor, Skeleton, Table, Text } from '@mantine/core'
import Link from 'next/link'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'
import { RelativeTime } from '../ui/relative-time'
import { JobBadge } from './job-badge'
import { JobProgress } from './job-progress'
import classes from './jobs-table.module.css'

const columns = ['file', 'type', 'by', 'state', 'progress', 'created'] as const

/** The rows of the list; each leads to its page. On a phone they are cards, and the roles say that they are still rows. */
export function JobsTable({ jobs, isStale }: { jobs: Job[]; isStale: boolean }) {
  const text = useText().jobs
  return (
    <div className={classes['place']}>
      <Table verticalSpacing={9} horizontalSpacing="sm" role="table" aria-busy={isStale} className={classes['table']}>
        <Table.Caption hidden>{text.title}</Table.Caption>
        <Table.Thead className={classes['head']} role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column} role="columnheader" data-column={column}>
                {text.column[column]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className={isStale ? classes['stale'] : undefined} role="rowgroup">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
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
