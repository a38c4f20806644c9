'use client'

import { Badge } from '@mantine/core'
import type { Job } from '@/lib/jobs/schema'
import { useText } from '../text/use-text'

const colors = { waiting: 'gray', running: 'blue', done: 'teal', partial: 'orange', failed: 'red', cancelled: 'gray' }

/** What became of a job. */
export function JobBadge({ job: { state } }: { job: Job }) {
  const text = useText().jobs
  return <Badge color={colors[state]}>{text.states[state]}</Badge>
}
