'use client'

import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertCircle, IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'
import { LoadFailure } from '../ui/load-failure'
import { JobBadge } from './job-badge'
import { JobDownloads } from './job-downloads'
import { JobFacts } from './job-facts'
import classes from './job-page.module.css'
import { JobProgress } from './job-progress'
import { isOpen, jobQuery } from './jobs-query'
import { RefusedRows } from './refused-rows'
import { StopJob } from './stop-job'

/** One import or export: what it is, how far it is, what became of it, and its files. Asked again while it goes on. */
export function JobPage({ id }: { id: number }) {
  const text = useText().jobs
  const { data: job, error, refetch } = useQuery(jobQuery(id))
  return (
    <>
      <Anchor component={Link} href="/jobs" size="sm" className={classes['back']}>
        <IconArrowLeft size={16} aria-hidden />
        {text.page.back}
      </Anchor>
      {error && (
        <LoadFailure error={error} title={text.empty.failed} forbidden={text.empty.forbidden} onRetry={() => void refetch()} />
      )}
      {job && (
        <Stack gap="lg" mt="md" align="flex-start">
          <Header job={job} />
          <Problem job={job} />
          <JobFacts job={job} />
          <JobDownloads job={job} />
          <RefusedRows job={job} />
        </Stack>
      )}
    </>
  )
}

function Header({ job }: { job: Job }) {
  const text = useText().jobs
  const outcome = text.page.outcome[job.type][job.state](job.rows, job.failedRows)
  return (
    <Group component="header" justify="space-between" align="flex-start" w="100%">
      <Stack gap={8} miw={0} flex="1 1 16rem">
        <Title order={1} className={classes['name']}>
          <bdi>{job.fileName}</bdi>
        </Title>
        <Group gap="xs" role="status">
          <JobBadge job={job} />
          <Text size="sm">{outcome}</Text>
        </Group>
        {isOpen(job) && (
          <div className={classes['progress']}>
            <JobProgress job={job} />
          </div>
        )}
      </Stack>
      {isOpen(job) && <StopJob job={job} />}
    </Group>
  )
}

/** Why the work as a whole stopped; while it goes on, why it had to begin again. */
function Problem({ job }: { job: Job }) {
  const text = useText().jobs.page
  if (!job.error) return null
  return (
    <Alert
      color={isOpen(job) ? 'orange' : 'red'}
      icon={<IconAlertCircle aria-hidden />}
      title={isOpen(job) ? text.retried : text.why}
      w="100%"
    >
      {job.error}
    </Alert>
  )
}
